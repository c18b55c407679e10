import { later } from '../../../contract/days.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Parcel, ParcelAct, ParcelsOfSale, ParcelTo } from '../../../contract/parcel.ts'
import { fullName } from '../../../contract/product-name.ts'
import type { CustomerDesk } from '../customers/customer-desk.ts'
import type { CustomerKey } from '../customers/customer-key.ts'
import { maskedName } from '../customers/masked.ts'
import type { Desk } from '../desk/desk.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import { actParcel, addressOwner } from './act-parcel.ts'
import { closeEmptyParcels, emptyParcels } from './close-empty-parcels.ts'
import { parcelNow } from './parcel-now.ts'
import { parcelPaper } from './parcel-paper.ts'
import { closedParcelRows, openParcelRows, parcelRow, parcelRowsOf, stepsOfParcel, type ParcelRow } from './parcel-rows.ts'
import { piecesOfParcel, piecesToSend } from './pieces-of-parcel.ts'

/** As long as somebody may notice that the wrong parcel was said to be delivered. */
const SHOWN_AFTER_MS = 7 * DAY_MS

/** Pieces that were sold here and are sent to their buyers. The till that sold them knows where to. */
export class ParcelDesk {
  readonly #desk: Desk
  readonly #key: CustomerKey | null
  readonly #customers: CustomerDesk

  constructor(parts: { desk: Desk; key: CustomerKey | null; customers: CustomerDesk }) {
    this.#desk = parts.desk
    this.#key = parts.key
    this.#customers = parts.customers
    this.#forgetOver()
  }

  ofSale(saleId: string): ParcelsOfSale {
    const { ground } = this.#desk
    const buyer = this.#seesPeople ? this.#customers.ofSale(saleId) : null
    return {
      parcels: this.#views(parcelRowsOf(ground.store.reading, saleId)).filter(({ state }) => state !== 'called-off'),
      free: piecesToSend(ground, saleId).map(pieceOf),
      to: buyer === null ? null : { ...(buyer.name === '' ? {} : { name: buyer.name }), ...(buyer.address === '' ? {} : { address: buyer.address }) },
    }
  }

  list(): Parcel[] {
    const { ground } = this.#desk
    const db = ground.store.reading
    const rows = [...openParcelRows(db), ...closedParcelRows(db, later(ground.now(), -SHOWN_AFTER_MS))]
    return this.#views(rows).filter(({ state }) => state !== 'called-off')
  }

  act(act: ParcelAct): Result<DeskView> {
    const done = this.#desk.act('', (deed) => actParcel(deed, this.#key, act))
    this.#forgetOver()
    return done
  }

  /**
   * The slip with the address. Whole it is in the hand of who made it and on the printer, once; the one that is kept names
   * nobody. Refuses a parcel whose address is forgotten (`address-gone`) or cannot be opened (`customers-locked`).
   */
  paper(parcelId: string): Result<{ documentId: string }> {
    const { ground } = this.#desk
    const documentId = ground.newId()
    return this.#desk.turn('', (deed) => {
      const row = parcelRow(deed.db, parcelId)
      if (row === null) return refused('no-such-parcel')
      if (row.sealed_to === null) return refused('address-gone')
      const to = this.#to(row)
      if (to === null) return refused('customers-locked')
      const pieces = piecesOfParcel(ground, row)
      const { carrier, tracking } = parcelNow(stepsOfParcel(deed.db, row.id), [])
      const at = ground.now()
      const entry = { number: row.number, receipt: row.receipt, at, who: deed.staff?.name ?? '', carrier, tracking, pieces }
      const body = parcelPaper(entry, null, deed.setting)
      // Each paper has a number of its own: one that was given out must not make the next one a copy.
      recordDocument(deed.db, { id: documentId, kind: body.kind, number: `${row.number}-${documentId.slice(-4)}`, at, total_cents: 0, summary: '', body })
      if (deed.hasPrinter) queueJob(deed.db, { id: ground.newId(), documentId, copy: false, drawer: false, at })
      ground.shownOnce.hold(documentId, parcelPaper(entry, to, deed.setting), deed.staff?.staffId ?? null)
      return ok({ documentId })
    })
  }

  /** What was brought back here is forgotten with that; this is for what another till took back. */
  #forgetOver(): void {
    if (emptyParcels(this.#desk.ground).length > 0) this.#desk.tellFlow('', null, (deed) => ok(closeEmptyParcels(deed)))
  }

  #views(rows: readonly ParcelRow[]): Parcel[] {
    return rows.flatMap((row) => {
      const pieces = piecesOfParcel(this.#desk.ground, row)
      return pieces.length === 0 ? [] : [this.#view(row, pieces)]
    })
  }

  #view(row: ParcelRow, pieces: readonly KnownUnit[]): Parcel {
    const { state, since, packed, carrier, tracking } = parcelNow(stepsOfParcel(this.#desk.ground.store.reading, row.id), pieces.map(({ id }) => id))
    const to = this.#to(row)
    return {
      parcelId: row.id, number: row.number, saleId: row.sale_id, receiptNumber: row.receipt, state, since, carrier, tracking, masked: !this.#seesPeople,
      to: to === null || this.#seesPeople ? to : { name: maskedName(to.name), address: '•••' },
      pieces: pieces.map((unit) => ({ ...pieceOf(unit), isPacked: packed.has(unit.id) })),
    }
  }

  #to({ id, sealed_to }: ParcelRow): ParcelTo | null {
    const text = sealed_to === null ? null : (this.#key?.open(sealed_to, addressOwner(id)) ?? null)
    return text === null ? null : (JSON.parse(text) as ParcelTo)
  }

  get #seesPeople(): boolean {
    const { person } = this.#desk
    return person !== null && this.#desk.rights(person).includes('see-customer')
  }
}

const pieceOf = (unit: KnownUnit) => ({
  unitId: unit.id, name: fullName(unit.product.brand, unit.product.name), serial: unit.aliases[0]?.value ?? unit.id,
})
