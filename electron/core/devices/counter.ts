import type { DeviceHealth, DevicesView, DeviceView, PracticeDeed, SavedText, TillKeyPlace, TrafficLine, UsableRole } from '../../../contract/device-view.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Clock } from '../../../native/clock.ts'
import type { ScanEvent } from '../../../native/driver.ts'
import { usbHotPlug, type HotPlug } from '../../../native/supervisor/hot-plug.ts'
import { supportFile } from '../../../native/supervisor/support-file.ts'
import type { Traffic } from '../../../native/traffic.ts'
import type { CountingDesk } from '../counting/counting-desk.ts'
import type { Desk } from '../desk/desk.ts'
import type { ViewFeed } from '../desk/view-feed.ts'
import { say } from '../flows/say.ts'
import type { Ground } from '../ground.ts'
import type { Payments } from '../payments/payments.ts'
import type { Scan } from '../scans/knowledge.ts'
import { CustomerWindow } from './customer-window.ts'
import { healthView, viewOfHealth } from './device-health.ts'
import { readDeviceOptions, type GivenDevices } from './device-options.ts'
import { epcFor } from './epc-for.ts'
import { parseDisplay, parsePad, parseScanner, parseTerminal, PRACTICE, SCREEN } from './device-settings.ts'
import { FoundDevices } from './found-devices.ts'
import { LineDisplays } from './line-displays.ts'
import { PadsAtCounter } from './pads-at-counter.ts'
import { PaperMachines } from './paper-machines.ts'
import { PracticeCounter } from './practice-counter.ts'
import { hearScan } from './scan-answer.ts'
import { scanLines, SelfTests } from './self-tests.ts'
import { addToSettings, removeFromSettings } from './settings-file.ts'
import { SupervisedDevices } from './supervised-devices.ts'
import { keepTagPasswords, tagPasswords, type TagPasswords } from './tag-passwords.ts'
import { Tapes } from './tapes.ts'
import { trafficLines, withoutPersons } from './traffic-text.ts'

interface CounterParts {
  readonly ground: Ground
  readonly desk: Desk
  readonly feed: ViewFeed
  readonly payments: Payments
  readonly dataDir: string
  readonly given: GivenDevices
  /** Where the key lies with which this till shows itself to its centre. */
  readonly tillKey: { readonly place: TillKeyPlace }
  readonly clock: Clock
  readonly hotPlug?: HotPlug
  /** Has the scans while somebody counts. */
  readonly counting: Pick<CountingDesk, 'inFront' | 'heard'>
  /** The shop's one door for scans. */
  scan(scan: Scan): Result<DeskView>
}

/** All machines on the counter of this till: opened, watched, tested, put into use and taken out of it. */
export class Counter {
  readonly papers: PaperMachines
  readonly customerWindow: CustomerWindow
  readonly #parts: CounterParts
  readonly #practice: PracticeCounter
  readonly #devices: SupervisedDevices
  readonly #found: FoundDevices
  readonly #tapes: Tapes
  readonly #tests: SelfTests
  readonly #pads: PadsAtCounter
  readonly #displays: LineDisplays
  readonly #changed = (): void => this.#parts.desk.changed()
  readonly #endFeed: () => void

