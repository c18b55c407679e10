import type { SavedText } from '../../../contract/device-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import type { ClaimAct, PullItem, ServiceDeskView, UnitService } from '../../../contract/service-view.ts'
import type { CustomerDesk } from '../customers/customer-desk.ts'
import type { CustomerKey } from '../customers/customer-key.ts'
import type { Desk } from '../desk/desk.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { allCampaigns } from '../recalls/campaigns.ts'
import { lettersFor, type Addressee } from '../recalls/letters.ts'
import { pullList, pullScanned, remedyPiece } from '../recalls/pull-list.ts'
import { isAside } from '../scans/found.ts'
import { lookAt } from '../scans/look.ts'
import { notePart, packWith, takeOutOfStock } from '../sets/change-sets.ts'
import { recordDocument } from '../store/papers.ts'
import { photographClaim } from './claim-photos.ts'
import { claimOf } from './claim-rows.ts'
import { actClaim, openClaim } from './claims.ts'
import { changeHolder, makeOwnerCode, ownerOf, transferUnit, type PersonNamed, type TransferProof } from './owners.ts'
import { claimPaper, ownerCodePaper, ownershipPaper } from './service-papers.ts'
import { claimView, nameOf, serviceDesk, unitService } from './service-view.ts'
import { clearStolen, reportStolen } from './theft.ts'

/** The service desk as the calls see it: each act is one turn of the desk, and answers with what is true afterwards. */
export class ServiceDesk {
  readonly #ground: Ground
  readonly #desk: Desk
  readonly #key: CustomerKey | null
  readonly #customers: CustomerDesk

  constructor(parts: { ground: Ground; desk: Desk; key: CustomerKey | null; customers: CustomerDesk }) {
    this.#ground = parts.ground
    this.#desk = parts.desk
    this.#key = parts.key
    this.#customers = parts.customers
  }

  view(): ServiceDeskView {
    return serviceDesk(this.#ground)
  }

  unit(unitId: string): Result<UnitService> {
    return unitService(this.#ground, unitId, (unit) => this.#ownerOf(unit))
  }

  /** The claim and the photographs of the piece as it came in are one act: all of it, or nothing. */
  openClaim(unitId: string, symptom: string, note: string, photos: readonly string[] = []): Result<UnitService> {
    return this.#act(unitId, (deed) => {
      const opened = openClaim(deed, unitId, symptom, note)
      if (!opened.ok) return opened
      for (const base64 of photos) {
        const kept = photographClaim(deed, opened.value.claimId, base64)
        if (!kept.ok) return kept
      }
      return opened
    })
  }

  actClaim(claimId: string, act: ClaimAct): Result<UnitService> {
    const claim = claimOf(this.#ground.store.reading, claimId)
    if (!claim) return refused('no-such-claim')
    return this.#act(claim.unit_id, (deed) => actClaim(deed, claimId, act))
  }

  photo(claimId: string, base64: string): Result<UnitService> {
    const claim = claimOf(this.#ground.store.reading, claimId)
    if (!claim) return refused('no-such-claim')
    return this.#act(claim.unit_id, (deed) => photographClaim(deed, claimId, base64))
  }

  transfer(unitId: string, to: PersonNamed, proof: TransferProof): Result<UnitService & { documentId: string }> {
    const documentId = this.#ground.newId()
    const done = this.#act(unitId, (deed) => {
      const moved = transferUnit(deed, this.#key, unitId, to, proof)
      if (!moved.ok) return moved
      const number = `O-${documentId.slice(-8)}`
      const at = this.#ground.now()
      keepPaper(deed, { id: documentId, number, at, unit: moved.value }, ownershipPaper(moved.value, to.name, number, at, nameFor(deed), deed.setting))
      return moved
    })
    return done.ok ? ok({ ...done.value, documentId }) : done
  }

  changeHolder(unitId: string, contractNumber: string, to: PersonNamed): Result<UnitService> {
    return this.#act(unitId, (deed) => changeHolder(deed, this.#key, unitId, contractNumber, to))
  }

  reportStolen(unitId: string, reference: string, reason: string): Result<UnitService> {
    return this.#act(unitId, (deed) => reportStolen(deed, unitId, reference, reason))
  }

  clearStolen(unitId: string, reason: string): Result<UnitService> {
    return this.#act(unitId, (deed) => clearStolen(deed, unitId, reason))
  }

  remedied(unitId: string, reference: string, note: string): Result<UnitService> {
    return this.#act(unitId, (deed) => remedyPiece(deed, unitId, reference, note))
  }

  pack(unitId: string, text: string): Result<UnitService> {
    const piece = this.findPiece(text)
    return piece === null ? refused('no-such-unit') : this.#act(unitId, (deed) => packWith(deed, unitId, piece.unitId))
  }

  takeOut(unitId: string, partId: string, reason: string): Result<UnitService> {
    return this.#act(unitId, (deed) => takeOutOfStock(deed, unitId, partId, reason))
  }

  notePart(unitId: string, part: string, number: string): Result<UnitService> {
    return this.#act(unitId, (deed) => notePart(deed, unitId, part, number))
  }

  /** The code stands on the paper that is given out and nowhere else: it is not in the answer, and not on the paper that is kept. */
  ownerCode(unitId: string): Result<{ documentId: string }> {
    const unit = unitOf(this.#ground, unitId)
    if (!unit) return refused('no-such-unit')
    const documentId = this.#ground.newId()
    const given = this.#desk.turn('', (deed) => {
      const made = makeOwnerCode(deed, unitId)
      if (!made.ok) return made
      const at = this.#ground.now()
      const paper = (code: string | null) => ownerCodePaper(unit, code, at, nameFor(deed), deed.setting)
      keepPaper(deed, { id: documentId, number: `OC-${documentId.slice(-8)}`, at, unit }, paper(null))
      return ok(paper(made.value.code))
    })
    if (!given.ok) return given
    this.#ground.shownOnce.hold(documentId, given.value, this.#desk.person?.staffId ?? null)
    return ok({ documentId })
  }

