import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KioskAction } from '../../contract/kiosk-view.ts'
import { makeDemoMirror, DEMO_SEED } from '../../electron/core/demo/make-demo-mirror.ts'
import { Desk } from '../../electron/core/desk/desk.ts'
import { ViewFeed } from '../../electron/core/desk/view-feed.ts'
import { openGround } from '../../electron/core/open-ground.ts'
import { readOptions } from '../../electron/core/options.ts'
import { boughtLately } from '../support/core/kiosk.ts'

/** How long a person who has never seen a kiosk takes for one decision. */
const DECISION_US = 2_000_000
const MIGRATIONS = join(import.meta.dirname, '../../migrations')

/** A whole return by a customer alone, everything answered: his time, and on top what the till takes of it. */
function journey(): { decisions: number; machine_us: number } {
  const folder = mkdtempSync(join(tmpdir(), 'countermark-journey-'))
  makeDemoMirror(join(folder, 'mirror.db'), join(MIGRATIONS, 'mirror'), { seed: DEMO_SEED, units: 5_000, now: new Date().toISOString() })
  const options = readOptions(['--data', folder, '--seat', 'kiosk', '--no-open'])
  if (options === 'help') throw new Error('no help is wanted')
  const ground = openGround(options, MIGRATIONS, { now: () => Date.now(), after: () => () => undefined }, true)
  const noMachines = { hasPrinter: () => false, hasLabelPrinter: () => false, devices: () => [], terminal: () => null, customers: () => null, kiosk: () => null, sync: () => null, afterWrite: () => undefined }
  const desk = new Desk(ground, noMachines, new ViewFeed(Date.now()))
  let decisions = 0
  const began = process.hrtime.bigint()
  const kiosk = () => {
    const { front } = desk.view()
    if (front.screen !== 'kiosk') throw new Error(front.screen)
    return front.kiosk
  }
  const act = (action: KioskAction) => {
    decisions += 1
    if (!desk.actKiosk(action).ok) throw new Error(`refused: ${action.do}`)
    return kiosk()
  }
  act({ do: 'begin', language: 'en' })
  act({ do: 'choose-task', task: 'return' })
  decisions += 1
  desk.scan({ text: boughtLately(folder, { tender: 'card', category: 'camera' }), aim: null, channel: 'scanner' })
  let now = act({ do: 'next' })
  while (now.at === 'questions' || now.at === 'photo') {
    if (now.at === 'photo') now = act({ do: 'next' })
    else if (now.question.kind === 'reason') now = act({ do: 'give-reason', reason: now.question.choices[0] ?? '' })
    else if (now.question.kind === 'condition') now = act({ do: 'grade', condition: 'new' })
    else if (now.question.kind === 'question') now = act({ do: 'answer', question: now.question.id, good: true })
    else now = act({ do: 'count-accessory', accessory: now.question.id, here: true })
  }
  if (act({ do: 'refund', as: 'card' }).at !== 'done') throw new Error('the money was not given back')
  const machine_us = Number(process.hrtime.bigint() - began) / 1_000
  // The label, the slot and the paper.
  decisions += 3
  ground.store.close()
  ground.mirror.close()
  rmSync(folder, { recursive: true, force: true })
  return { decisions, machine_us }
}

export const benches = [
  {
    name: 'a return at the kiosk by a person who takes 2 s a decision',
    promised_us: 90_000_000,
    limitName: 'the decisions alone',
    measure: () => {
      const { decisions, machine_us } = journey()
      return { median_us: decisions * DECISION_US + machine_us, limit_us: decisions * DECISION_US }
    },
  },
]
