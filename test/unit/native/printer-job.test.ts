import { describe, expect, it } from 'vitest'
import type { PrintOutcome } from '../../../native/printers/print-outcome.ts'
import { PATIENCE } from '../../../native/printers/patience.ts'
import type { PrinterCommand, PrinterEvent } from '../../../native/printers/printer-events.ts'
import { CHUNK_BYTES, JOB_BYTES_MAX, printerDriver } from '../../../native/printers/print-job.ts'
import type { PrinterStatus } from '../../../native/printers/printer-status.ts'
import { ESCPOS, STAR_LINE } from '../../../native/printers/printer-tongue.ts'
import { STAR_LIKE, EPSON_LIKE, SimulatedPrinter } from '../../../native/simulators/printer/simulated-printer.ts'
import type { PrinterMake, PrinterSwitches } from '../../../native/simulators/printer/simulated-printer.ts'
import { Desk, fromHex } from '../../support/drivers/desk.ts'
import type { Sample } from '../../support/drivers/laws.ts'
import { driverLaws } from '../../support/drivers/laws.ts'

const escpos = printerDriver({ tongue: ESCPOS, answers: true, patience: PATIENCE })
const star = printerDriver({ tongue: STAR_LINE, answers: true, patience: PATIENCE })

const WELL: PrinterStatus = { online: true, cover: 'closed', paper: 'ok', error: 'none', drawer_pin_high: true }
const told = (status: Partial<PrinterStatus>): PrinterEvent => ({ kind: 'status', status: { ...WELL, ...status } })

const ESCPOS_SAMPLES: readonly Sample<PrinterCommand, PrinterEvent>[] = [
  { name: 'all is well', bytes: fromHex('14 00 00 0F'), events: [told({})] },
  { name: 'cover open', bytes: fromHex('3C 00 00 0F'), events: [told({ cover: 'open', online: false })] },
  { name: 'paper out', bytes: fromHex('1C 00 0C 0F'), events: [told({ paper: 'out', online: false })] },
  { name: 'cutter jammed', bytes: fromHex('1C 08 00 0F'), events: [told({ error: 'cutter', online: false })] },
  {
    name: 'its model',
    bytes: fromHex('5F 54 4D 2D 54 32 30 49 49 00'),
    events: [{ kind: 'card', text: 'TM-T20II' }],
  },
]

const STAR_SAMPLES: readonly Sample<PrinterCommand, PrinterEvent>[] = [
  {
    name: 'all is well',
    bytes: fromHex('23 06 00 00 00 00 00 00 00'),
    events: [told({ drawer_pin_high: false })],
  },
  {
    name: 'cover open',
    bytes: fromHex('23 06 28 00 00 00 00 00 00'),
    events: [told({ drawer_pin_high: false, cover: 'open', online: false })],
  },
]

const COMMANDS: readonly PrinterCommand[] = [
  { kind: 'ask-status' },
  { kind: 'print', job: 'a', bytes: new Uint8Array(10_000).fill(0x41) },
  { kind: 'open-drawer', pulse: { pin: 2, on_ms: 50, off_ms: 500 } },
  { kind: 'ask-card' },
]
driverLaws(escpos, ESCPOS_SAMPLES, { recovers: 'next', commands: COMMANDS })
driverLaws(star, STAR_SAMPLES, { recovers: 'next', commands: COMMANDS })

/** The driver on a desk with a simulated printer at the other end of the line. */
class Counter {
  readonly desk
  readonly printer: SimulatedPrinter
  private readonly answers: Uint8Array[] = []
  private heard = 0

  constructor(make: PrinterMake = EPSON_LIKE, driver = escpos) {
    this.desk = new Desk(driver).open()
    this.printer = new SimulatedPrinter(make, (bytes) => this.answers.push(bytes))
  }

  print(bytes: Uint8Array = fromHex('48 69 0A')): this {
    this.desk.command({ kind: 'print', job: 'receipt', bytes })
    return this.talk()
  }

  set(switches: Partial<PrinterSwitches>): this {
    this.printer.set(switches)
    return this.talk()
  }

  /** Time passes, and both sides say what they have to say. */
  pass(by_ms: number): this {
    for (let passed = 0; passed < by_ms; passed += 100) {
      this.desk.pass(Math.min(100, by_ms - passed))
      this.talk()
    }
    return this.talk()
  }

  get outcomes(): PrintOutcome[] {
    return this.desk.events.flatMap((event) => (event.kind === 'outcome' ? [event.outcome] : []))
  }

  get linesPrinted(): number {
    return this.printer.printed.filter((command) => command.kind === 'line-feed').length
  }

  private talk(): this {
    for (let rounds = 0; rounds < 500; rounds++) {
      const write = this.desk.writes[this.heard]
      if (write !== undefined) {
        this.heard++
        this.printer.receive(write)
      }
      const answer = this.answers.shift()
      if (answer !== undefined) this.desk.bytes(answer)
      if (write === undefined && answer === undefined) return this
    }
    throw new Error('they talk in circles')
  }
}

