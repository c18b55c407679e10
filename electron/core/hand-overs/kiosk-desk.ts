import type { DeskView } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { KioskHealth } from '../../../contract/hand-over.ts'
import type { KioskAction } from '../../../contract/kiosk-view.ts'
import type { Clock } from '../../../native/clock.ts'
import { keepPhoto } from '../cases/photos.ts'
import type { Desk } from '../desk/desk.ts'
import { frontOf, setFront } from '../desk/going-on.ts'
import { KioskDoor } from '../desk/kiosk-door.ts'
import { isClosed } from '../desk/kiosk-door-state.ts'
import { saleBehind } from '../desk/kiosk-sale.ts'
import { kioskInHand, runKiosk } from '../desk/run-kiosk.ts'
import type { TerminalLink } from '../flows/deed.ts'
import type { KioskState } from '../flows/kiosk-state.ts'
import { unitIdsOf } from '../flows/line-pieces.ts'
import type { Ground } from '../ground.ts'
import { flowOf } from '../store/flows.ts'
import { openStoreLine, type StoreLine } from '../store-line/open-store-line.ts'
import { HandOverDesk } from './hand-over-desk.ts'
import type { KioskAtDesk } from './kiosk-at-desk.ts'
import { PieceLabels } from './piece-labels.ts'

interface KioskDeskParts {
  readonly ground: Ground
  readonly desk: Desk
  readonly clock: Clock
  readonly dataDir: string
  readonly terminal: () => TerminalLink | null
  readonly printLabel: ConstructorParameters<typeof PieceLabels>[0]['print']
}

/** Everything of a kiosk beside its flow: its door for staff, its labels, its camera, and its line to the counter. */
export class KioskDesk implements KioskAtDesk {
  readonly door: KioskDoor
  readonly handOvers: HandOverDesk
  readonly terminal: () => TerminalLink | null
  readonly #ground: Ground
  readonly #desk: Desk
  readonly #labels: PieceLabels
  readonly #line: StoreLine

  constructor({ ground, desk, clock, dataDir, terminal, printLabel }: KioskDeskParts) {
    this.#ground = ground
    this.#desk = desk
    this.terminal = terminal
    this.door = new KioskDoor(ground, desk)
    this.handOvers = new HandOverDesk(ground, desk)
    this.#labels = new PieceLabels({ ground, print: printLabel, changed: () => desk.changed() })
    this.#line = openStoreLine({ ground, clock, dataDir, desk, handOvers: this.handOvers })
  }

  labelOf(returnId: string) {
    return this.#labels.of(returnId)
  }

  kiosks(): readonly KioskHealth[] {
    return this.#line.kiosks()
  }

  /** Something was done: there may be a label to print, or something to tell the counter. */
  look(): void {
    this.#labels.look()
    this.#line.look()
  }

  /**
   * One act of the customer. Before money moves the other tills of the store are asked whether they have the
   * piece in hand at this very moment; where nobody can be asked, the shop's rule for working offline holds as ever.
   */
  async act(action: KioskAction): Promise<Result<DeskView>> {
    if (isClosed(this.#ground)) return refused('not-in-this-state')
    for (const unitId of this.#unitsToSettle(action))
      if ((await this.#line.claim(unitId)) === 'lost') return this.#run({ do: 'claimed-elsewhere' })
    return this.#run(action)
  }

  keepPhoto(base64: string): Result<DeskView> {
    return this.#desk.act('', (deed) => {
      const flowId = kioskInHand(this.#ground, deed.db)
      const state = flowOf(deed.db, flowId)?.state as KioskState | undefined
      if (state?.at !== 'photo') return refused('not-in-this-state')
      const kept = keepPhoto({ ...deed, flowId }, { base64, unitId: state.unitId })
      return kept.ok ? runKiosk({ ...deed, flowId }, { do: 'photo-taken', photoId: kept.value.photoId }) : kept
    })
  }

  async close(): Promise<void> {
    await this.#line.close()
  }

  #run(input: Parameters<typeof runKiosk>[1]): Result<DeskView> {
    return this.#desk.act('', (deed) => {
      const flowId = kioskInHand(this.#ground, deed.db)
      setFront(deed.db, { screen: 'kiosk', flowId })
      const done = runKiosk({ ...deed, flowId }, input)
      return done.ok ? ok(null) : done
    })
  }

  /** The sale behind what a customer buys here; null where nobody does. */
  saleInFront(): string | null {
    return this.#session()?.sale ?? null
  }

  /** The pieces for which money is about to move by this act. */
  #unitsToSettle(action: KioskAction): readonly string[] {
    const session = this.#session()
    if (action.do === 'pay') return (saleBehind(this.#ground.store.reading, session?.sale ?? null)?.lines ?? []).flatMap(unitIdsOf)
    return action.do === 'refund' && session?.unitId ? [session.unitId] : []
  }

  #session(): KioskState | undefined {
    const { flowId } = frontOf(this.#ground.store.reading)
    return flowId === null ? undefined : (flowOf(this.#ground.store.reading, flowId)?.state as KioskState | undefined)
  }
}
