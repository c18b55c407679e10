import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { CustomerCard, CustomerOfSale, CustomerPurchase, OwnerNews, PersonDetails, Purpose } from '../../../contract/customer.ts'
import { Purpose as AllPurposes } from '../../../contract/customer.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import { cents } from '../../../contract/money.ts'
import type { SearchHit } from '../../../contract/search-hit.ts'
import { fieldsBetween, type PersonWord } from '../../../contract/sync/person-merge.ts'
import type { Desk } from '../desk/desk.ts'
import type { Ground } from '../ground.ts'
import { openFlowOf } from '../store/flows.ts'
import type { Reading, Writing } from '../store/store.ts'
import type { CustomerKey } from './customer-key.ts'
import {
  consentsOf, customerOfFlow, customerOfSale, customerRow, idsByKey, latestIds, linesBought, purchaseCount, purchasesOf,
  recordConsent, setCustomerOfFlow, writeCustomer,
} from './customer-rows.ts'
import { askedFor, cardFinding, findingsOf } from './findings.ts'
import { forgetPerson } from './forget-person.ts'
import { noteChanged } from './heard.ts'
import { masked } from './masked.ts'
import { idsOf } from './merged.ts'
import { newsOf } from './owner-news.ts'

const FOUND_MAX = 20
const FOUND_WHILE_TYPING_MAX = 4
const NEWS_KEPT_MS = 60_000

/** The customers of this till: found, made, put into a sale, told what is known of them, erased. */
export class CustomerDesk {
  readonly #ground: Ground
  readonly #desk: Desk
  readonly #key: CustomerKey | null
  #missedCard: string | null = null
  #counted: { readonly customerId: string; readonly until: number; readonly count: number } | null = null

  constructor(parts: { ground: Ground; desk: Desk; key: CustomerKey | null }) {
    this.#ground = parts.ground
    this.#desk = parts.desk
    this.#key = parts.key
  }