const LINES_40 = new Uint8Array(40 * 20).map((_, index) => (index % 20 === 19 ? 0x0a : 0x41))

describe('a print job', () => {
  it('is printed when the printer says that it reached the end', () => {
    const counter = new Counter().print(LINES_40)
    expect(counter.outcomes).toEqual([{ outcome: 'printed', paper: 'ok' }])
    expect(counter.linesPrinted).toBe(40)
  })

  it('asks before the first byte, and for the end after the last', () => {
    const counter = new Counter().print()
    expect(counter.desk.written).toBe('10 04 02 | 10 04 01 | 10 04 04 | 1B 40 1D 61 FF | 48 69 0A | 1D 72 01')
  })

  it('tells that the roll is nearly at its end, and prints', () => {
    expect(new Counter().set({ paper_low: true }).print().outcomes).toEqual([{ outcome: 'printed', paper: 'low' }])
  })

  it.each([
    [{ cover: 'open' }, 'cover-open'],
    [{ paper_lines: 0 }, 'paper-end'],
    [{ error: 'unrecoverable' }, 'error'],
  ] as const)('sends nothing to a printer with %o', (switches, why) => {
    const counter = new Counter().set(switches).print().pass(60_000)
    expect(counter.outcomes).toEqual([{ outcome: 'not-printed', why, begun: false }])
    expect(counter.desk.written).not.toContain('48 69 0A')
  })

  it('frees a jammed cutter first, then prints', () => {
    const counter = new Counter().set({ error: 'cutter' }).print()
    expect(counter.desk.written).toContain('10 05 02')
    expect(counter.outcomes).toEqual([{ outcome: 'printed', paper: 'ok' }])
  })

  it('flushes a printer that hangs in an old picture with zeros, and prints', () => {
    const counter = new Counter()
    // 60 × 100 bytes of picture were announced by a job that was cut off.
    counter.printer.receive(fromHex('1D 76 30 00 3C 00 64 00 FF FF'))
    counter.print().pass(4_000)
    expect(counter.outcomes).toEqual([{ outcome: 'printed', paper: 'ok' }])
  })

  it('gives up on a printer that says nothing, having sent no receipt', () => {
    const counter = new Counter().set({ silent: true }).print().pass(11_900)
    expect(counter.outcomes).toEqual([])
    counter.pass(200)
    expect(counter.outcomes).toEqual([{ outcome: 'not-printed', why: 'silent', begun: false }])
    expect(counter.desk.written).not.toContain('48 69 0A')
  })

  it('waits when the paper ends in mid-job, and is printed when somebody puts in a roll', () => {
    const counter = new Counter().set({ paper_lines: 15 }).print(LINES_40).pass(20_000)
    expect(counter.outcomes).toEqual([])
    expect(counter.desk.state.status.paper).toBe('out')
    counter.set({ paper_lines: null })
    expect(counter.outcomes).toEqual([{ outcome: 'printed', paper: 'ok' }])
    expect(counter.linesPrinted).toBe(40)
  })

  it('is not printed when nobody puts in a roll, and the rest does not come out tomorrow', () => {
    const counter = new Counter().set({ paper_lines: 15 }).print(LINES_40).pass(60_000)
    expect(counter.outcomes).toEqual([{ outcome: 'not-printed', why: 'paper-end', begun: true }])
    counter.set({ paper_lines: null })
    expect(counter.linesPrinted).toBe(15)
  })

  it('stops sending to a printer whose cover is opened, and goes on where it stopped', () => {
    const long = new Uint8Array(3 * CHUNK_BYTES).fill(0x41)
    const counter = new Counter().print(long)
    counter.set({ cover: 'open' }).pass(5_000)
    const before = counter.desk.writes.length
    expect(counter.desk.writes.filter((write) => write.length === CHUNK_BYTES).length).toBeLessThan(3)
    counter.set({ cover: 'closed' }).pass(3_000)
    expect(counter.desk.writes.length).toBeGreaterThan(before)
    expect(counter.outcomes).toEqual([{ outcome: 'printed', paper: 'ok' }])
    expect(counter.printer.printed.filter((command) => command.kind === 'glyph')).toHaveLength(long.length)
  })

  it('is unknown when the printer falls silent in mid-job', () => {
    const counter = new Counter().set({ silent_after_bytes: 100 }).print(LINES_40).pass(30_000)
    expect(counter.outcomes).toEqual([{ outcome: 'unknown', why: 'silent' }])
  })

  it('is unknown when a printer answers everything but the end', () => {
    const counter = new Counter().set({ confirms: false }).print().pass(20_000)
    expect(counter.outcomes).toEqual([{ outcome: 'unknown', why: 'unconfirmed' }])
  })

  it('is unknown when the line is lost after bytes went out, and not printed when it is lost before', () => {
    const after = new Counter().set({ confirms: false }).print()
    after.desk.close()
    expect(after.outcomes).toEqual([{ outcome: 'unknown', why: 'lost' }])

    const before = new Counter().set({ silent: true }).print()
    before.desk.close()
    expect(before.outcomes).toEqual([{ outcome: 'not-printed', why: 'lost', begun: false }])
  })

  it('asks a clone without reports once more at the end before it says printed', () => {
    const counter = new Counter().set({ tells_changes: false }).print().pass(1_000)
    expect(counter.outcomes).toEqual([{ outcome: 'printed', paper: 'ok' }])
    expect(counter.desk.written).toMatch(/48 69 0A \| 1D 72 01 \| 10 04 02$/)
  })

  it('never believes a clone that confirms although its paper is out', () => {
    const desk = new Desk(escpos).open().command({ kind: 'print', job: 'receipt', bytes: fromHex('48 69 0A') })
    desk.bytes('12').bytes('12').bytes('12').pass(1_000)
    // The answer to the fence: reached, and out of paper.
    desk.bytes('0C')
    const outcome = { outcome: 'unknown', why: 'paper-end' }
    expect(desk.events.at(-1)).toEqual({ kind: 'outcome', job: 'receipt', outcome })
  })

  it('is not fooled by an emulator’s reports of zeros', () => {
    const desk = new Desk(escpos).open().command({ kind: 'print', job: 'receipt', bytes: fromHex('48 69 0A') })
    desk.bytes('12').bytes('12').bytes('12').bytes('00 00 00 00')
    expect(desk.events.filter((event) => event.kind === 'outcome')).toEqual([])
  })

  it('on a one-way line nothing is ever called printed', () => {
    const deaf = printerDriver({ tongue: ESCPOS, answers: false, patience: PATIENCE })
    const desk = new Desk(deaf).open().command({ kind: 'print', job: 'receipt', bytes: LINES_40 }).pass(1_000)
    expect(desk.writes).toEqual([LINES_40])
    expect(desk.events).toEqual([{ kind: 'outcome', job: 'receipt', outcome: { outcome: 'unknown', why: 'one-way' } }])
  })

  it('refuses a second job while one runs, and one that is no receipt', () => {
    const desk = new Desk(escpos).open()
    const print = (job: string, bytes: Uint8Array) => desk.command({ kind: 'print', job, bytes })
    print('giant', new Uint8Array(JOB_BYTES_MAX + 1))
    print('first', LINES_40)
    print('second', LINES_40)
    expect(desk.events.map((event) => (event.kind === 'outcome' ? [event.job, event.outcome] : event))).toEqual([
      ['giant', { outcome: 'not-printed', why: 'too-long', begun: false }],
      ['second', { outcome: 'not-printed', why: 'busy', begun: false }],
    ])
  })

  it('waits for the answers to a round of questions before it starts, so they cannot be mistaken for its own', () => {
    const counter = new Counter().set({ drawer: 'open' })
    counter.desk.command({ kind: 'ask-status' })
    counter.print()
    expect(counter.outcomes).toEqual([{ outcome: 'printed', paper: 'ok' }])
  })

  it('prints on a Star printer, whose counter of blocks says when it is through', () => {
    const counter = new Counter(STAR_LIKE, star).print(fromHex('48 69 0A'))
    expect(counter.outcomes).toEqual([{ outcome: 'printed', paper: 'ok' }])
    expect(counter.desk.written).toBe('1B 06 01 | 1B 40 18 1B 1E 61 01 | 48 69 0A | 17')
  })

  it('on a Star printer, a report about the drawer is not taken for the end', () => {
    const counter = new Counter(STAR_LIKE, star).set({ paper_lines: 1 }).print(fromHex('48 0A 69 0A'))
    counter.set({ drawer: 'open' }).set({ drawer: 'closed' })
    expect(counter.outcomes).toEqual([])
    counter.set({ paper_lines: null })
    expect(counter.outcomes).toEqual([{ outcome: 'printed', paper: 'ok' }])
  })
})

describe('the drawer', () => {
  const pulse = { pin: 5, on_ms: 50, off_ms: 500 } as const

  it('gets one pulse on one pin with both times, and is looked at after it', () => {
    const counter = new Counter()
    counter.desk.command({ kind: 'open-drawer', pulse })
    counter.pass(400)
    expect(counter.desk.written).toBe('1B 70 01 19 FA | 10 04 01 | 10 04 04')
    expect(counter.desk.state.status.drawer_pin_high).toBe(true)
    expect(counter.printer.state.drawer).toBe('open')
  })

  it('is not pulsed in the middle of a job', () => {
    const counter = new Counter().set({ confirms: false }).print()
    counter.desk.command({ kind: 'open-drawer', pulse })
    expect(counter.desk.events.at(-1)).toEqual({ kind: 'drawer', result: 'busy' })
    expect(counter.desk.written).not.toContain('1B 70')
  })
})
