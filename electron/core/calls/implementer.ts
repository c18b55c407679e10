import { implement } from '@orpc/server'
import { contract } from '../../../contract/contract.ts'
import type { Result } from '../../../contract/fault.ts'
import type { MendReport, MendWay } from '../../../contract/mending-view.ts'
import type { LineSeat } from '../../../contract/roles.ts'
import { holdsCardNumber } from '../../../contract/identity/card-guard.ts'
import type { CoreShop } from '../core-shop.ts'
import type { Mending } from '../mending/mending.ts'
import type { ViewFeed } from '../desk/view-feed.ts'
import { guard, refusal } from './guard.ts'

/** What the channel knows of itself: its seat, fixed by the process that opened the window. */
export interface CallContext {
  readonly seat: LineSeat
}

/** The core behind the calls; `shop` is another one after the demo was thrown away. */
export interface RunningCore {
  readonly shop: CoreShop
  /** Set while the shop's file is damaged: there is no shop then. */
  readonly mending: Mending | null
  mend(way: MendWay): Promise<Result<MendReport>>
  readonly feed: ViewFeed
}

/** What is only looked for is kept nowhere; and a scan says itself that it was a card. */
const LOOKED_FOR = new Set(['desk.scan', 'devices.practice', 'devices.explain', 'search.find', 'customers.find', 'papers.find', 'units.find'])

/**
 * The contract with the check of rights in front of every call, before its input is looked at. A text that looks like a
 * payment card is refused in whatever field somebody typed it: it must be neither kept nor written down.
 */
export function implementer(core: RunningCore) {
  return implement(contract)
    .$context<CallContext>()
    .use(async ({ context, next, path, procedure }, input) => {
      const person = core.mending !== null || context.seat === 'kiosk' || context.seat === 'display' ? null : core.shop.desk.person
      const role = context.seat === 'kiosk' ? 'kiosk' : (person?.role ?? null)
      const allowed = procedure['~orpc'].meta
      guard({ seat: context.seat, role, rights: person === null ? [] : core.shop.desk.rights(person) }, allowed)
      if (!LOOKED_FOR.has(path.join('.')) && holdsCardNumber(input)) throw refusal('card-number')
      const answer = await next()
      if (allowed.right !== null) core.shop.desk.useUp(allowed.right)
      return answer
    })
}

export type Os = ReturnType<typeof implementer>
