import type { DeskView } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { KioskDoorAction } from '../../../contract/kiosk-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { setClockRight } from '../clock/set-clock-right.ts'
import { later } from '../../../contract/days.ts'
import type { Deed } from '../flows/deed.ts'
import type { KioskState } from '../flows/kiosk-state.ts'
import type { Ground } from '../ground.ts'
import { recordEmptied } from '../hand-overs/slots.ts'
import { tillEvent } from '../money/till-event.ts'
import { onePinAtATime } from '../people/one-pin-at-a-time.ts'
import { verifyPin } from '../people/pin.ts'
import { rightsOf, staffOf } from '../people/staff.ts'
import { flowOf, type FlowRow } from '../store/flows.ts'
import { setMeta } from '../store/meta.ts'
import { queueJob } from '../store/papers.ts'
import { recordPinTry } from '../store/people.ts'
import type { Writing } from '../store/store.ts'
import type { Desk } from './desk.ts'
import { DOOR, doorOf, maySetUp, setDoor, stillLocked, type Door } from './kiosk-door-state.ts'
import { saleBehind } from './kiosk-sale.ts'
import { kioskInHand, runKiosk } from './run-kiosk.ts'
import { askCardAgain, settleCard } from './settle-card.ts'

/** Long enough to empty a slot, too short to be found by the next customer. */
const OPEN_MS = 60_000

type AboutWindow = Extract<KioskDoorAction, { do: keyof typeof WINDOW_AFTER }>

const WINDOW_AFTER = { 'open-window': 'open', 'lock-window': 'locked', 'end-program': 'closed' } as const

const isAboutWindow = (action: KioskDoorAction): action is AboutWindow => action.do in WINDOW_AFTER

/** The way in for staff: a corner nobody sees, or a badge, and always a PIN. */
export class KioskDoor {
  readonly #ground: Ground
  readonly #desk: Desk

  constructor(ground: Ground, desk: Desk) {
    this.#ground = ground
    this.#desk = desk
  }

  /** Somebody found the corner. */
  ask(badge: { staffId: string; name: string } | null): Result<DeskView> {
    return this.#desk.act('', ({ db }) => {
      setDoor(db, { at: 'asked', badge })
      return ok(null)
    })
  }

  /**
   * Opens for a PIN of somebody who may approve returns; with a badge only for its owner. Without one the PIN alone
   * names the person, so wrong ones count against the door and soon have to wait.
   */
  open(pin: string): Promise<Result<DeskView>> {
    return onePinAtATime(this.#ground, () => this.#tryPin(pin))
  }

  async #tryPin(pin: string): Promise<Result<DeskView>> {
    const door = doorOf(this.#ground)
    if (door.at !== 'asked') return refused('not-in-this-state')
    const who = door.badge?.staffId ?? DOOR
    const until = stillLocked(this.#ground, who)
    if (until !== null) return refused('locked-out', { until })
    const may = staffOf(this.#ground).filter(
      (row) => (door.badge === null || row.id === door.badge.staffId) && rightsOf(this.#ground, row.role).includes('approve-return'),
    )
    const matches = await Promise.all(may.map((row) => verifyPin(pin, row.pin_hash)))
    const person = may.find((_, index) => matches[index])
    this.#ground.store.write((db) => {
      recordPinTry(db, who, this.#ground.now(), person !== undefined)
      if (person) setDoor(db, { at: 'open', staffId: person.id, name: person.name, until: this.#untilNow() })
    })
    this.#desk.changed()
    if (person) return ok(this.#desk.view())
    const waits = stillLocked(this.#ground, who)
    return waits === null ? refused('wrong-pin') : refused('locked-out', { until: waits })
  }

  act(action: Exclude<KioskDoorAction, { do: 'ask' }>): Result<DeskView> {
    if (action.do === 'shut') return this.#shut()
    const door = doorOf(this.#ground)
    if (door.at !== 'open') return refused('not-signed-in')
    if (isAboutWindow(action)) return this.#changeWindow(door, action)
    return this.#desk.act('', (deed) => {
      setDoor(deed.db, { ...door, until: this.#untilNow() })
      const { staffId, name } = door
      return this.#carryOut({ ...deed, staff: { staffId, name } }, action, door)
    })
  }

  /**
   * Lets go of the machine, or takes hold of it again. Refused without the right, and where no shell holds a window. The
   * journal knows who let go before the window does; a customer's session does not go on in an open window.
   */
  #changeWindow(door: Extract<Door, { at: 'open' }>, action: AboutWindow): Result<DeskView> {
    const { kioskWindow } = this.#ground
    if (kioskWindow.state === null) return refused('not-in-this-state')
    if (!maySetUp(this.#ground, door.staffId)) return refused('no-right', { right: 'settings' })
    const to = WINDOW_AFTER[action.do]
    const done = this.#desk.act('', (deed) => {
      const { staffId, name } = door
      tillEvent({ ...deed, staff: { staffId, name } }, 'kiosk-let-go', { to })
      setDoor(deed.db, { at: 'shut' })
      return to === 'locked' ? ok(null) : this.#startOver(deed)
    })
    if (!done.ok) return done
    kioskWindow.become(to)
    this.#desk.changed()
    return ok(this.#desk.view())
  }

  #carryOut(deed: Deed, action: Exclude<KioskDoorAction, AboutWindow | { do: 'ask' | 'shut' }>, who: Extract<Door, { at: 'open' }>): Result<null> {
    const { db } = deed
    const at = this.#ground.now()
    switch (action.do) {
      case 'close-kiosk':
      case 'open-kiosk':
        setMeta(db, 'kiosk-closed', action.do === 'close-kiosk')
        return action.do === 'close-kiosk' ? this.#startOver(deed) : ok(null)
      case 'start-over':
        return this.#startOver(deed)
      case 'empty-slot':
        recordEmptied(db, action.slot, at, who.name)
        return ok(null)
      case 'print-again':
        return this.#printAgain(db, at)
      case 'settle-card':
        return settleCard(deed, action.attemptId, action.paid)
      case 'ask-terminal-again':
        return askCardAgain(deed, action.attemptId)
      case 'set-clock-right':
        if (!maySetUp(this.#ground, who.staffId)) return refused('no-right', { right: 'settings' })
        return setClockRight({ ground: this.#ground, db }, who, action.reason)
      default:
        return unreachable(action)
    }
  }

  /** The session of whoever stood here is over, in nobody's name. */
  #startOver(deed: Deed): Result<null> {
    return runKiosk({ ...deed, staff: null, flowId: kioskInHand(this.#ground, deed.db) }, { do: 'finish' })
  }

  /** The paper of the customer who stands there, as a copy. */
  #printAgain(db: Writing, at: string): Result<null> {
    const flow = flowOf(db, kioskInHand(this.#ground, db)) as FlowRow<KioskState> | null
    const documentId = flow?.state.done?.documentId ?? saleBehind(db, flow?.state.sale ?? null)?.paid?.documentId ?? null
    if (documentId === null) return refused('no-such-document')
    queueJob(db, { id: this.#ground.newId(), documentId, copy: true, drawer: false, at })
    return ok(null)
  }

  #shut(): Result<DeskView> {
    return this.#desk.act('', ({ db }) => {
      setDoor(db, { at: 'shut' })
      return ok(null)
    })
  }

  #untilNow(): string {
    return later(new Date(this.#ground.clock.now()).toISOString(), OPEN_MS)
  }
}
