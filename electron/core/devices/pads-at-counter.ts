import type { DeskView } from '../../../contract/desk-view.ts'
import type { ExitView, PadView } from '../../../contract/device-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Clock } from '../../../native/clock.ts'
import type { RfidEvent } from '../../../native/rfid/reader.ts'
import type { PresenceEvent } from '../../../native/rfid/presence.ts'
import type { CountingDesk } from '../counting/counting-desk.ts'
import type { Desk } from '../desk/desk.ts'
import type { Ground } from '../ground.ts'
import type { Scan } from '../scans/knowledge.ts'
import type { PadSetting } from './device-settings.ts'
import { ExitTags } from './exit-tags.ts'
import { nameOfTag, unitOfTag } from './known-tag.ts'
import { PadAtCounter, type PadFlow } from './pad-at-counter.ts'
import { PadCart, padFlowOf } from './pad-cart.ts'
import { dropEndedLinks, linksOf } from './pad-links.ts'
import type { SelfTests } from './self-tests.ts'
import type { SupervisedDevices } from './supervised-devices.ts'
import { tagPasswords } from './tag-passwords.ts'

interface PadInUse {
  readonly pad: PadAtCounter
  readonly cart: PadCart
  isReady: boolean
}

interface PadsParts {
  readonly ground: Ground
  readonly desk: Desk
  readonly clock: Clock
  readonly devices: SupervisedDevices
  readonly tests: SelfTests
  /** What lies there is counted while somebody counts. */
  readonly counting: Pick<CountingDesk, 'inFront' | 'heard'>
  scan(scan: Scan): void
  changed(): void
}

/** All pads of this till, and which of them works for what: the flow in front, a test, or the tags at the exit. */
export class PadsAtCounter {
  readonly #parts: PadsParts
  readonly #pads = new Map<string, PadInUse>()
  #exit: { readonly tags: ExitTags; readonly deviceId: string } | null = null
  #lastFlow: string | null = null

  constructor(parts: PadsParts) {
    this.#parts = parts
  }

