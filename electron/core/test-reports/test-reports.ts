import { createHash } from 'node:crypto'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Params } from '../../../contract/ids.ts'
import { TestLine, type TestReport } from '../../../contract/test-report.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { eventsOfUnit, recordEvent } from '../store/journal.ts'
import { readReport, suggested, type ReadReport } from './read-report.ts'

/**
 * Takes the file of a test tool as evidence on a piece: an event of its life, with every line of it. Changes nothing
 * that is true of the piece: what the results suggest is for a person. Refuses what `readReport` refuses, and a row
 * that is about another piece (`report-other-piece`). The same file twice is taken once.
 */
export function takeReport(deed: Deed, unitId: string, text: string): Result<null> {
  const { ground, db, staff } = deed
  const unit = unitOf(ground, unitId)
  if (unit === null) return refused('no-such-unit')
  const read = readReport(text)
  if (!read.ok) return read
  const stranger = read.value.pieces.find(({ serial }) => !isNumberOf(unit, serial))
  if (stranger !== undefined) return refused('report-other-piece', { row: stranger.row, serial: stranger.serial.slice(0, 80) })
  const { testedAt, tool, toolGrade, lines } = read.value
  const hash = hashOf(read.value)
  if (reportsOf(ground, unitId).some((report) => report.hash === hash)) return ok(null)
  const count = (result: TestLine['result']): number => lines.filter((line) => line.result === result).length
  recordEvent(db, {
    id: ground.newId(), kind: 'tested', unitId, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
    staffId: staff?.staffId ?? null, who: staff?.name ?? null, facts: null,
    params: { tool, passed: count('passed'), failed: count('failed'), skipped: count('skipped'), testedAt, toolGrade, hash, lines: JSON.stringify(lines) },
  })
  return ok(null)
}

/** What test tools have said of a piece: taken here, and elsewhere as far as the mirror has heard; the newest test first. */
export function reportsOf(ground: Ground, unitId: string): TestReport[] {
  const here = eventsOfUnit(ground.store.reading, unitId).filter(({ kind }) => kind === 'tested').map(({ at, body }) => {
    const { who, params } = JSON.parse(body) as { who: string | null; params: Params }
    return { at, who, params }
  })
  const elsewhere = ground.mirror.history(unitId).filter(({ kind }) => kind === 'tested').map(({ at, who, params }) => ({ at, who, params: JSON.parse(params) as Params }))
  const reports = new Map([...elsewhere, ...here].flatMap((event) => reportIn(event)).map((report) => [report.hash, report]))
  return [...reports.values()].toSorted((a, b) => (a.testedAt < b.testedAt ? 1 : -1))
}

function reportIn({ at, who, params }: { at: string; who: string | null; params: Params }): TestReport[] {
  const text = (name: string): string => String(params[name] ?? '')
  const lines = TestLine.array().safeParse(JSON.parse(text('lines') || 'null'))
  if (!lines.success) return []
  const toolGrade = text('toolGrade')
  return [{
    hash: text('hash'), takenAt: at, by: who, testedAt: text('testedAt'), tool: text('tool'), toolGrade, lines: lines.data,
    suggests: suggested({ lines: lines.data, toolGrade }),
  }]
}

const plain = (number: string): string => number.replaceAll(/[\s-]/g, '').toUpperCase()

const isNumberOf = (unit: KnownUnit, serial: string): boolean => unit.aliases.some(({ value }) => plain(value) === plain(serial))

const hashOf = ({ testedAt, tool, toolGrade, lines }: ReadReport): string =>
  createHash('sha256').update(JSON.stringify({ testedAt, tool, toolGrade, lines })).digest('hex')
