import type { Chance } from '../../simulation/random.ts'

type Value = string | number | boolean

/** Under which names of answers the value of a field stands, where it is not the field's own. */
const STANDS_AS: Readonly<Record<string, readonly string[]>> = {
  choice: ['choice'],
  credit: ['number', 'credits', 'voucher'],
  given_cents: ['due_cents', 'quickAmounts', 'amount_cents'],
  counted_cents: ['expected_cents', 'amount_cents'],
  amount_cents: ['amount_cents', 'due_cents', 'gross_cents'],
  price_cents: ['unitPrice_cents', 'price_cents'],
  loanUnitId: ['unitId'], replacementUnitId: ['unitId'], partId: ['unitId'],
  condition: ['conditionChoices'],
  reason: ['reasonChoices', 'choices'],
  question: ['id'], accessory: ['id'], part: ['part', 'id'],
  text: ['text', 'serial', 'value', 'number', 'receiptNumber', 'gtin', 'lot', 'card'],
  value: ['value', 'verdictId', 'unitId', 'serial'],
  tag: ['epc', 'text'],
  to: ['storeId', 'to'],
  productId: ['productId'], toStoreId: ['storeId'], store: ['storeId'],
  by: ['by'], basedOn: ['version'], contractNumber: ['contract', 'number'],
  seen: ['seen'],
}
const KEPT_OF_A_NAME = 60
const READ_DEEP = 14

/** What the monkey has seen on its screens: the values of all answers by their names, those of the present apart. */
export class Lore {
  #now = new Map<string, Value[]>()
  readonly #ever = new Map<string, Value[]>()
  readonly #idNames = new Set<string>()
  readonly #things = new Map<string, unknown[]>()

  /** A new screen takes the place of the one before; a list that was asked for stands beside it. */
  see(answer: unknown, takesTheScreen: boolean): void {
    if (takesTheScreen) this.#now = new Map()
    this.#read('', answer, 0)
  }

  /** A value for a field: mostly of what is on the screen, now and then an old one; undefined where nothing is known. */
  valueFor(field: string, chance: Chance): Value | undefined {
    const names = STANDS_AS[field] ?? [field]
    const of = (from: Map<string, Value[]>): Value[] => names.flatMap((name) => from.get(name) ?? [])
    const now = of(this.#now)
    if (now.length > 0 && chance.is(0.85)) return chance.pick(now)
    const ever = of(this.#ever)
    return ever.length > 0 ? chance.pick(ever) : undefined
  }

  /** A whole thing as an answer had it, such as the rules in force, for a call that takes the like. */
  thing(name: string): unknown {
    return this.#things.get(name)?.at(-1)
  }

  /** Any id of anything, for what does not belong there. */
  anyId(chance: Chance): string | undefined {
    const [name] = this.#idNames.size > 0 ? [chance.pick([...this.#idNames])] : []
    const ids = name === undefined ? [] : (this.#ever.get(name) ?? [])
    return ids.length > 0 ? String(chance.pick(ids)) : undefined
  }

  #read(name: string, value: unknown, depth: number): void {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      if (name.endsWith('Id')) this.#idNames.add(name)
      keep(this.#now, name, value)
      keep(this.#ever, name, value)
      return
    }
    if (value === null || typeof value !== 'object' || depth > READ_DEEP) return
    if (Array.isArray(value)) return value.slice(0, KEPT_OF_A_NAME).forEach((one) => this.#read(name, one, depth + 1))
    this.#things.set(name, [value])
    for (const [key, inner] of Object.entries(value)) this.#read(key, inner, depth + 1)
  }
}

function keep(into: Map<string, Value[]>, name: string, value: Value): void {
  const kept = into.get(name) ?? []
  into.set(name, kept)
  if (kept.includes(value)) return
  kept.push(value)
  if (kept.length > KEPT_OF_A_NAME) kept.shift()
}