  claimPaper(claimId: string): Result<{ documentId: string }> {
    const claim = claimOf(this.#ground.store.reading, claimId)
    const unit = claim ? unitOf(this.#ground, claim.unit_id) : null
    if (!claim || !unit) return refused('no-such-claim')
    const documentId = this.#ground.newId()
    const done = this.#desk.act('', (deed) => {
      const at = this.#ground.now()
      keepPaper(deed, { id: documentId, number: claim.number, at, unit }, claimPaper(claimView(this.#ground, claim), unit, at, nameFor(deed), deed.setting))
      return ok(null)
    })
    return done.ok ? ok({ documentId }) : done
  }

  /** One piece by what was scanned or typed, or null: a loan is handed out by its own number, not by its product's. */
  findPiece(text: string): { unitId: string; name: string; serial: string } | null {
    const found = lookAt(this.#ground, text)
    if (isAside(found) || found.is !== 'unit') return null
    const { unit } = found.hit
    return { unitId: unit.id, ...nameOf(unit, unit.id) }
  }

  pull(text: string): Result<{ pulled: PullItem | null; left: PullItem[] }> {
    const pulled = this.#desk.turn('', (deed) => pullScanned(deed, text))
    return pulled.ok ? ok({ pulled: pulled.value, left: pullList(this.#ground) }) : pulled
  }

  /** The owners of a campaign's pieces, for letters; refused where the campaign is not known here. */
  letters(reference: string): Result<SavedText> {
    const campaigns = allCampaigns(this.#ground.mirror.reading).filter((campaign) => campaign.reference === reference)
    if (campaigns.length === 0) return refused('no-such-campaign')
    const text = campaigns.map((campaign) => lettersFor(this.#ground, campaign, (unit) => this.#addressee(unit))).join('')
    return ok({ fileName: `recall-${reference.replaceAll(/[^A-Za-z0-9-]+/g, '-')}.csv`, text })
  }

  /** By the transfer that was recorded last, else by the sale. */
  #ownerOf(unit: KnownUnit): UnitService['owner'] {
    const recorded = ownerOf(this.#ground, this.#key, unit, this.#seesPeople)
    const { title } = unit.facts
    if (recorded !== null || title.is !== 'sold') return recorded
    const buyer = this.#customers.ofSale(title.purchase.saleId)
    return buyer && { since: title.purchase.soldAt, how: 'bought', name: buyer.name, contact: this.#seesPeople ? buyer.phone || buyer.email : '' }
  }

  #addressee(unit: KnownUnit): Addressee | null {
    const owner = this.#ownerOf(unit)
    const { title } = unit.facts
    const buyer = owner?.how === 'bought' && title.is === 'sold' ? this.#customers.ofSale(title.purchase.saleId) : null
    return owner && { name: owner.name, contact: owner.contact, address: buyer?.address ?? '' }
  }

  get #seesPeople(): boolean {
    const { person } = this.#desk
    return person !== null && this.#desk.rights(person).includes('see-customer')
  }

  #act(unitId: string, body: (deed: Deed) => Result<unknown>): Result<UnitService> {
    const done = this.#desk.act('', body)
    return done.ok ? this.unit(unitId) : done
  }
}

const nameFor = ({ staff }: Deed): string => staff?.name ?? ''

function keepPaper({ db }: Deed, { unit, ...paper }: { id: string; number: string; at: string; unit: KnownUnit }, body: ReceiptDocument): void {
  const { name, serial } = nameOf(unit, unit.id)
  recordDocument(db, { ...paper, kind: body.kind, total_cents: 0, summary: `${name} ${serial}`, body })
}
