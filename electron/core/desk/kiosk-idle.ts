import type { Clock } from '../../../native/clock.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import type { Desk } from './desk.ts'
import type { ViewFeed } from './view-feed.ts'

/**
 * Wipes a kiosk that a customer has walked away from. The page asks "more time?" first; this is the net under it, for
 * the page that hangs or was closed: nobody finds what the one before him has scanned.
 */
export class KioskIdle {
  readonly #desk: () => Desk
  readonly #clock: Clock
  readonly #forget: () => void
  #cancel: () => void = () => undefined

  /** The page has its own moment to ask and to wipe; the net comes a little later. */
  static readonly GRACE_MS = 5_000

  constructor(desk: () => Desk, feed: ViewFeed, clock: Clock) {
    this.#desk = desk
    this.#clock = clock
    this.#forget = feed.subscribe((view) => this.#heard(view))
    this.#heard(desk().view())
  }

  stop(): void {
    this.#forget()
    this.#cancel()
  }

  /** Every sign of life is a change of the view, "more time" too. */
  #heard(view: DeskView): void {
    this.#cancel()
    this.#cancel = () => undefined
    if (view.front.screen !== 'kiosk') return
    const { at } = view.front.kiosk
    // While the terminal holds a card, the terminal says when the waiting is over.
    if (at === 'start' || at === 'closed' || at === 'paying-out') return
    const { idleWipeAfter_ms } = this.#desk().ground.policy().kiosk
    this.#cancel = this.#clock.after(idleWipeAfter_ms + KioskIdle.GRACE_MS, () => {
      this.#desk().actKiosk({ do: 'finish' })
    })
  }
}