  add(setting: PadSetting, canForget: boolean): void {
    const { ground, desk, devices, tests } = this.#parts
    const deviceId = devices.add({ role: 'pad', setting }, canForget)
    const pad: PadAtCounter = new PadAtCounter(ground.place.country, {
      send: (command) => devices.order(deviceId, command),
      presence: (event) => {
        if (this.#exit?.deviceId === deviceId) this.#atExit(event)
        else if (tests.isGoing(deviceId)) return
        else if (this.#parts.counting.inFront !== null) this.#count(pad, event)
        else cart.presence(event)
      },
      changed: this.#parts.changed,
    })
    const cart = new PadCart({
      desk,
      scan: (tag) => this.#parts.scan(pad.scanOf(tag)),
      isKnown: (tag) => nameOfTag(ground, pad.scanOf(tag).text) !== null,
    })
    this.#pads.set(deviceId, { pad, cart, isReady: false })
  }

  forget(deviceId: string): void {
    if (this.#exit?.deviceId === deviceId) this.#endExit()
    this.#pads.delete(deviceId)
  }

  heard(deviceId: string, event: RfidEvent, at_ms: number): void {
    if (event.kind === 'tag') this.#parts.tests.arrived(deviceId, [{ code: 'tag', text: event.epc ?? event.uid ?? '' }], 'more')
    if (this.#exit?.deviceId === deviceId) this.#exit.tags.heard(event)
    this.#pads.get(deviceId)?.pad.hear(event, at_ms)
  }

  turned(deviceId: string, ready: boolean): void {
    const known = this.#pads.get(deviceId)
    if (!known) return
    known.isReady = ready
    if (ready) return
    if (this.#exit?.deviceId === deviceId) this.#exit.tags.gone()
    known.pad.gone()
  }

  /** The front has changed, or something in it. */
  viewTurned(view: DeskView): void {
    const key = padFlowOf(view.front)?.key ?? null
    if (key !== this.#lastFlow) this.#parts.ground.store.write((db) => dropEndedLinks(db))
    this.#lastFlow = key
    if (this.#exit !== null && paidSaleOf(view)?.flowId !== this.#exit.tags.flowId) this.#endExit()
    this.#want(view)
    for (const { cart } of this.#pads.values()) cart.turned(view.front)
  }

  /** The radio is on for the test alone; when that is over the pad belongs to the flow in front again. */
  test(deviceId: string): void {
    const { tests, clock, desk } = this.#parts
    tests.begin(deviceId, () => this.#want(desk.view()))
    this.#pads.get(deviceId)?.pad.want({ key: 'test', mode: 'cart', learn: false }, clock.now())
  }

  /** Null where this is no pad. */
  view(deviceId: string): PadView | null {
    return this.#pads.get(deviceId)?.pad.view((text) => nameOfTag(this.#parts.ground, text)) ?? null
  }

  saysOfItself(deviceId: string): string | null {
    return this.#pads.get(deviceId)?.pad.saysOfItself ?? null
  }

  /** A person says whether a tag belongs to the flow; false when it is not asked about. */
  judge(deviceId: string, tag: string, takes: boolean): boolean {
    return this.#pads.get(deviceId)?.pad.judge(tag, takes) ?? false
  }

  /** Writes the shop's settings into the reader; false where this is no pad. */
  setUp(deviceId: string): boolean {
    const pad = this.#pads.get(deviceId)?.pad
    pad?.confirmSettings(this.#parts.clock.now())
    return pad !== undefined
  }

  /** What may happen to the tags of the sale just paid; null where none is, or no pad stands here that could do it. */
  exitView(): ExitView | null {
    const { ground, desk } = this.#parts
    const sale = paidSaleOf(desk.view())
    if (sale === null || this.#exitPad() === null || !sale.lines.some((line) => line.unitId !== null)) return null
    const going = this.#exit?.tags.flowId === sale.flowId ? this.#exit.tags.view() : null
    return { flowId: sale.flowId, usual: ground.policy().tagsAtExit ?? 'keep', canKill: tagPasswords(ground).kill !== null, going }
  }

  /** The customer wants the tags of this sale muted or killed, or (`keep`) no more of it. */
  atExit(choice: 'keep' | 'mute' | 'kill'): Result<null> {
    const { ground, desk, clock, devices, changed } = this.#parts
    this.#endExit()
    if (choice !== 'keep') {
      const sale = paidSaleOf(desk.view())
      const deviceId = this.#exitPad()
      const passwords = tagPasswords(ground)
      if (sale === null || (choice === 'kill' && passwords.kill === null)) return refused('not-in-this-state')
      if (deviceId === null) return refused('no-such-device')
      const pad = this.#pads.get(deviceId)?.pad
      const tags = new ExitTags({
        ground, clock, sale, choice, passwords, changed,
        send: (command) => devices.order(deviceId, command),
        unitOf: (tag) => (pad === undefined ? null : unitOfTag(ground, pad.scanOf(tag).text)),
      })
      this.#exit = { tags, deviceId }
    }
    this.#want(desk.view())
    changed()
    return ok(null)
  }

  close(): void {
    this.#exit?.tags.close()
  }

  #atExit(event: PresenceEvent): void {
    if (event.kind === 'added') this.#exit?.tags.laid(event.tag)
  }

  /** Every tag that is read stands in this store: none is left out for being weak, and what is lifted stays counted. */
  #count(pad: PadAtCounter, event: PresenceEvent): void {
    if (event.kind === 'added') this.#parts.counting.heard(pad.scanOf(event.tag))
    if (event.kind === 'unsure') for (const tag of event.tags) pad.judge(tag, true)
  }

  #endExit(): void {
    this.#exit?.tags.close()
    this.#exit = null
  }

  /** A pad that writes tags: ready, and no reader of NFC cards. */
  #exitPad(): string | null {
    for (const [deviceId, { pad, isReady }] of this.#pads) if (isReady && pad.writesTags) return deviceId
    return null
  }

  #want(view: DeskView): void {
    const { ground, tests, clock } = this.#parts
    const count = this.#parts.counting.inFront
    const flow: PadFlow | null = count === null ? padFlowOf(view.front) : { key: `count ${count}`, mode: 'cart', learn: false }
    const ours = count === null && flow?.mode === 'cart' ? [...linksOf(ground.store.reading, flow.key).keys()] : []
    for (const [deviceId, { pad }] of this.#pads) {
      const exit = this.#exit?.deviceId === deviceId ? this.#exit.tags : null
      const wanted: PadFlow | null = exit ? { key: `exit ${exit.flowId}`, mode: 'cart', learn: false } : flow && { ...flow, ours }
      if (!tests.isGoing(deviceId)) pad.want(wanted, clock.now())
    }
  }
}

function paidSaleOf({ front }: DeskView) {
  return front.screen === 'sale' && front.sale.at === 'paid' ? front.sale : null
}
