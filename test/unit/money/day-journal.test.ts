import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JournalQuery } from '../../../contract/day-journal.ts'
import { csvText } from '../../../contract/csv.ts'
import { dayJournal, PAGE_LINES } from '../../../electron/core/money/day-journal.ts'
import { MoneyDesk } from '../../../electron/core/money/money-desk.ts'
import { startOfDay } from '../../../electron/core/money/store-day.ts'
import { recordEvent } from '../../../electron/core/store/journal.ts'
import { printMany } from '../../support/core/many-papers.ts'
import { moneyTill, type MoneyTill } from '../../support/core/money-till.ts'
import { saleIn } from '../../support/core/till.ts'

const ALL: JournalQuery = { text: '', group: null, staffId: null, from: null, to: null, least_cents: null, most_cents: null }
const NOBODY = { from: null, until: null, nameOf: () => null }
let till: MoneyTill
let money: MoneyDesk

/** Ada sells a camera, Max a cable and opens the drawer; a sale is given up. */
beforeAll(() => {
  till = moneyTill({ cameras: 1 })
  money = new MoneyDesk(till.desk)
  till.desk.actShift({ do: 'open', float_cents: 10_000 as never })
  sell('CAM-1', 19_990)
  till.clock.turn(60_000)
  till.signIn('max')
  sell('ART-cable', 999)
  till.desk.actShift({ do: 'no-sale', reason: 'Change a note' })
  till.ground.store.write((db) =>
    recordEvent(db, {
      id: 'void-1', kind: 'cart-voided', unitId: null, at: till.ground.now(), storeId: 'store-berlin', tillId: 'till-1', staffId: 'max', who: 'Max',
      params: { total_cents: 1_233, currency: 'EUR', reason: 'Changed their mind' }, facts: null,
    }))
})
afterAll(() => till.close())

function sell(code: string, price: number): void {
  till.desk.beginSale()
  till.desk.scan({ text: code, aim: null })
  const { flowId } = saleIn(till.desk.view())
  till.desk.actSale(flowId, { do: 'pay' })
  till.desk.actSale(flowId, { do: 'tender', kind: 'cash', given_cents: price as never })
}

const found = (query: Partial<JournalQuery>) => money.journal({ ...ALL, ...query }, null).lines.map((line) => [line.kind, line.who, line.amount_cents])

describe('the day journal', () => {
  it('looks back over sales, drawer, voids and the opening of the shift, the newest first', () => {
    expect(found({})).toEqual([
      ['cart-voided', 'Max', 1_233], ['cash', 'Max', null], ['sale', 'Max', 999], ['sale', 'Ada', 19_990], ['shift-opened', 'Ada', 10_000],
    ])
  })

  it('is narrowed by kind, person, amount, number and serial', () => {
    expect(found({ group: 'override' })).toEqual([['cart-voided', 'Max', 1_233]])
    expect(found({ group: 'shift' })).toEqual([['shift-opened', 'Ada', 10_000]])
    expect(found({ staffId: 'ada' })).toEqual([['sale', 'Ada', 19_990], ['shift-opened', 'Ada', 10_000]])
    expect(found({ least_cents: 1_000 as never, most_cents: 15_000 as never })).toEqual([['cart-voided', 'Max', 1_233], ['shift-opened', 'Ada', 10_000]])
    expect(found({ text: 'CAM-1' })).toEqual([['sale', 'Ada', 19_990]])
    expect(found({ text: 'T1-R000002' })).toEqual([['sale', 'Max', 999]])
    expect(found({ text: 'change a note' })).toEqual([['cash', 'Max', null]])
    expect(found({ text: '%' })).toEqual([])
  })

  it('knows the days of the store, also on the night when the clocks change', () => {
    expect(found({ from: '2026-11-23', to: '2026-11-23' })).toHaveLength(5)
    expect(found({ from: '2026-11-24' })).toEqual([])
    expect(startOfDay('2026-11-23', 'Europe/Berlin')).toBe('2026-11-22T23:00:00.000Z')
    expect(startOfDay('2026-10-25', 'Europe/Berlin')).toBe('2026-10-24T22:00:00.000Z')
    expect(startOfDay('2026-10-26', 'Europe/Berlin')).toBe('2026-10-25T23:00:00.000Z')
    expect(startOfDay('2026-11-23', 'Pacific/Kiritimati')).toBe('2026-11-22T10:00:00.000Z')
  })

  it('goes out as a file that no spreadsheet takes for a formula', () => {
    const { text, fileName } = money.journalCsv({ ...ALL, group: 'override' })
    expect(fileName).toMatch(/^journal-T1-.*\.csv$/)
    expect(text.split('\r\n')[1]).toBe('2026-11-23T08:01:00.000Z,override,cart-voided,,Max,12.33,EUR,Changed their mind')
    expect(csvText([['=1+1', 'a,b', 'say "no"', null, -3]])).toBe('\'=1+1,"a,b","say ""no""",,-3\r\n')
  })
})

describe('10,000 lines (P99)', () => {
  let big: MoneyTill
  beforeAll(() => {
    big = moneyTill()
    printMany(big, 10_000)
  })
  afterAll(() => big.close())
  const page = (text = '', after: Parameters<typeof dayJournal>[3] = null) => dayJournal(big.ground.store.reading, { ...ALL, text }, NOBODY, after)

  it('are walked page by page, each line once', () => {
    const seen = new Set<string>()
    let pages = 0
    for (let after: Parameters<typeof dayJournal>[3] = null; ;) {
      const { lines, next } = page('', after)
      pages += 1
      for (const line of lines) seen.add(line.id)
      if (next === null) break
      after = next
    }
    expect(seen.size).toBe(10_000)
    expect(pages).toBe(Math.ceil(10_000 / PAGE_LINES))
  })

  it.each([['T1-R004711', ['d-004711']], ['Cable 4711', ['d-004711']], ['no such thing', []]])('are narrowed to %s, wherever it stands', (text, ids) => {
    expect(page(text).lines.map(({ id }) => id)).toEqual(ids)
  })
})
