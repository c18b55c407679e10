import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { $ZodType, $ZodTypes } from 'zod/v4/core'
import { contract } from '../../../contract/contract.ts'
import { HOUR_MS } from '../../../contract/durations.ts'
import { CENTS_MAX } from '../../../contract/money.ts'
import { SaleAction } from '../../../contract/sale-view.ts'
import { shiftReport } from '../../../electron/core/money/shift-report.ts'
import { brokenAt } from '../../../electron/core/store/journal.ts'
import { openShift } from '../../../electron/core/store/shifts.ts'
import { moneyTill, type MoneyTill } from '../../support/core/money-till.ts'
import { saleIn } from '../../support/core/till.ts'

let till: MoneyTill

beforeEach(() => {
  till = moneyTill({ cameras: 3 })
  till.desk.actShift({ do: 'open', float_cents: 100_000 as never })
})
afterEach(() => till.close())

const sale = () => saleIn(till.desk.view())
const act = (action: SaleAction) => till.desk.actSale(sale().flowId, action)

function begin(...codes: readonly string[]): void {
  till.desk.beginSale()
  for (const text of codes) till.desk.scan({ text, aim: null })
}

function payCash(): void {
  act({ do: 'pay' })
  const due = sale()
  if (due.at !== 'tendering') throw new Error(`the sale is ${due.at}`)
  act({ do: 'tender', kind: 'cash', given_cents: due.due_cents })
  expect(sale().at).toBe('paid')
}

interface TextField {
  readonly path: string
  readonly schema: $ZodType
}

/** Every text that a window can send in a call, however deep it lies in it. */
function textFields(schema: $ZodType, path: string): TextField[] {
  const { def } = (schema as $ZodTypes)._zod
  switch (def.type) {
    case 'string': return [{ path, schema }]
    case 'object': return Object.entries(def.shape).flatMap(([key, inner]) => textFields(inner, `${path}.${key}`))
    case 'array': return textFields(def.element, `${path}[]`)
    case 'union': return def.options.flatMap((option) => textFields(option, path))
    case 'optional': case 'nullable': case 'default': return textFields(def.innerType, path)
    case 'pipe': return textFields(def.in, path)
    case 'record': return [...textFields(def.keyType, `${path}{key}`), ...textFields(def.valueType, `${path}{}`)]
    case 'literal': case 'enum': case 'number': case 'boolean': case 'null': return []
    default: throw new Error(`${path} is a ${def.type}, and nobody has said which texts are in it`)
  }
}

const FIELDS: readonly TextField[] = Object.entries(contract).flatMap(([room, calls]) =>
  Object.entries(calls).flatMap(([call, procedure]) => {
    const { inputSchema } = (procedure as { '~orpc': { inputSchema?: $ZodType } })['~orpc']
    return inputSchema === undefined ? [] : textFields(inputSchema, `${room}.${call}`)
  }))

const takes = ({ schema }: TextField, text: string): boolean =>
  (schema as $ZodType & { safeParse(value: unknown): { success: boolean } }).safeParse(text).success

const LETTERS = ['x', 'م', '漢', '7', '\u202E', '👩‍🔧'] as const
/** Pictures and the report of a test program, which are longer than anything a person types. */
const FILES = /\.(base64|png)$|^testReports\.take\.text$/

