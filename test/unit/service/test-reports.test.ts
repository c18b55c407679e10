import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reportsOf, takeReport } from '../../../electron/core/test-reports/test-reports.ts'
import { csvRows } from '../../../electron/core/test-reports/csv-rows.ts'
import { readReport } from '../../../electron/core/test-reports/read-report.ts'
import { eventsOfUnit } from '../../../electron/core/store/journal.ts'
import { shown, ShopFloor } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
let piece: { unitId: string; serial: string }
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('service')
  const [phone] = floor.fresh('phone')
  if (!phone) throw new Error('no phone')
  piece = phone
})
afterEach(() => floor.close())

const HEAD = 'serial;tested_at;tool;grade;test;result;value'
const csv = (...rows: string[]) => [HEAD, ...rows].join('\r\n')
const row = (test: string, result: string, value = '', serial = piece.serial) => `${serial};2026-11-20T10:30:00+01:00;Bench 4;A;${test};${result};${value}`
const take = (text: string) => floor.desk.act('', (deed) => takeReport(deed, piece.unitId, text))
const reports = () => reportsOf(floor.ground, piece.unitId)

describe('P66: the file of a test tool', () => {
  it('becomes evidence on the piece, with every line, and suggests a grade', () => {
    const before = floor.unit(piece.unitId).facts
    shown(take(csv(row('battery', 'pass', '87 %'), row('"display; touch"', 'PASSED'), row('camera', 'ok'))))
    expect(reports()).toMatchObject([{
      tool: 'Bench 4', toolGrade: 'A', testedAt: '2026-11-20T09:30:00.000Z', suggests: 'open-box',
      lines: [{ test: 'battery', result: 'passed', value: '87 %' }, { test: 'display; touch', result: 'passed' }, { test: 'camera', result: 'passed' }],
    }])
    const told = eventsOfUnit(floor.ground.store.reading, piece.unitId).filter(({ kind }) => kind === 'tested')
    expect(JSON.parse(told[0]?.body ?? '{}')).toMatchObject({ params: { passed: 3, failed: 0, tool: 'Bench 4' }, facts: null })
    // A tool suggests; what is true of the piece is for a person.
    expect(floor.unit(piece.unitId).facts).toEqual(before)
  })

  it('is JSON as well, and the same test twice is one report', () => {
    const text = JSON.stringify({
      serial: piece.serial.toLowerCase(), tested_at: '2026-11-21', tool: 'Bench 5',
      tests: [{ test: 'battery', result: 'pass', value: 81 }, { test: 'speaker', result: 'fail' }],
    })
    shown(take(text))
    shown(take(text))
    expect(reports()).toMatchObject([{ suggests: 'damaged', lines: [{ value: '81' }, { result: 'failed' }] }])
  })

  it.each([
    [['pass', 'fail'], 'A', 'damaged'], [['pass', 'skipped'], 'A', 'to-inspect'], [['pass'], 'C', 'damaged'], [['pass'], 'B+', 'open-box'], [['pass'], '', 'open-box'],
  ])('%j with grade %j suggests %s', (results, grade, suggests) => {
    shown(take(csv(...results.map((result, n) => `${piece.serial};2026-11-20;Bench;${grade};test ${n};${result};`))))
    expect(reports()[0]?.suggests).toBe(suggests)
  })

  it.each([
    ['', 'report-unreadable', {}],
    ['hello', 'report-unreadable', {}],
    ['{"serial": "1"', 'report-unreadable', {}],
    ['{"serial": "1", "tested_at": "2026-11-20"}', 'report-column-missing', { column: 'tests' }],
    ['{"serial": "1", "tested_at": "2026-11-20", "tests": [{"test": "a", "result": "ok"}, 7]}', 'report-row-wrong', { row: 2 }],
    ['serial;tested_at;test\nA;2026-11-20;x', 'report-column-missing', { column: 'result' }],
    [`${HEAD}\n`, 'report-unreadable', {}],
  ])('that is none is refused, and says why: %s', (text, code, params) => {
    expect(readReport(text)).toMatchObject({ ok: false, fault: { code, params } })
  })

  it('with one bad row is refused whole, and names the row as an editor counts it', () => {
    const good = row('battery', 'pass')
    expect(take(csv(good, '', row('camera', 'maybe')))).toMatchObject({ ok: false, fault: { code: 'report-row-wrong', params: { row: 4, column: 'result', text: 'maybe' } } })
    expect(take(csv(good, row('', 'pass')))).toMatchObject({ ok: false, fault: { code: 'report-row-wrong', params: { row: 3, column: 'test' } } })
    expect(take(csv(good, good.replace('2026-11-20T10:30:00+01:00', '20.11.2026')))).toMatchObject({ ok: false, fault: { params: { row: 3, column: 'tested_at' } } })
    expect(take(csv(good, row('camera', 'pass', '', 'SOMEBODY-ELSE')))).toMatchObject({
      ok: false, fault: { code: 'report-other-piece', params: { row: 3, serial: 'SOMEBODY-ELSE' } },
    })
    expect(take(csv(...Array.from({ length: 201 }, (_, n) => row(`t${n}`, 'pass'))))).toMatchObject({ ok: false, fault: { code: 'too-long' } })
    expect(reports()).toEqual([])
  })

  it('is read or refused, whatever it holds', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (noise) => {
      expect(typeof readReport(noise).ok).toBe('boolean')
      expect(typeof readReport(`${HEAD}\n${noise}`).ok).toBe('boolean')
    }))
  })
})

it('a table comes back as it was written, whatever stands in its fields', () => {
  const field = fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\r', '').trim())
  const rows = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }).filter((fields) => fields.some((one) => one !== '')), { minLength: 1, maxLength: 6 })
  fc.assert(fc.property(rows, fc.constantFrom(',', ';', '\t'), (table, delimiter) => {
    const text = [['a', 'b', 'c'], ...table].map((fields) => fields.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n')
    expect(csvRows(text)?.slice(1).map(({ fields }) => fields)).toEqual(table)
  }))
})
