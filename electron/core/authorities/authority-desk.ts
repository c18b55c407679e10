import type { AuthorityQuery, AuthorityQuestion } from '../../../contract/authority-query.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { CustomerDesk } from '../customers/customer-desk.ts'
import type { CustomerKey } from '../customers/customer-key.ts'
import type { Desk } from '../desk/desk.ts'
import { judgeStranger, judgeUnit } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { formatNumber } from '../flows/numbers.ts'
import { tillEvent } from '../money/till-event.ts'
import { hitsIn, isAside } from '../scans/found.ts'
import { lookAt } from '../scans/look.ts'
import { ownerOf } from '../service/owners.ts'
import { nextNumber } from '../store/meta.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import { isSaleOfThisTill } from '../store/sales.ts'
import { authorityPaper, type Answered } from './authority-paper.ts'
import { newestQueries, recordQuery } from './query-rows.ts'

/** What the police and other authorities ask about a number, and what they are told: each is kept, and none is changed. */
export class AuthorityDesk {
  readonly #desk: Desk
  readonly #key: CustomerKey | null
  readonly #customers: CustomerDesk

  constructor(parts: { desk: Desk; key: CustomerKey | null; customers: CustomerDesk }) {
    this.#desk = parts.desk
    this.#key = parts.key
    this.#customers = parts.customers
  }

  list(): AuthorityQuery[] {
    return newestQueries(this.#desk.ground.store.reading)
  }

  /**
   * The answer as a paper. Somebody with the right to see customers answers for it, also where no name is told (`no-right`).
   * Refuses an order as `customers-locked` where the names cannot be read: nobody may be told then that there are none.
   * A name stands on the paper that is given out and nowhere else: the paper that is kept says that one was told. The
   * journal of the till knows of it, and not the life of the piece, which every store reads.
   */
  ask(question: AuthorityQuestion): Result<{ documentId: string }> {
    const { ground } = this.#desk
    const documentId = ground.newId()
    const answered = this.#desk.turn('', (deed) => {
      const authority = deed.authority('see-customer')
      if (authority === null) return refused('no-right', { right: 'see-customer' })
      if (question.order !== '' && this.#key === null) return refused('customers-locked')
      const answers = this.#answersTo(question.text)
      const isNamed = question.order !== '' && answers.some(({ buyer, owner }) => buyer !== null || owner !== null)
      const query: AuthorityQuery = {
        ...question, number: formatNumber(ground, 'authority', nextNumber(deed.db, 'authority')), at: ground.now(),
        answer: answers.length === 1 ? (answers[0]?.verdict.findings.purchase.answer ?? 'unknown') : 'several', named: isNamed,
        by: authority.name, documentId,
      }
      keep(deed, query, answers)
      // The printer takes its paper as the turn ends: what is given out is held by then.
      const whole = isNamed ? authorityPaper(query, answers, 'told', deed.setting) : null
      ground.shownOnce.hold(documentId, whole, deed.staff?.staffId ?? null)
      return ok({ documentId })
    })
    if (!answered.ok) ground.shownOnce.forget(documentId)
    return answered
  }

  /** Every piece that answers to the very number; where none does, that the number is nobody's, however much another looks like it. */
  #answersTo(text: string): Answered[] {
    const { ground } = this.#desk
    const found = lookAt(ground, text)
    const isStranger = isAside(found) || found.is === 'receipt' || (found.is === 'many' && found.alike)
    const units = isStranger ? [] : hitsIn(found).map(({ unit }) => unit)
    if (units.length > 0) return units.map((unit) => ({ unit, verdict: judgeUnit(ground, 'check', unit, null).verdict, ...this.#namesOf(unit) }))
    const stranger = isStranger ? ({ is: 'nothing', text, why: 'unknown-code' } as const) : found
    return [{ unit: null, verdict: judgeStranger(ground, 'check', stranger, null).verdict, buyer: null, owner: null, isSoldElsewhere: false }]
  }

  #namesOf(unit: KnownUnit): Pick<Answered, 'buyer' | 'owner' | 'isSoldElsewhere'> {
    const { title } = unit.facts
    const saleId = 'purchase' in title ? title.purchase.saleId : null
    const buyer = saleId === null ? null : this.#customers.knownOfSale(saleId)
    const owner = ownerOf(this.#desk.ground, this.#key, unit, true)
    return {
      buyer: buyer === null ? null : inOneLine([buyer.name, buyer.address, buyer.phone, buyer.email]),
      owner: owner === null ? null : inOneLine([owner.name, owner.contact]),
      isSoldElsewhere: saleId !== null && !isSaleOfThisTill(this.#desk.ground.store.reading, saleId),
    }
  }
}

/** The row, the paper that stays, and the line in the journal of the till: all or none. Lists of papers tell nothing of who asked. */
function keep(deed: Deed, query: AuthorityQuery, answers: readonly Answered[]): void {
  const { db, ground } = deed
  const { documentId, number, at } = query
  const body = authorityPaper(query, answers, query.order === '' ? 'no-order' : 'left-out', deed.setting)
  recordDocument(db, { id: documentId, kind: body.kind, number, at, total_cents: 0, summary: '', body })
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: false, at })
  recordQuery(db, query)
  tillEvent(deed, 'authority-asked', { number, authority: query.authority, case: query.caseNumber })
}

const inOneLine = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ').replaceAll('\n', ', ')
