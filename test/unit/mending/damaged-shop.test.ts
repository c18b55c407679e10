import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { MendReport, MendWay } from '../../../contract/mending-view.ts'
import type { Core } from '../../../electron/core/start-core.ts'
import { brokenAt } from '../../../electron/core/store/journal.ts'
import { CopiedShop } from '../../support/core/copied-shop.ts'
import { openShop, plainSerials, sell, startInProcess, CABLE } from '../../support/core/till-in-process.ts'
import { pagesOf, zero, zeroPage } from '../../support/core/damage.ts'

const SALES = 16
const shop = new CopiedShop()
let receipts: string[] = []
let serials: string[] = []

const live = (): Promise<void> =>
  shop.live((core, dir) => {
    serials = plainSerials(dir, core.shop.desk.view().store.storeId, SALES / 4)
    receipts = Array.from({ length: SALES }, (_each, n) => sell(core, ...(n % 4 === 0 ? [serials[n / 4] ?? ''] : []), CABLE))
  })

beforeAll(live, 240_000)
afterEach(() => shop.clearCopies())
afterAll(() => shop.remove())

/** The folder of the till after its last sale, with something done to its precious file. */
function damaged(how: (file: string) => void): string {
  const dir = shop.copy()
  how(join(dir, 'shop.db'))
  return dir
}

async function mended(core: Core, way: 'save' | 'copy' | 'empty' = 'save'): Promise<MendReport> {
  const done = await core.mend(way)
  if (!done.ok) throw new Error(done.fault.code)
  return done.value
}

const numbersOf = ({ shop }: Core): string[] => shop.desk.ground.store.reading.prepare('SELECT number FROM sales ORDER BY sold_at, number').pluck().all() as string[]

/** What every mended till owes, whatever became of its file. */
function soundAgain(core: Core, dir: string, report: MendReport): void {
  const db = core.shop.desk.ground.store.reading
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  expect(brokenAt(db)).toBeNull()
  expect(existsSync(join(dir, report.aside))).toBe(true)
  // The next receipt has a number that nobody holds on paper, and what was sold cannot be sold again.
  openShop(core)
  const next = sell(core, CABLE)
  expect(receipts).not.toContain(next)
  expect(db.prepare('SELECT count(*) FROM booked WHERE seq IS NULL').pluck().get()).toBe(0)
  const events = db.prepare("SELECT value ->> 'key' AS id FROM journal, json_each(body, '$.rows') WHERE kind = 'booked' AND value ->> 'book' = 'sales'").pluck().all() as string[]
  expect(new Set(events).size).toBe(events.length)
  expect(events.length).toBe(numbersOf(core).length)
}