  constructor(parts: CounterParts) {
    const { ground, clock } = parts
    const hotPlug = parts.hotPlug ?? usbHotPlug
    this.#parts = parts
    this.#practice = new PracticeCounter(clock, this.#changed, () => tagPasswords(ground))
    this.customerWindow = new CustomerWindow(() => clock.now(), this.#changed)
    this.#tapes = new Tapes(clock, this.#changed)
    this.#tests = new SelfTests(clock, this.#changed)
    this.papers = new PaperMachines({ ground, clock, practice: this.#practice, changed: this.#changed })
    this.#found = new FoundDevices({ clock, hotPlug, practice: ground.demo, changed: this.#changed })
    this.#devices = new SupervisedDevices({
      clock,
      hotPlug,
      practice: this.#practice,
      on: {
        scan: (deviceId, scan) => this.#heard(deviceId, scan),
        garbled: (deviceId) => this.#garbled(deviceId),
        rfid: (deviceId, event, at_ms) => this.#pads.heard(deviceId, event, at_ms),
        turned: (deviceId, ready) => this.#turned(deviceId, ready),
      },
    })
    this.#displays = new LineDisplays(this.#devices)
    this.#pads = new PadsAtCounter({
      ground, desk: parts.desk, clock, devices: this.#devices, tests: this.#tests, counting: parts.counting, changed: this.#changed, scan: (scan) => void parts.scan(scan),
    })
    const options = readDeviceOptions(parts.dataDir, parts.given)
    const mayUse = ({ text }: { text: string }): boolean => ground.demo || !isPractice(text)
    const canForget = (role: UsableRole): boolean => parts.given[role] === undefined
    for (const setting of options.scanners.filter(mayUse)) this.#devices.add({ role: 'scanner', setting }, canForget('scanner'))
    for (const setting of options.pads.filter(mayUse)) this.#pads.add(setting, canForget('pad'))
    if (options.display?.at === SCREEN) this.customerWindow.use(canForget('display'))
    else if (options.display) this.#devices.add({ role: 'display', setting: options.display }, canForget('display'))
    if (options.printer && mayUse(options.printer)) this.papers.usePrinter(options.printer, canForget('printer'))
    if (options.labelPrinter) this.papers.useLabelPrinter(options.labelPrinter, canForget('label-printer'))
    this.#endFeed = parts.feed.subscribe((view) => this.#viewTurned(view))
    this.#viewTurned(parts.desk.view())
  }

  /** For the view of the desk: every machine with its state. */
  devices(): DeviceView[] {
    return [...this.#devices.health().map(({ use, health }) => viewOfHealth(use.role, health)), ...this.customerWindow.devices(), ...this.papers.devices()]
  }

  /** The health page, whole. */
  view(): DevicesView {
    const { ground: { demo }, payments: { machine } } = this.#parts
    const { access, kill } = tagPasswords(this.#parts.ground)
    return {
      devices: [...this.#devices.health().map(({ use: { deviceId, role, canForget }, health }) =>
        healthView(role, health, {
          saysOfItself: this.#pads.saysOfItself(deviceId), canForget, taping: this.#tapes.isRunning(deviceId),
          test: this.#tests.of(deviceId), pad: this.#pads.view(deviceId),
        }),
      ), ...this.customerWindow.health(), ...this.papers.health().map((health): DeviceHealth => ({
        ...health, taping: this.#tapes.isRunning(health.deviceId), test: this.#tests.of(health.deviceId) ?? health.test,
      })), ...machine.health().map((health): DeviceHealth => ({ ...health, taping: this.#tapes.isRunning(health.deviceId) }))],
      found: this.#found.notInUse(this.#used()),
      troubles: this.#found.troubles,
      practice: demo ? { ...this.#practice.view(), terminal: machine.practice?.view() ?? null } : null,
      exit: this.#pads.exitView(),
      tagPasswords: { access: access !== null, kill: kill !== null },
      tillKey: this.#parts.tillKey.place,
    }
  }

  /** Looks again at everything: what is plugged in, and every device that is not ready. */
  async look(): Promise<DevicesView> {
    this.#devices.look()
    this.papers.look()
    await this.#found.look()
    return this.view()
  }

  /**
   * Puts a device into use: opened at once, and kept in the settings file for the next start (where the command line
   * does not name devices of its role, which wins). Refuses an address that is written wrongly, one that is in use,
   * and a practice device outside of the demo shop.
   */
  async use(role: UsableRole, text: string): Promise<Result<DevicesView>> {
    if (isPractice(text) && !this.#parts.ground.demo) return refused('not-demo')
    if (this.#used().includes(text)) return refused('not-in-this-state')
    if (this.#parts.given[role] !== undefined && role !== 'scanner' && role !== 'pad') return refused('not-in-this-state')
    if (role === 'terminal') {
      const setting = parseTerminal(text)
      const changed = typeof setting === 'string' ? refused('no-such-device') : await this.#parts.payments.change(setting)
      if (!changed.ok) return changed
    } else if (!(await this.#open(role, text))) return refused('no-such-device')
    addToSettings(this.#parts.dataDir, role, text)
    this.#changed()
    return ok(this.view())
  }

  /** Takes a device out of use; it stays plugged in and is offered again. */
  async forget(deviceId: string): Promise<Result<DevicesView>> {
    const paper = this.papers.inUse().find((each) => each.deviceId === deviceId)
    const terminal = deviceId === 'terminal' ? this.#parts.payments.machine.inUse : null
    const screen = this.customerWindow.inUse?.deviceId === deviceId ? this.customerWindow.inUse : null
    const use = paper ?? terminal ?? screen ?? this.#devices.inUse.find((each) => each.deviceId === deviceId)
    if (!use) return refused('no-such-device')
    if (!use.canForget) return refused('not-in-this-state')
    const left = terminal ? await this.#parts.payments.change(null) : ok(null)
    if (!left.ok) return left
    this.#tapes.stop(deviceId)
    this.#tests.end(deviceId)
    if (paper) await this.papers.forget(paper.role)
    else if (screen) this.customerWindow.forget()
    else if (!terminal) await this.#devices.remove(deviceId)
    this.#pads.forget(deviceId)
    if (isPractice(use.text) && (use.role === 'scanner' || use.role === 'pad' || use.role === 'printer')) this.#practice.forget(use.role)
    removeFromSettings(this.#parts.dataDir, use.role, use.text)
    this.#changed()
    return ok(this.view())
  }

  traffic(deviceId: string): TrafficLine[] {
    return trafficLines(this.#trafficOf(deviceId))
  }

  /** What to mail to whoever helps: states, counters and traffic, with nothing of a person in it. */
  supportFile(): SavedText {
    const at = this.#parts.clock.now()
    const supervised = this.#devices.health().map(({ use, health }) => ({
      health, traffic: withoutPersons(use.role, this.#devices.traffic(use.deviceId)),
    }))
    const text = supportFile(at, [...supervised, ...this.papers.support()])
    const troubles = this.#found.troubles.map((trouble) => `not looked for: ${trouble}\n`).join('')
    return { fileName: `countermark-devices-${new Date(at).toISOString().slice(0, 16).replaceAll(':', '')}.txt`, text: text + troubles }
  }

  /** Starts a tape: the line is opened afresh, because a tape begins where a driver begins. */
  async startTape(deviceId: string): Promise<Result<DevicesView>> {
    const device = this.devices().find((each) => each.deviceId === deviceId)
    if (!device) return refused('no-such-device')
    if (deviceId === 'terminal') this.#tapes.start(deviceId, device.address, (listener) => this.#parts.payments.machine.listen(listener))
    else if (this.papers.has(deviceId)) this.#tapes.start(deviceId, device.address, (listener) => this.papers.listen(deviceId, listener))
    else {
      await this.#devices.reopen(deviceId)
      this.#tapes.start(deviceId, device.address, (listener) => this.#devices.listen(deviceId, listener))
    }
    return ok(this.view())
  }

  stopTape(deviceId: string): Result<SavedText> {
    const tape = this.#tapes.take(deviceId)
    return tape ? ok(tape) : refused('not-in-this-state')
  }

  /** Begins the test of a device, or ends one: a scan to be shown, a tag to be shown, lines on a display, a label. */
  async selfTest(deviceId: string, go: boolean): Promise<Result<DevicesView>> {
    const use = this.#devices.inUse.find((each) => each.deviceId === deviceId)
    if (!go) this.#tests.end(deviceId)
    else if (use?.role === 'scanner') this.#tests.begin(deviceId)
    else if (use?.role === 'pad') this.#pads.test(deviceId)
    else if (use?.role === 'display') this.#testDisplay(deviceId)
    else if (deviceId === 'label-printer' && this.papers.has(deviceId)) {
      const outcome = await this.papers.testLabel()
      this.#tests.answered(deviceId, outcome.outcome === 'printed' ? null : outcome.why)
    } else return refused('no-such-device')
    return ok(this.view())
  }

  /** A person says whether a tag nobody can tell apart belongs to the flow in front. */
  judgeTag(deviceId: string, tag: string, takes: boolean): Result<DevicesView> {
    return this.#pads.judge(deviceId, tag, takes) ? ok(this.view()) : refused('no-such-device')
  }

  /** Somebody with the right to do so wants the reader set as the shop needs it. */
  setUpPad(deviceId: string): Result<DevicesView> {
    return this.#pads.setUp(deviceId) ? ok(this.view()) : refused('no-such-device')
  }

  atExit(choice: 'keep' | 'mute' | 'kill'): Result<DevicesView> {
    const done = this.#pads.atExit(choice)
    return done.ok ? ok(this.view()) : done
  }

  setTagPasswords(passwords: TagPasswords): Result<DevicesView> {
    const done = keepTagPasswords(this.#parts.ground, passwords)
    return done.ok ? ok(this.view()) : done
  }

  practise(deed: PracticeDeed): Result<DevicesView> {
    const { ground } = this.#parts
    if (!ground.demo) return refused('not-demo')
    const { machine } = this.#parts.payments
    if (deed.do === 'terminal') {
      if (machine.practice === null) return refused('no-such-device')
      machine.practice.set(deed)
      this.#changed()
      return ok(this.view())
    }
    const done = this.#practice.act('tag' in deed ? { ...deed, tag: epcFor(ground, deed.tag) } : deed)
    return done.ok ? ok(this.view()) : done
  }

  async endOfDay(): Promise<Result<DevicesView>> {
    const done = await this.#parts.payments.endOfDay()
    return done.ok ? ok(this.view()) : done
  }

  async askTerminal(what: 'status' | 'last'): Promise<Result<DevicesView>> {
    const done = await this.#parts.payments.ask(what)
    return done.ok ? ok(this.view()) : done
  }

  async close(): Promise<void> {
    this.#endFeed()
    this.#pads.close()
    this.#tests.close()
    this.#tapes.close()
    await Promise.all([this.#found.close(), this.#devices.close(), this.papers.close()])
  }

  /** A scan goes to the count or the sale in front, and what that says to it goes back to the scanner. */
  #heard(deviceId: string, scan: ScanEvent): void {
    if (this.#tests.isGoing(deviceId)) return this.#tests.arrived(deviceId, scanLines(scan), 'done')
    const answer = hearScan(this.#parts, { text: scan.text, aim: scan.aim, channel: 'scanner', tid: null })
    if (answer !== null) this.#devices.beep(deviceId, answer === 'good')
  }

  #garbled(deviceId: string): void {
    if (this.#tests.isGoing(deviceId)) return this.#tests.arrived(deviceId, [{ code: 'garbled', text: '' }], 'more')
    this.#parts.desk.raise(say(this.#parts.ground, 'stop', 'scan-garbled'))
    this.#devices.beep(deviceId, false)
  }

  #testDisplay(deviceId: string): void {
    this.#tests.answered(deviceId, this.#displays.test(deviceId) ? null : 'offline')
  }

  #turned(deviceId: string, ready: boolean): void {
    this.#pads.turned(deviceId, ready)
    if (ready) this.#displays.forget()
    this.#changed()
  }

  #viewTurned(view: DeskView): void {
    this.#pads.viewTurned(view)
    this.#displays.turned(view)
  }

  async #open(role: Exclude<UsableRole, 'terminal'>, text: string): Promise<boolean> {
    switch (role) {
      case 'scanner': {
        const setting = parseScanner(text)
        if (typeof setting !== 'string') this.#devices.add({ role, setting }, true)
        return typeof setting !== 'string'
      }
      case 'pad': {
        const setting = parsePad(text)
        if (typeof setting !== 'string') this.#pads.add(setting, true)
        if (typeof setting !== 'string') this.#viewTurned(this.#parts.desk.view())
        return typeof setting !== 'string'
      }
      case 'display': {
        const setting = parseDisplay(text)
        if (typeof setting === 'string') return false
        for (const { deviceId } of this.#devices.inUse.filter((each) => each.role === 'display')) await this.#devices.remove(deviceId)
        this.customerWindow.forget()
        if (setting.at === SCREEN) this.customerWindow.use(true)
        else this.#devices.add({ role, setting }, true)
        return true
      }
      case 'printer':
      case 'label-printer':
        return this.papers.use(role, text)
      default:
        return role satisfies never
    }
  }

  #trafficOf(deviceId: string): readonly Traffic[] {
    if (deviceId === 'terminal') return this.#parts.payments.machine.traffic()
    return this.papers.has(deviceId) ? this.papers.traffic(deviceId) : this.#devices.traffic(deviceId)
  }

  #used(): string[] {
    const terminal = this.#parts.payments.machine.inUse
    const screen = this.customerWindow.inUse
    return [...this.#devices.inUse, ...this.papers.inUse(), ...(terminal ? [terminal] : []), ...(screen ? [screen] : [])].map((each) => each.text)
  }
}

const isPractice = (text: string): boolean => Object.values<string>(PRACTICE).includes(text)
