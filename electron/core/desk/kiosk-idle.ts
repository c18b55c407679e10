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
  /** The customer's last sign of life, and whether staff stand at the open door. */
  #life = ''

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

  /** "More time" is a sign of life too; a view that changed only because the centre or a machine was heard is none. */
  #heard(view: DeskView): void {
    const life = `${view.kioskIdle?.life} ${view.kioskDoor?.at}`
    if (life === this.#life) return
    this.#life = life
    this.#cancel()
    this.#cancel = () => undefined
    if (view.front.screen !== 'kiosk') return
    const { at } = view.front.kiosk
    // While the terminal holds a card, the terminal says when the waiting is over.
    if (at === 'start' || at === 'closed' || at === 'paying-out' || at === 'paying') return
    const { idleWipeAfter_ms } = this.#desk().ground.policy().kiosk
    this.#cancel = this.#clock.after(idleWipeAfter_ms + KioskIdle.GRACE_MS, () => {
      this.#desk().actKiosk({ do: 'finish' })
    })
  }
}