describe('a damaged file of the shop', { timeout: 120_000 }, () => {
  it('is never taken for an empty shop: nothing can be sold before a person has chosen', async () => {
    const dir = damaged((file) => zero(file, 0, 100))
    const before = readFileSync(join(dir, 'shop.db'))
    const core = await shop.start(dir)
    expect(core.mending?.look()).toMatchObject({ what: 'damaged', ways: ['save'], damaged: { receipts: SALES, lastReceipt: receipts.at(-1) } })
    expect(() => core.shop).toThrow('file-damaged')
    expect(readFileSync(join(dir, 'shop.db')).equals(before)).toBe(true)
    expect((await core.mend('copy')).ok).toBe(false)
    expect(JSON.parse(core.mending?.look().support ?? '{}')).toMatchObject({ till: { code: 'T1' }, notWhole: [] })
  })

  it('whose first bytes are gone has lost nothing, and goes on with its own numbers', async () => {
    const dir = damaged((file) => zero(file, 0, 100))
    const core = await shop.start(dir)
    const report = await mended(core)
    expect(report).toMatchObject({ letters: null, eventsLost: 0, notWhole: [], kept: { receipts: SALES } })
    expect(numbersOf(core)).toEqual(receipts)
    soundAgain(core, dir, report)
  })

  it('with a broken index has lost nothing', async () => {
    const dir = damaged((file) => zeroPage(file, pagesOf(file, 'lines_of_sale').root))
    const core = await shop.start(dir)
    const report = await mended(core)
    expect(report).toMatchObject({ letters: null, notWhole: [] })
    expect(numbersOf(core)).toEqual(receipts)
    soundAgain(core, dir, report)
  })

  it('whose receipts are unreadable gets them back out of its journal', async () => {
    const dir = damaged((file) => ['sales', 'sale_lines', 'tenders'].forEach((name) => pagesOf(file, name).leaves.forEach((page) => zeroPage(file, page))))
    const core = await shop.start(dir)
    const report = await mended(core)
    expect(report.notWhole).toEqual(expect.arrayContaining(['sales', 'sale_lines', 'tenders']))
    expect(report).toMatchObject({ letters: null, eventsLost: 0 })
    expect(numbersOf(core)).toEqual(receipts)
    soundAgain(core, dir, report)
  })

  it('with the tree above its journal gone still has every event', async () => {
    const dir = damaged((file) => zeroPage(file, pagesOf(file, 'journal').root))
    const core = await shop.start(dir)
    const before = core.mending?.look().damaged?.events ?? 0
    const report = await mended(core)
    expect(report).toMatchObject({ eventsLost: 0, eventsAgain: 0, kept: { events: before } })
    // Nobody knows that there was no later one: other letters from now on.
    expect(report.letters?.before).toBe('T1')
    soundAgain(core, dir, report)
    expect(brokenAt(core.shop.desk.ground.store.reading)).toBeNull()
  })

  it('with a hole in its journal keeps what stood before and behind it, and says what is lost', async () => {
    const dir = damaged((file) => {
      const { leaves } = pagesOf(file, 'journal')
      expect(leaves.length).toBeGreaterThan(4)
      zeroPage(file, leaves[Math.floor(leaves.length / 2)] ?? 0)
    })
    const sold = new Set(serials)
    const core = await shop.start(dir)
    const report = await mended(core)
    expect(report.eventsLost).toBeGreaterThan(0)
    expect(report.eventsAgain).toBeGreaterThan(0)
    expect(report.notWhole).toContain('journal')
    // The receipts stand in a table of their own; the journal tells of them again.
    expect(numbersOf(core)).toEqual(receipts)
    soundAgain(core, dir, report)
    for (const serial of sold) {
      core.shop.desk.beginSale()
      const scanned = core.shop.scanned({ text: serial, aim: null, channel: 'keyboard', tid: null })
      const { front } = core.shop.desk.view()
      expect(scanned.ok && front.screen === 'sale' && front.sale.lines.some((line) => line.unitId !== null), serial).toBe(false)
    }
  })

  it.each([0.9, 0.6, 0.3])('cut off at %s keeps a true part of the past and never gives a number twice', async (part) => {
    const dir = damaged((file) => truncateSync(file, Math.floor(statSync(file).size * part)))
    const core = await shop.start(dir)
    const ways: readonly MendWay[] = core.mending?.look().ways ?? []
    if (!ways.includes('save')) return expect(ways).toEqual(['empty'])
    const report = await mended(core)
    expect(receipts).toEqual(expect.arrayContaining(numbersOf(core)))
    soundAgain(core, dir, report)
  })

  it('in which there is nothing any more is not begun anew in silence', async () => {
    const dir = damaged((file) => {
      truncateSync(file, 0)
    })
    const core = await shop.start(dir)
    expect(core.mending?.look()).toMatchObject({ what: 'emptied', damaged: null, ways: ['empty'] })
    const report = await mended(core, 'empty')
    expect(report.kept.receipts).toBe(0)
    expect(core.shop.desk.view().session.at).not.toBe('signed-in')
    expect(readdirSync(dir).some((name) => name.startsWith('shop.db.mended-'))).toBe(true)
  })

  it('is put right once: a till that ends while the files change places finishes it at its next start', async () => {
    const dir = damaged((file) => zero(file, 0, 100))
    const first = await startInProcess(dir)
    await mended(first)
    await first.stop()
    // As it stands between the two renames: the damaged file has left, the mended one has not come.
    const file = join(dir, 'shop.db')
    cpSync(file, `${file}.mended`)
    writeFileSync(`${file}-wal`, 'a log of the damaged file')
    rmSync(file)
    const core = await shop.start(dir)
    expect(core.mending).toBeNull()
    expect(numbersOf(core)).toEqual(receipts)
    expect(readdirSync(dir).some((name) => /^shop\.db\.damaged-.*-wal$/.test(name))).toBe(true)
  })

  it('can be put right a second time where the files could not change places', async () => {
    const dir = damaged((file) => zero(file, 0, 100))
    const core = await shop.start(dir)
    const held = join(dir, 'shop.db.found-damaged')
    mkdirSync(join(held, 'by somebody'), { recursive: true })
    await expect(core.mend('save')).rejects.toThrow()
    expect(core.mending).not.toBeNull()
    rmSync(held, { recursive: true })
    expect(await mended(core)).toMatchObject({ letters: null, eventsLost: 0, kept: { receipts: SALES } })
    expect(numbersOf(core)).toEqual(receipts)
  })

  it('is never replaced by one that was only half put together', async () => {
    const dir = damaged((file) => {
      cpSync(file, `${file}.copy-2020-01-01`)
      renameSync(file, `${file}.mending`)
      truncateSync(`${file}.mending`, 8_192)
    })
    const core = await shop.start(dir)
    expect(core.mending?.look()).toMatchObject({ what: 'emptied', ways: ['copy'] })
    expect((await mended(core, 'copy')).kept.receipts).toBe(SALES)
    expect(readdirSync(dir).filter((name) => name.startsWith('shop.db.mending'))).toEqual([])
  })
})