  /** By card, telephone, e-mail or the beginnings of all words of a name; the empty text gives the latest. */
  find(text: string, most = FOUND_MAX): CustomerCard[] {
    const db = this.#ground.store.reading
    const ids = text.trim() === '' ? latestIds(db, most) : this.#idsFor(db, text)
    return ids.slice(0, most).flatMap((id) => this.#card(db, id) ?? [])
  }

  /** For search as you type. Newest first where many have the name. */
  hits(text: string): Extract<SearchHit, { kind: 'customer' }>[] {
    return this.find(text, FOUND_WHILE_TYPING_MAX).map(({ customerId, details }) => ({
      kind: 'customer', customerId, name: details.name, found: details.phone || details.email || details.card,
    }))
  }

  view(customerId: string): Result<{ card: CustomerCard; purchases: CustomerPurchase[]; news: OwnerNews[] }> {
    const card = this.#card(this.#ground.store.reading, customerId)
    if (!card) return refused('no-such-customer')
    const purchases = this.#purchases(customerId)
    return ok({ card, purchases, news: newsOf(this.#ground, purchases, this.#mayTellOfCover(customerId)) })
  }

  #purchases(customerId: string): CustomerPurchase[] {
    const db = this.#ground.store.reading
    return purchasesOf(db, customerId).map((row) => ({
      ...row, total_cents: cents(row.total_cents),
      lines: linesBought(db, row.saleId).map((line) => ({ ...line, isBack: line.isBack === 1 })),
    }))
  }

  #mayTellOfCover(customerId: string): boolean {
    return consentsOf(this.#ground.store.reading, customerId).some(({ purpose, given }) => purpose === 'warranty' && given === 1)
  }

  /** How much the customer in the sale is to be told. The desk asks at every view, and a minute changes nothing of it. */
  #newsCount(customerId: string): number {
    const now = this.#ground.clock.now()
    if (this.#counted?.customerId !== customerId || now >= this.#counted.until)
      this.#counted = { customerId, until: now + NEWS_KEPT_MS, count: newsOf(this.#ground, this.#purchases(customerId), this.#mayTellOfCover(customerId)).length }
    return this.#counted.count
  }

  /**
   * A new person, and into the sale at once where one is named. Refuses a person of whom nothing is known to be found
   * by, and a card that somebody else has.
   */
  create(details: PersonDetails, consents: readonly Purpose[], flowId: string | null): Result<CustomerCard> {
    const id = this.#ground.newId()
    const done = this.#desk.act(flowId ?? '', ({ db }) => {
      const written = this.#write(db, id, details, consents)
      return written.ok && flowId !== null ? this.#put(db, flowId, id) : written
    })
    return done.ok ? this.#cardOrRefusal(id) : done
  }

  change(customerId: string, details: PersonDetails, consents: readonly Purpose[]): Result<CustomerCard> {
    const done = this.#desk.act('', ({ db }) => {
      if (!customerRow(db, customerId)?.sealed) return refused('no-such-customer')
      return this.#write(db, customerId, details, consents)
    })
    return done.ok ? this.#cardOrRefusal(customerId) : done
  }

  choose(flowId: string, customerId: string | null): Result<DeskView> {
    return this.#desk.act(flowId, ({ db }) => this.#put(db, flowId, customerId))
  }

  /** The customer whose card was held under the scanner; null for a card of nobody here. */
  byCard(number: string): string | null {
    if (this.#key === null) return null
    const db = this.#ground.store.reading
    const customerId = idsByKey(db, this.#key.finding(cardFinding(number)))[0] ?? null
    this.#missedCard = customerId === null ? number : null
    this.#counted = null
    return customerId
  }

  /** What was scanned just now, names nothing here and may be a card, once: the centre may know whose it is. */
  takeMissedCard(): string | null {
    const number = this.#missedCard
    this.#missedCard = null
    return number
  }

  ofFlow(flowId: string): CustomerOfSale | null {
    const db = this.#ground.store.reading
    const customerId = customerOfFlow(db, flowId)
    const details = customerId === null ? null : this.#details(db, customerId)
    if (customerId === null || details === null) return null
    const shown = this.#maySee ? details : masked(details)
    return { customerId, name: shown.name || shown.phone || shown.email || shown.card, email: details.email !== '', news: this.#newsCount(customerId) }
  }

  /** For whom a sale was, as far as the person at the till may see it; null where nobody is known. */
  ofSale(saleId: string): PersonDetails | null {
    const details = this.knownOfSale(saleId)
    return details === null || this.#maySee ? details : masked(details)
  }

  /** The same in full, for a paper that somebody with the right answers for; never for a screen. */
  knownOfSale(saleId: string): PersonDetails | null {
    const db = this.#ground.store.reading
    const customerId = customerOfSale(db, saleId)
    return customerId === null ? null : this.#details(db, customerId)
  }

  /** Where letters to this person go, and in which language; for the sender alone, never for a screen. */
  letterTo(customerId: string): { email: string; language: PersonDetails['language'] } | null {
    const details = this.#details(this.#ground.store.reading, customerId)
    return details === null || details.email === '' ? null : { email: details.email, language: details.language }
  }

  /** Everything that is kept of a person, to be handed over. */
  tell(customerId: string): Result<{ name: string; text: string }> {
    const seen = this.view(customerId)
    if (!seen.ok) return seen
    const { card, purchases } = seen.value
    return ok({ name: `customer-${customerId.slice(-8)}.json`, text: `${JSON.stringify({ ...card, purchases }, null, 2)}\n` })
  }

  erase(customerId: string): Result<DeskView> {
    return this.#desk.act('', ({ db, ground }) => {
      if (!customerRow(db, customerId)?.sealed) return refused('no-such-customer')
      for (const id of idsOf(db, customerId))
        if (customerRow(db, id)?.sealed) forgetPerson(db, this.#key, id, ground.now())
      return ok(null)
    })
  }

  #write(db: Writing, id: string, details: PersonDetails, consents: readonly Purpose[]): Result<null> {
    if (this.#key === null) return refused('customers-locked')
    if ([details.name, details.phone, details.email, details.card].every((text) => text === '')) return refused('customer-empty')
    const key = this.#key
    const others = details.card === '' ? [] : idsByKey(db, key.finding(cardFinding(details.card))).filter((other) => other !== id)
    if (others.length > 0) return refused('card-taken')
    const at = this.#ground.now()
    const by = this.#desk.person?.staffId ?? null
    const known = this.#details(db, id)
    writeCustomer(db, {
      id, at, by, sealed: key.seal(JSON.stringify(details), id), keys: findingsOf(details).map((found) => key.finding(found)),
    })
    const before = new Map(consentsOf(db, id).map((consent) => [consent.purpose, consent.given === 1]))
    const changed: PersonWord[] = fieldsBetween(known, details)
    for (const purpose of AllPurposes.options) {
      const given = consents.includes(purpose)
      // A purpose that was never asked for and is not allowed leaves no row.
      if (given === (before.get(purpose) ?? false)) continue
      recordConsent(db, { id: this.#ground.newId(), customerId: id, purpose, given, at, by, language: this.#ground.language })
      changed.push(purpose)
    }
    noteChanged(db, id, changed, this.#ground.newId())
    return ok(null)
  }

  #put(db: Writing, flowId: string, customerId: string | null): Result<null> {
    const flow = openFlowOf(db, flowId, 'sale')
    if (flow === null) return refused('no-such-flow')
    if ((flow.state as { at?: string }).at === 'paid') return refused('not-in-this-state')
    if (customerId !== null && !customerRow(db, customerId)?.sealed) return refused('no-such-customer')
    setCustomerOfFlow(db, flowId, customerId)
    this.#counted = null
    return ok(null)
  }

  /** Every reading of the text is looked up by itself; a person must meet all the findings of one reading. */
  #idsFor(db: Reading, text: string): string[] {
    const key = this.#key
    if (key === null) return []
    const found = askedFor(text).flatMap((findings) => {
      const lists = findings.map((finding) => idsByKey(db, key.finding(finding)))
      const [first = [], ...others] = lists
      return first.filter((id) => others.every((list) => list.includes(id)))
    })
    return [...new Set(found)].toSorted().toReversed()
  }

  #details(db: Reading, id: string): PersonDetails | null {
    const sealed = customerRow(db, id)?.sealed ?? null
    const text = sealed === null || this.#key === null ? null : this.#key.open(sealed, id)
    return text === null ? null : (JSON.parse(text) as PersonDetails)
  }

  #card(db: Reading, id: string): CustomerCard | null {
    const details = this.#details(db, id)
    const row = customerRow(db, id)
    if (details === null || row === null) return null
    const hidden = !this.#maySee
    return {
      customerId: id, masked: hidden, details: hidden ? masked(details) : details, since: row.made_at,
      consents: consentsOf(db, id).map(({ purpose, given, at }) => ({ purpose, given: given === 1, at })),
      purchases: purchaseCount(db, id),
    }
  }

  #cardOrRefusal(id: string): Result<CustomerCard> {
    const card = this.#card(this.#ground.store.reading, id)
    return card ? ok(card) : refused('no-such-customer')
  }

  get #maySee(): boolean {
    const { person } = this.#desk
    return person !== null && this.#desk.rights(person).includes('see-customer')
  }
}
