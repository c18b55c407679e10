import type { FrontView } from '../../../contract/desk-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { PresenceEvent } from '../../../native/rfid/presence.ts'
import type { Desk } from '../desk/desk.ts'
import { say } from '../flows/say.ts'
import type { PadFlow } from './pad-at-counter.ts'
import { dropLink, keepLink, linksOf } from './pad-links.ts'

const ON_AT_KIOSK: ReadonlySet<string> = new Set(['scan', 'answer', 'questions', 'photo', 'confirm'])

/** Which flow wants the pad, if any: a sale until it is paid, and whoever waits for one piece. */
export function padFlowOf(front: FrontView): PadFlow | null {
  switch (front.screen) {
    case 'sale':
      // While it is being paid the radio stays on: what is lifted then is known when the sale is opened again.
      if (front.sale.at === 'paid') return null
      return { key: front.sale.flowId, mode: 'cart', learn: true }
    case 'return':
      return front.return.at === 'scan' ? { key: front.return.flowId, mode: 'one', learn: false } : null
    case 'check':
      return front.check.at === 'scan' ? { key: front.check.flowId, mode: 'one', learn: false } : null
    case 'exchange':
      return front.exchange.at === 'old' || front.exchange.at === 'new' ? { key: front.exchange.flowId, mode: 'one', learn: false } : null
    case 'trade-in':
      return front.tradeIn.at === 'scan' ? { key: front.tradeIn.flowId, mode: 'one', learn: false } : null
    case 'kiosk':
      // The radio stays on while the customer answers: what lies there must be the piece that was scanned.
      return ON_AT_KIOSK.has(front.kiosk.at) && 'flowId' in front.kiosk ? { key: front.kiosk.flowId, mode: 'one', learn: false } : null
    case 'home':
      return null
    default:
      return unreachable(front)
  }
}

/**
 * The pad is the cart: a piece laid down is scanned, a piece lifted leaves the sale. Only lines that the pad itself
 * added go with their tag; what was scanned by hand stays until a hand takes it out. Which tag put which line there is
 * kept with the flow, so that a parked sale or one after a power cut still knows its pieces.
 */
export class PadCart {
  readonly #desk: Desk
  readonly #scan: (tag: string) => void
  readonly #isKnown: (tag: string) => boolean
  #flowId: string | null = null
  /** What came and went while the sale was being paid; taken up when it is open again. */
  #meanwhile: Extract<PresenceEvent, { kind: 'added' | 'removed' }>[] = []

  constructor(parts: { desk: Desk; scan: (tag: string) => void; isKnown: (tag: string) => boolean }) {
    this.#desk = parts.desk
    this.#scan = parts.scan
    this.#isKnown = parts.isKnown
  }

  /** The front has changed: another flow, or the same one open again after the customer went back from paying. */
  turned(front: FrontView): void {
    const flow = padFlowOf(front)
    if (flow?.key !== this.#flowId) {
      this.#flowId = flow?.key ?? null
      this.#meanwhile = []
    }
    if (front.screen !== 'sale' || front.sale.at !== 'open' || this.#meanwhile.length === 0) return
    const events = this.#meanwhile
    this.#meanwhile = []
    for (const event of events) this.#take(event)
  }

  presence(event: PresenceEvent): void {
    const { ground } = this.#desk
    switch (event.kind) {
      case 'added':
      case 'removed': {
        const { front } = this.#desk.view()
        if (front.screen === 'sale' && front.sale.at !== 'open') this.#meanwhile.push(event)
        else this.#take(event)
        return
      }
      case 'learned':
        if (event.strays.length > 0) this.#desk.raise(say(ground, 'info', 'pad-strays', { count: event.strays.length }))
        return
      case 'unsure':
        this.#desk.raise(event.tags.length > 0 ? say(ground, 'info', 'pad-unsure', { count: event.tags.length }) : null)
        return
      case 'crowded':
        return this.#desk.raise(say(ground, 'stop', 'pad-crowded'))
      default:
        return unreachable(event)
    }
  }

  #take(event: Extract<PresenceEvent, { kind: 'added' | 'removed' }>): void {
    if (event.kind === 'added') this.#laid(event.tag)
    else this.#lifted(event.tag)
  }

  #laid(tag: string): void {
    // A stranger's tag is in many a coat: it is no mistake of anybody, so nothing is said and nothing beeps.
    if (!this.#isKnown(tag)) return
    const { front } = this.#desk.view()
    const lines = linesOf(front)
    // A piece of a sale that was parked, or that a power cut interrupted, is in it already.
    if (lines.some((line) => line.lineId === this.#linkOf(front, tag))) return
    const before = new Set(lines.map((line) => line.lineId))
    this.#scan(tag)
    const after = this.#desk.view().front
    const line = linesOf(after).find((each) => !before.has(each.lineId))
    if (line && after.screen === 'sale') this.#desk.ground.store.write((db) => keepLink(db, after.sale.flowId, tag, line.lineId))
  }

  #lifted(tag: string): void {
    const { front } = this.#desk.view()
    const lineId = this.#linkOf(front, tag)
    if (lineId === undefined || front.screen !== 'sale' || front.sale.at !== 'open') return
    const { flowId, lines } = front.sale
    this.#desk.ground.store.write((db) => dropLink(db, flowId, tag))
    if (lines.some((line) => line.lineId === lineId)) this.#desk.actSale(flowId, { do: 'remove-line', lineId })
  }

  #linkOf(front: FrontView, tag: string): string | undefined {
    return front.screen === 'sale' ? linksOf(this.#desk.ground.store.reading, front.sale.flowId).get(tag) : undefined
  }
}

const linesOf = (front: FrontView) => (front.screen === 'sale' ? front.sale.lines : [])
