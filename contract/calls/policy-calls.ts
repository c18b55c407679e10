import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { Policy } from '../policy.ts'
import { PolicyChange, PolicyDeskView, WhatIf } from '../policy-view.ts'
import { STAFFED, withRight } from './allowed.ts'

const Version = z.object({ version: z.string().min(1).max(64) })

export const policy = {
  view: withRight(STAFFED, 'settings').output(PolicyDeskView),
  /** What a draft changes, in words, and which returns of the last month would have gone the other way. Writes nothing. */
  preview: withRight(STAFFED, 'settings')
    .input(z.object({ draft: Policy }))
    .output(z.object({ changes: z.array(PolicyChange), whatIf: WhatIf })),
  /**
   * Keeps a draft as a new version: tried beside the rules in force, or in force at once. Refuses a draft that was made
   * of rules which are no longer in force, and one that changes nothing.
   */
  save: withRight(STAFFED, 'settings')
    .input(z.object({ draft: Policy, basedOn: z.string().max(64), why: z.string().trim().min(1).max(200), how: z.enum(['trial', 'in-force']) }))
    .output(DeskView),
  /** What a trial has shown so far: every verdict on a return since it began, judged under both. */
  trial: withRight(STAFFED, 'settings').output(WhatIf),
  /** Puts the rules on trial into force. */
  putInForce: withRight(STAFFED, 'settings').input(Version).output(DeskView),
  /** Ends a trial, or takes rules made here out of force: what applied before applies again. */
  withdraw: withRight(STAFFED, 'settings').input(Version).output(DeskView),
}