describe('bad input', () => {
  it('10,000 characters of any script are refused in every field of every call; a file has an end too', () => {
    expect(FIELDS.length).toBeGreaterThan(300)
    const endless = (fields: readonly TextField[], length: number): string[] =>
      fields.filter((field) => LETTERS.some((letter) => takes(field, letter.repeat(Math.ceil(length / [...letter].length))))).map(({ path }) => path)
    expect(endless(FIELDS.filter(({ path }) => !FILES.test(path)), 10_000)).toEqual([])
    expect(endless(FIELDS.filter(({ path }) => FILES.test(path)), 4_000_000)).toEqual([])
  })

  it('text of any script is kept as it was typed, but for blanks around it: under it a sale is parked, and it comes back', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (text) => {
      const name = text.trim()
      begin('ART-cable')
      expect(act(SaleAction.parse({ do: 'park', name: text })).ok).toBe(true)
      const [parked, ...others] = till.desk.view().parked
      expect(others).toEqual([])
      if (name !== '') expect(parked?.name).toBe(name)
      expect(till.desk.recall(parked?.flowId ?? '').ok).toBe(true)
      expect(sale().lines).toHaveLength(1)
      expect(act({ do: 'void' }).ok).toBe(true)
    }), { numRuns: 25, endOnFailure: true })
  })

  it.each([-1, -CENTS_MAX, CENTS_MAX + 1, Number.MAX_SAFE_INTEGER, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('a price of %d is refused and changes nothing', (price) => {
    begin('ART-cable', 'ART-manual')
    const before = sale()
    const [line] = before.lines
    const action = { do: 'set-price', lineId: line?.lineId ?? '', price_cents: price as never, reason: 'typed wrong' } as const
    const isSent = SaleAction.safeParse(action).success
    expect(isSent && act(action).ok).toBe(false)
    expect(sale().lines).toEqual(before.lines)
    expect(sale().totals).toEqual(before.totals)
  })

  it('a price that is huge only together with its quantity is refused too, in either order', () => {
    begin('ART-cable')
    const lineId = sale().lines[0]?.lineId ?? ''
    expect(act({ do: 'set-quantity', lineId, quantity: 9_999 }).ok).toBe(true)
    expect(act({ do: 'set-price', lineId, price_cents: CENTS_MAX as never, reason: 'typed wrong' })).toMatchObject({ ok: false, fault: { code: 'amount-out-of-range' } })
    expect(act({ do: 'set-quantity', lineId, quantity: 1 }).ok).toBe(true)
    expect(act({ do: 'set-price', lineId, price_cents: (CENTS_MAX / 4) as never, reason: 'a rare one' }).ok).toBe(true)
    expect(act({ do: 'set-quantity', lineId, quantity: 9_999 })).toMatchObject({ ok: false, fault: { code: 'amount-out-of-range' } })
    expect(sale().totals.gross_cents).toBe(CENTS_MAX / 4)
  })

  it('clock set back: what is sold after is in the same shift, has the next number and stands later in the journal', () => {
    begin('CAM-1')
    payCash()
    till.clock.turn(-3 * HOUR_MS)
    till.signIn('ada')
    begin('CAM-2')
    payCash()
    const { reading } = till.ground.store
    const numbers = reading.prepare('SELECT number FROM sales ORDER BY number').pluck().all()
    expect(numbers).toEqual(['T1-R000001', 'T1-R000002'])
    expect(shiftReport(reading, openShift(reading)?.id ?? '')).toMatchObject({ sales: { count: 2, amount_cents: 39_980 } })
    expect(brokenAt(reading)).toBeNull()
    const sold = reading.prepare("SELECT unit_id FROM journal WHERE kind = 'sold' ORDER BY seq").pluck().all()
    expect(sold).toEqual(['camera-1', 'camera-2'])
  })

  it('a product deleted in the hub while in the cart: plain goods cost what the customer was told, and a piece stops the sale by name', () => {
    begin('ART-cable', 'CAM-1')
    const { totals } = sale()
    const mirror = new Database(join(till.ground.store.file, '../mirror.db'))
    mirror.exec("DELETE FROM product_codes WHERE product_id IN ('cable', 'camera'); DELETE FROM unit_aliases; DELETE FROM units; DELETE FROM products WHERE id IN ('cable', 'camera')")
    mirror.close()
    expect(sale().totals).toEqual(totals)
    // The piece is nobody's any more, and who may sell it cannot be asked: it stops the sale, and says which line it is.
    act({ do: 'pay' })
    expect(sale()).toMatchObject({ at: 'open', notice: { code: 'no-longer-sellable', params: { name: 'camera' }, offer: { kind: 'remove-line' } } })
    act({ do: 'remove-line', lineId: sale().lines[1]?.lineId ?? '' })
    expect(sale().totals.gross_cents).toBe(999)
    payCash()
    expect(till.ground.store.reading.prepare('SELECT name, total_cents FROM sale_lines').all()).toEqual([{ name: 'cable', total_cents: 999 }])
  })
})
