import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { ReceiptDocument, ReceiptKind } from '../../../contract/receipt.ts'
import { dayIn } from '../../../contract/days.ts'
import { productName } from '../../../contract/product-name.ts'
import { knownUnit, type KnownUnit } from '../facts/known-unit.ts'
import type { SaleState } from '../flows/sale-state.ts'
import { totalsOf } from '../flows/totals.ts'
import type { Ground } from '../ground.ts'
import { aliasesWithLabels } from '../own-numbers/unit-labels.ts'
import { staffOf } from '../people/staff.ts'
import { flowOf } from '../store/flows.ts'
import { documentOf, recordDocument } from '../store/papers.ts'
import type { Reading, Writing } from '../store/store.ts'
import { certificatePaper } from './certificate-paper.ts'
import { giftPaper, type GiftLine } from './gift-paper.ts'
import { certificateNumber, documentsNumbered, heldUntil, keptVerdict, saleNumbered, type SoldLine, type VerdictAsked } from './paper-rows.ts'
import { numbersOf, words, type PaperSetting } from './paper-words.ts'
import { pickupPaper } from './pickup-paper.ts'
import { slipPaper } from './slip-paper.ts'
import { warrantyPaper } from './warranty-paper.ts'

/** Enough of an id to tell two pieces of one receipt apart, and short enough to be read out. */
const TAIL = 8

/** The document of a paper just made, or of the same paper made before. */
export type Made = Result<{ readonly documentId: string }>

/**
 * The warranty receipt of one piece, from the piece alone. Refused where it is not sold by us (any more), and where
 * no dates of cover are known: then nothing is promised on paper. Made twice on a day with nothing changed, it is the
 * same document.
 */
export function makeWarranty(ground: Ground, db: Writing, unitId: string, setting: PaperSetting): Made {
  const unit = unitIn(ground, db, unitId)
  if (!unit) return refused('no-such-unit')
  const { title, cover } = unit.facts
  if (title.is !== 'sold' && title.is !== 'transferred') return refused('not-sold')
  if (cover.length === 0) return refused('no-cover-dates')
  const { purchase } = title
  const number = `${purchase.receiptNumber}-W-${unitId.slice(-TAIL)}`
  const seller = ground.mirror.store(purchase.storeId) ?? ground.place
  const policy = ground.policy()
  const bodyAt = (at: string): ReceiptDocument => warrantyPaper({ number, at, unit, purchase, seller }, setting, policy)
  const now = ground.now()
  const day = dayIn(now, ground.place.time_zone)
  const same = documentsNumbered(db, 'warranty', number).find(
    (made) => dayIn(made.at, ground.place.time_zone) === day && JSON.stringify(bodyAt(made.at)) === JSON.stringify(made.body),
  )
  return ok({ documentId: same?.id ?? keep(ground, db, 'warranty', number, summaryOf(unit), bodyAt(now), now) })
}

/** The gift receipt of a sale of this till: by its receipt's document. */
export function makeGift(ground: Ground, db: Writing, saleDocumentId: string, setting: PaperSetting): Made {
  const receipt = documentOf(db, saleDocumentId)
  const sale = receipt?.kind === 'sale' ? saleNumbered(db, receipt.number) : null
  if (!receipt || !sale) return refused('no-such-document')
  const now = ground.now()
  const body = giftPaper(
    {
      number: receipt.number,
      soldOn: dayIn(sale.soldAt, ground.place.time_zone),
      at: now,
      lines: sale.lines.map((line) => giftLine(ground, db, line, setting)),
    },
    setting,
    ground.policy(),
  )
  return ok({ documentId: keep(ground, db, 'gift', receipt.number, receipt.summary, body, now) })
}

/** The slip of goods that are paid and wait to be fetched, by the document of their receipt. */
export function makePickup(
  ground: Ground, db: Writing, asked: { readonly documentId: string; readonly name: string; readonly who: string }, setting: PaperSetting,
): Made {
  const receipt = documentOf(db, asked.documentId)
  const sale = receipt?.kind === 'sale' ? saleNumbered(db, receipt.number) : null
  if (!receipt || !sale) return refused('no-such-document')
  const now = ground.now()
  const body = pickupPaper(
    {
      number: receipt.number, at: now, who: asked.who, name: asked.name, soldOn: dayIn(sale.soldAt, ground.place.time_zone),
      lines: sale.lines.map((line) => giftLine(ground, db, line, setting)),
    },
    setting,
  )
  return ok({ documentId: keep(ground, db, 'slip', receipt.number, asked.name, body, now) })
}

function giftLine(ground: Ground, db: Reading, line: SoldLine, setting: PaperSetting): GiftLine {
  const product = ground.mirror.product(line.product_id)
  const aliases = line.unit_id === null ? [] : aliasesWithLabels(db, line.unit_id, ground.mirror.aliases(line.unit_id))
  return {
    name: product === null ? line.name : productName(product),
    category: product?.category ?? '',
    numbers: [...numbersOf(aliases, setting), ...(line.lot === null ? [] : [words(setting, 'receipt.lot', { lot: line.lot })])],
    quantity: line.quantity,
  }
}

/** The certificate of a check that was made here: of what was said then, not of what would be said now. */
export function makeCertificate(ground: Ground, db: Writing, asked: VerdictAsked, setting: PaperSetting): Made {
  const kept = keptVerdict(db, asked)
  if (!kept) return refused('no-such-verdict')
  const unit = kept.unitId === null ? null : unitIn(ground, db, kept.unitId)
  const now = ground.now()
  const number = certificateNumber(kept.id)
  const who = staffOf(ground).find((person) => person.id === kept.staffId)?.name ?? null
  const body = certificatePaper({ ...kept, number, at: now, verdictId: kept.id, unit, who }, setting)
  return ok({ documentId: keep(ground, db, 'certificate', number, unit ? summaryOf(unit) : kept.text, body, now) })
}

/** The slip that lies with goods put aside. */
export function makeSlip(ground: Ground, db: Writing, flowId: string, setting: PaperSetting): Made {
  const flow = flowOf(db, flowId)
  if (!flow || flow.kind !== 'sale' || flow.status !== 'parked') return refused('no-such-flow')
  const { lines } = flow.state as SaleState
  const totals = totalsOf(lines, { currency: ground.place.currency, taxInclusive: ground.place.tax_inclusive === 1 })
  const now = ground.now()
  const number = `P-${flowId.slice(-TAIL)}`
  const who = staffOf(ground).find((person) => person.id === flow.staffId)?.name ?? ''
  const body = slipPaper(
    { number, at: now, who, name: flow.name ?? '', lines, totals, heldUntil: heldUntil(db, flowId) },
    setting,
  )
  return ok({ documentId: keep(ground, db, 'slip', number, flow.name ?? '', body, now) })
}

function keep(
  ground: Ground, db: Writing, kind: ReceiptKind, number: string, summary: string, body: ReceiptDocument, at: string,
): string {
  const id = ground.newId()
  recordDocument(db, { id, kind, number, at, total_cents: 0, summary: summary.slice(0, 500), body })
  return id
}

/** Looked at through the transaction: a piece sold a moment ago in it is sold. */
const unitIn = (ground: Ground, db: Reading, unitId: string): KnownUnit | null =>
  knownUnit(
    ground.mirror, db, unitId, { country: ground.place.country, timeZone: ground.place.time_zone }, ground.policy(),
  )

const summaryOf = (unit: KnownUnit): string => [unit.product.name, unit.aliases[0]?.value].filter(Boolean).join(' ')
