import { v7 } from 'uuid'
import type { Clock } from '../../native/clock.ts'
import type { Language } from '../../contract/ids.ts'
import type { Policy } from '../../contract/policy.ts'
import type { Seat } from '../../contract/roles.ts'
import { OutsideAnswers } from './checks/outside-answers.ts'
import type { Mirror, ShopStore } from './mirror/mirror.ts'
import type { PaperSetting } from './papers/paper-words.ts'
import { ShownOnce } from './papers/shown-once.ts'
import { dayIn } from '../../contract/days.ts'
import { templateOf } from './papers/template.ts'
import { policyInForce, type InForce } from './policy/in-force.ts'
import { priceTag, type PriceAsked } from './prices/price-tags.ts'
import { metaValue } from './store/meta.ts'
import { KioskWindow } from './desk/kiosk-window.ts'
import { Claims } from './store-line/claims.ts'
import { BroughtElsewhere } from './returns/brought-elsewhere.ts'
import { sealOf, type SecretSeal } from './store/secret-seal.ts'
import { sql, type Store } from './store/store.ts'

/** Which till this is; made at the first start and kept. */
export interface Till {
  readonly id: string
  /** Stands in front of every number this till gives out, so that two tills never give the same one. */
  readonly code: string
  readonly name: string
}

/** What every act of the shop stands on: the two files, the clock, who and where we are. */
export class Ground {
  readonly store: Store
  readonly mirror: Mirror
  readonly clock: Clock
  readonly seat: Seat
  readonly till: Till
  /** The store as the centre told it before the till was started: money, tax and clock do not change under a sale. */
  readonly place: ShopStore
  /** What registers and makers said of the pieces on the table; in memory only. */
  readonly outside: OutsideAnswers
  /** How often whoever brings pieces back came to other tills, as the centre told. */
  readonly brought: BroughtElsewhere
  /** Papers with a secret on them, as long as somebody may still read it. */
  readonly shownOnce: ShownOnce
  /** Which other till of the store has a piece in hand right now, as the line of the store tells. */
  readonly claims: Claims
  /** What this kiosk's window is to its machine. */
  readonly kioskWindow: KioskWindow
  #storeNames: { readonly generation: number; readonly byId: Readonly<Record<string, string>> } | null = null

  constructor(parts: {
    store: Store; mirror: Mirror; clock: Clock; seat: Seat; till: Till; place: ShopStore; kioskWindow?: KioskWindow
  }) {
    this.store = parts.store
    this.mirror = parts.mirror
    this.clock = parts.clock
    this.seat = parts.seat
    this.till = parts.till
    this.place = parts.place
    this.outside = new OutsideAnswers(() => parts.clock.now())
    this.brought = new BroughtElsewhere(() => parts.clock.now())
    this.shownOnce = new ShownOnce(() => parts.clock.now())
    this.claims = new Claims(() => parts.clock.now())
    this.kioskWindow = parts.kioskWindow ?? new KioskWindow()
    parts.mirror.priceBy((product, condition) => priceTag(parts.mirror.reading, product, condition, this.priceAsked()))
  }

  /** The names of all stores by their ids, also of those that the centre has made or changed since. */
  get storeNames(): Readonly<Record<string, string>> {
    const { generation } = this.mirror
    if (this.#storeNames?.generation !== generation)
      this.#storeNames = { generation, byId: Object.fromEntries([this.place, ...this.mirror.stores()].map(({ id, name }) => [id, name])) }
    return this.#storeNames.byId
  }

  /** The store and its day today: what lists and promotions are asked by. */
  priceAsked(): PriceAsked {
    return { storeId: this.place.id, day: dayIn(this.now(), this.place.time_zone) }
  }

  /** Opens and seals what the shop's file must not give away; its key is made when it is first needed. */
  get secretSeal(): SecretSeal {
    return sealOf(this.store.reading)
  }

  readonly newId = (): string => v7()

  /** The date of the last record, which is the last by its number; null before the first. */
  get recordedAt(): string | null {
    const last = sql(this.store.reading, 'SELECT at FROM journal ORDER BY seq DESC LIMIT 1').get() as { at: string } | undefined
    return last?.at ?? null
  }

  /** UTC now, and never earlier than what is already written: a clock set back must not reorder the past. */
  now(): string {
    const own = new Date(this.clock.now()).toISOString()
    const last = this.recordedAt
    return last !== null && last > own ? last : own
  }

  /** The policy in force, or the most cautious one where the centre has sent none. */
  policy(): Policy {
    return this.policyInForce().policy
  }

  /** The same with where it comes from, and with a newer document that could not be read. */
  policyInForce(): InForce {
    return policyInForce({ mirror: this.mirror, db: this.store.reading }, this.now())
  }

  get demo(): boolean {
    return metaValue<boolean>(this.store.reading, 'demo') === true
  }

  get language(): Language {
    return metaValue<Language>(this.store.reading, 'language') ?? languageOf(this.place.country)
  }

  /** What papers look like here. Without a language asked for they speak that of the template, else that of the till. */
  paperSetting(asked: Language | null = null): PaperSetting {
    const template = templateOf(this.store.reading, this.place.id, this.policy())
    return {
      language: asked ?? template.language ?? this.language, place: this.place, tillName: this.till.name, demo: this.demo, template,
    }
  }
}

const LANGUAGE_OF_COUNTRY: Readonly<Record<string, Language>> = { DE: 'de', AT: 'de', CH: 'de', FR: 'fr', ES: 'es' }
const languageOf = (country: string): Language => LANGUAGE_OF_COUNTRY[country] ?? 'en'
