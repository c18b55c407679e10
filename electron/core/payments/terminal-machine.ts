import type { DeviceHealth, DeviceView } from '../../../contract/device-view.ts'
import type { Clock } from '../../../native/clock.ts'
import { manualTerminal, type ManualTerminal } from '../../../native/terminals/manual-terminal.ts'
import type { LastResult, PaymentTerminal, TerminalCondition } from '../../../native/terminals/payment-terminal.ts'
import { zvtTerminal } from '../../../native/terminals/zvt-terminal.ts'
import type { Traffic } from '../../../native/traffic.ts'
import { tcp } from '../../../native/transports/tcp.ts'
import { PRACTICE, type TerminalSetting } from '../devices/device-settings.ts'
import { LineWatch } from '../devices/line-watch.ts'
import type { Ground } from '../ground.ts'
import { markOf } from './attempts.ts'
import { lastDayEnd } from './day-ends.ts'
import { PracticeTerminal } from './practice-terminal.ts'

interface Machine {
  readonly terminal: PaymentTerminal
  readonly manual: ManualTerminal | null
  readonly practice: PracticeTerminal | null
  readonly setting: TerminalSetting
  readonly watch: LineWatch
  readonly canForget: boolean
}

/** The card terminal of this till with its line: put into use, watched for the health page, taken out of use. */
export class TerminalMachine {
  readonly #ground: Ground
  readonly #clock: Clock
  readonly #on: { changed(): void; ready(): void }
  #machine: Machine | null = null
  #since: string
  #condition: TerminalCondition = 'unknown'
  #lost = 0
  #busyWith: 'end-of-day' | 'status' | 'last' | null = null
  #last: { readonly at: string; readonly result: LastResult } | null = null

  constructor(parts: { ground: Ground; clock: Clock; on: { changed(): void; ready(): void } }) {
    this.#ground = parts.ground
    this.#clock = parts.clock
    this.#on = parts.on
    this.#since = parts.ground.now()
  }

  get terminal(): PaymentTerminal | null {
    return this.#machine?.terminal ?? null
  }

  /** The same where a clerk is its mouth and ears. */
  get manual(): ManualTerminal | null {
    return this.#machine?.manual ?? null
  }

  get practice(): PracticeTerminal | null {
    return this.#machine?.practice ?? null
  }

  get inUse(): { readonly deviceId: string; readonly role: 'terminal'; readonly text: string; readonly canForget: boolean } | null {
    const machine = this.#machine
    return machine && { deviceId: 'terminal', role: 'terminal', text: machine.setting.text, canForget: machine.canForget }
  }

  /** Opens the line at once. The one before must be out of use. */
  use(setting: TerminalSetting, canForget: boolean): void {
    const machine = this.#made(setting, canForget)
    this.#machine = machine
    this.#lost = 0
    this.#last = null
    this.#condition = machine.terminal.report().condition
    this.#since = this.#ground.now()
    machine.terminal.onReport(({ condition }) => this.#heard(machine, condition))
  }

  async forget(): Promise<void> {
    const machine = this.#machine
    this.#machine = null
    await machine?.terminal.close()
  }

  /** What the terminal is asked beside payments; shown while it lasts. */
  async during<Answer>(what: 'end-of-day' | 'status' | 'last', act: () => Promise<Answer>): Promise<Answer> {
    this.#busyWith = what
    this.#on.changed()
    try {
      return await act()
    } finally {
      this.#busyWith = null
      this.#on.changed()
    }
  }

  told(result: LastResult): void {
    this.#last = { at: this.#ground.now(), result }
    this.#on.changed()
  }

  devices(): DeviceView[] {
    const machine = this.#machine
    if (machine === null) return []
    const report = machine.terminal.report()
    // As with every other device: what was here before is lost, and only what never was is looked for.
    const isLost = report.condition === 'not-there' && machine.watch.opened > 0
    return [{
      deviceId: 'terminal',
      role: 'terminal',
      name: 'Card terminal',
      address: machine.setting.text,
      state: isLost ? 'lost' : STATE_OF[report.condition],
      since: this.#since,
      lastEventAt: report.heard_at === null ? null : new Date(report.heard_at).toISOString(),
      events: report.act_count,
      garbled: report.garbled_count,
    }]
  }

  health(): DeviceHealth[] {
    const machine = this.#machine
    if (machine === null) return []
    const { watch, terminal, canForget } = machine
    return this.devices().map((device) => ({
      ...device,
      opened: watch.opened, lost: this.#lost, bytesIn: watch.bytesIn, bytesOut: watch.bytesOut, noisy: false,
      lastEvent: null, why: terminal.by_hand ? null : terminal.report().condition, saysOfItself: null, canForget, taping: false,
      test: null, pad: null, untried: false, opensAt: null,
      terminal: { byHand: terminal.by_hand, busyWith: this.#busyWith, last: this.#lastView(), dayEnd: this.#dayEndView(terminal) },
    }))
  }

  traffic(): readonly Traffic[] {
    return this.#machine?.watch.traffic() ?? []
  }

  listen(listener: (traffic: Traffic) => void): () => void {
    return this.#machine?.watch.listen(listener) ?? (() => undefined)
  }

  #made(setting: TerminalSetting, canForget: boolean): Machine {
    const watch = new LineWatch(this.#clock)
    const { at } = setting
    if (at !== 'practice' && at.kind === 'manual') {
      const manual = manualTerminal()
      return { terminal: manual, manual, practice: null, setting, watch, canForget }
    }
    const { currency } = this.#ground.place
    // A practised terminal goes on counting where it was: a number that came twice would make a new payment look old.
    const practice = at === 'practice' ? new PracticeTerminal(this.#clock, markOf(this.#ground.store.reading, PRACTICE.terminal)) : null
    const where = at === 'practice' ? { host: 'practice', port: 1 } : at
    const line = practice?.transport ?? tcp(where)
    const options = { ...where, currency, transport: watch.over(line), ...(practice === null ? {} : { address: PRACTICE.terminal, watch_ms: 1_000 }) }
    return { terminal: zvtTerminal(options, this.#clock), manual: null, practice, setting, watch, canForget }
  }

  #lastView() {
    const last = this.#last
    if (last === null) return null
    const { at, result } = last
    if (!result.told) return { at, told: false, approved: false, amount_cents: null, receipt: null, card: null, why: result.why }
    const { amount_cents, receipt, cardName, cardEnd } = result.details
    const card = [cardName, cardEnd].filter((part) => part !== null).join(' ')
    return { at, told: true, approved: result.approved, amount_cents, receipt, card: card === '' ? null : card, why: null }
  }

  #dayEndView(terminal: PaymentTerminal) {
    const end = lastDayEnd(this.#ground.store.reading, terminal.address)
    return end && { at: end.at, outcome: end.outcome, why: end.code, documentId: end.document_id, who: end.staff_name }
  }

  #heard(machine: Machine, condition: TerminalCondition): void {
    if (machine !== this.#machine || condition === this.#condition) return
    if (condition === 'lost') this.#lost += 1
    this.#condition = condition
    this.#since = this.#ground.now()
    this.#on.changed()
    if (condition === 'ready') this.#on.ready()
  }
}

const STATE_OF: Readonly<Record<TerminalCondition, DeviceView['state']>> = {
  unknown: 'searching',
  opening: 'opening',
  ready: 'ready',
  'not-registered': 'refused',
  'not-there': 'searching',
  'not-allowed': 'not-allowed',
  busy: 'busy',
  refused: 'refused',
  'no-library': 'no-library',
  lost: 'lost',
  'time-out': 'lost',
  closed: 'closed',
}
