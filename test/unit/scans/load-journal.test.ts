import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cbvFaults } from '../../../contract/epcis/cbv-rules.ts'
import { exportOfCase, exportOfDay, exportOfUnit } from '../../../contract/epcis/document.ts'
import { exportWorld, linesOfUnits, unitIdsByNumber, unitIdsOfCase, unitIdsOfDay } from '../../../electron/core/epcis/load-journal.ts'
import { localDay } from '../../../contract/epcis/local-time.ts'
import { recordEvent } from '../../../electron/core/store/journal.ts'
import { demoKnowledge, NOW, type Bench } from '../../support/core/knowledge.ts'
import { epcisSchema, type SchemaCheck } from '../../support/epcis-schema.ts'

const BASE = 'https://shop.example/'
const ROOT = join(import.meta.dirname, '../../..')
let till: Bench
let schema: SchemaCheck
beforeAll(() => {
  till = demoKnowledge()
  schema = epcisSchema()
})
afterAll(() => till.remove())

const sources = () => ({ mirror: till.mirror.reading, shop: till.store.reading })

/** The day on which most happened in the store, so that the test has something to read. */
function busiestDay(): string {
  const rows = till.mirror.reading.prepare('SELECT at FROM unit_events WHERE store_id = ?').all(till.know.storeId) as { at: string }[]
  const counts = new Map<string, number>()
  for (const { at } of rows) counts.set(localDay(at, 'Europe/Berlin'), (counts.get(localDay(at, 'Europe/Berlin')) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

describe('what a till exports', () => {
  it('tells a whole day of the demo shop, by the clock on its wall, and the schema of GS1 takes it', () => {
    const day = busiestDay()
    const ids = unitIdsOfDay(sources(), till.know.storeId, day)
    const { document, untold } = exportOfDay(linesOfUnits(sources(), ids), till.know.storeId, day, exportWorld(sources(), ids, BASE), NOW)
    const events = document.epcisBody.eventList
    expect(events.length).toBeGreaterThan(5)
    for (const event of events) expect(event.eventTime.slice(0, 10)).toBe(day)
    expect([schema(document), cbvFaults(document), untold]).toEqual([[], [], []])
  })

  it('tells every life of the demo shop, unit by unit, and leaves nobody’s name in it', () => {
    const ids = (till.mirror.reading.prepare('SELECT id FROM units ORDER BY id LIMIT 300').all() as { id: string }[]).map((row) => row.id)
    const lines = linesOfUnits(sources(), ids)
    const world = exportWorld(sources(), ids, BASE)
    const people = till.mirror.staff(till.know.storeId).map((person) => person.name)
    for (const id of ids) {
      const { document } = exportOfUnit(lines, id, world, NOW)
      expect(document.epcisBody.eventList.length, id).toBeGreaterThan(0)
      expect([schema(document), cbvFaults(document)], id).toEqual([[], []])
      for (const name of people) expect(JSON.stringify(document)).not.toContain(name)
    }
  })

  it('tells a voided sale as the sale again, declared an error', () => {
    const { id } = till.mirror.reading.prepare("SELECT unit_id AS id FROM unit_events WHERE kind = 'voided' LIMIT 1").get() as { id: string }
    const { document, untold } = exportOfUnit(linesOfUnits(sources(), [id]), id, exportWorld(sources(), [id], BASE), NOW)
    const sales = document.epcisBody.eventList.filter((event) => event.bizStep === 'retail_selling')
    expect(untold).toEqual([])
    expect(sales).toHaveLength(2)
    expect(sales[1]).toMatchObject({ eventID: sales[0]?.eventID, errorDeclaration: { reason: 'did_not_occur' } })
  })

  it('tells what this till did after what the centre knows, and finds it by its receipt', () => {
    const [unitId = ''] = unitIdsByNumber(sources(), till.story('fresh-phone').text)
    till.store.write((db) =>
      recordEvent(db, {
        id: '01a7b3c4-0000-7000-8000-000000000009', kind: 'sold', unitId, at: NOW, storeId: till.know.storeId, tillId: 'T1',
        staffId: 's', who: 'Somebody', params: { receipt: 'T1-R000009' }, facts: null,
      }),
    )
    const ids = unitIdsOfCase(sources(), 'T1-R000009')
    expect(ids).toEqual([unitId])
    const { document } = exportOfCase(linesOfUnits(sources(), ids), 'T1-R000009', exportWorld(sources(), ids, BASE), NOW)
    const events = document.epcisBody.eventList
    expect(events.map((event) => event.bizStep)).toEqual(['receiving', 'stocking', 'retail_selling'])
    expect(events[2]).toMatchObject({ eventID: 'urn:uuid:01a7b3c4-0000-7000-8000-000000000009' })
    expect(schema(document)).toEqual([])
  })

  it('tells an event once that the centre has told back', () => {
    const [unitId = ''] = unitIdsByNumber(sources(), till.story('gs1-code').text.slice(18).split('\u001d')[0] ?? '')
    const { at, store_id: storeId } = till.mirror.history(unitId).at(-1) ?? {}
    till.store.write((db) =>
      recordEvent(db, {
        id: '01a7b3c4-0000-7000-8000-000000000010', kind: 'stocked', unitId, at: at ?? '', storeId: storeId ?? '', tillId: 'T1',
        staffId: null, who: null, params: { area: 'shelf' }, facts: null,
      }),
    )
    const lines = linesOfUnits(sources(), [unitId])
    expect(lines.map((line) => line.kind)).toEqual(['received', 'stocked'])
    expect(lines[1]?.id).toBe('01a7b3c4-0000-7000-8000-000000000010')
  })

  it('prints a document on the command line while the till is open, and says in a sentence what it cannot', () => {
    const run = (...args: string[]) => ['scripts/epcis.ts', '--data', till.folder, ...args]
    const printed = execFileSync(process.execPath, run('--unit', till.story('already-sold').text), { cwd: ROOT, encoding: 'utf8' })
    expect(schema(JSON.parse(printed))).toEqual([])
    for (const [args, code] of [[['--unit', 'NOBODY'], 1], [['--day', '2026-02-30'], 2], [[], 2], [['--case', 'NONE'], 1], [['--what'], 2]] as const) {
      const refused = spawnSync(process.execPath, run(...args), { cwd: ROOT, encoding: 'utf8' })
      expect([refused.status, refused.stdout], args.join(' ')).toEqual([code, ''])
      expect(refused.stderr.trim().split('\n')).toHaveLength(1)
    }
  })
})
