import { z } from 'zod'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { REPORT_TESTS_MAX, type TestLine, type TestResult } from '../../../contract/test-report.ts'
import type { Condition } from '../../../contract/unit.ts'
import { csvRows } from './csv-rows.ts'

/** What a file says, before anybody has asked whether it is about the piece on the table. */
export interface ReadReport {
  /** The tested piece as each row names it, with the row. */
  readonly pieces: readonly { readonly row: number; readonly serial: string }[]
  readonly testedAt: string
  readonly tool: string
  readonly toolGrade: string
  readonly lines: readonly TestLine[]
}

/** One row as both kinds of file have it; `row` is what a person finds it by. */
interface Row {
  readonly row: number
  readonly fields: Readonly<Record<string, string>>
}

const COLUMNS = ['serial', 'tested_at', 'test', 'result'] as const
const TEXT_MAX = 80

/** The words of test tools for one and the same thing. */
const RESULTS: Readonly<Record<string, TestResult>> = {
  pass: 'passed', passed: 'passed', ok: 'passed', success: 'passed', true: 'passed',
  fail: 'failed', failed: 'failed', error: 'failed', false: 'failed',
  skip: 'skipped', skipped: 'skipped', 'not tested': 'skipped', 'n/a': 'skipped',
}

/**
 * Reads the file of a test tool: JSON by its first sign, else CSV with a head line. Refused whole, because half a report
 * is none: no table or JSON at all (`report-unreadable`), a column that must be there (`report-column-missing`), a row
 * with a value that is none (`report-row-wrong` with row, column and what stands there).
 */
export function readReport(text: string): Result<ReadReport> {
  const rows = /^\s*[{[]/.test(text) ? jsonReport(text) : csvReport(text)
  if (!rows.ok) return rows
  const [first] = rows.value
  if (first === undefined) return refused('report-unreadable')
  if (rows.value.length > REPORT_TESTS_MAX) return refused('too-long', { most: REPORT_TESTS_MAX })
  const lines: TestLine[] = []
  for (const { row, fields } of rows.value) {
    const wrong = (column: string) => refused('report-row-wrong', { row, column, text: (fields[column] ?? '').slice(0, TEXT_MAX) })
    const result = RESULTS[(fields['result'] ?? '').toLowerCase()]
    const test = fields['test'] ?? ''
    if (test === '' || test.length > TEXT_MAX) return wrong('test')
    if (result === undefined) return wrong('result')
    if (!isInstant(fields['tested_at'] ?? '')) return wrong('tested_at')
    if ((fields['serial'] ?? '') === '') return wrong('serial')
    if ((fields['value'] ?? '').length > TEXT_MAX) return wrong('value')
    lines.push({ test, result, value: fields['value'] ?? '' })
  }
  return ok({
    pieces: rows.value.map(({ row, fields }) => ({ row, serial: fields['serial'] ?? '' })),
    testedAt: new Date(first.fields['tested_at'] ?? '').toISOString(),
    tool: (first.fields['tool'] ?? '').slice(0, TEXT_MAX),
    toolGrade: (first.fields['grade'] ?? '').slice(0, TEXT_MAX),
    lines,
  })
}

/**
 * What the results make of the condition: damaged with anything that failed or a grade below B, not decided while a test
 * was left out, else opened and in order. Never new: somebody had it in the hand to test it.
 */
export function suggested({ lines, toolGrade }: Pick<ReadReport, 'lines' | 'toolGrade'>): Condition {
  if (lines.some(({ result }) => result === 'failed')) return 'damaged'
  if (lines.some(({ result }) => result === 'skipped')) return 'to-inspect'
  return /^[c-f]\b/i.test(toolGrade.trim()) ? 'damaged' : 'open-box'
}

function csvReport(text: string): Result<Row[]> {
  const rows = csvRows(text)
  const [head, ...body] = rows ?? []
  if (head === undefined || head.fields.length < 2) return refused('report-unreadable')
  const names = head.fields.map((name) => name.toLowerCase())
  const missing = COLUMNS.find((column) => !names.includes(column))
  if (missing !== undefined) return refused('report-column-missing', { column: missing })
  return ok(body.map(({ line, fields }) => ({ row: line, fields: Object.fromEntries(names.map((name, at) => [name, fields[at] ?? ''])) })))
}

const Said = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const JsonReport = z.object({
  serial: Said, tested_at: z.string(), tool: Said.optional(), grade: Said.optional(),
  tests: z.array(z.object({ test: Said.optional(), result: Said.optional(), value: Said.optional() })),
})

function jsonReport(text: string): Result<Row[]> {
  let told: unknown
  try {
    told = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return refused('report-unreadable')
    throw error
  }
  const read = JsonReport.safeParse(told)
  if (!read.success) {
    const [issue] = read.error.issues
    const place = issue?.path ?? []
    if (place[0] === 'tests' && typeof place[1] === 'number') return refused('report-row-wrong', { row: place[1] + 1, column: String(place[2] ?? 'test'), text: '' })
    return refused('report-column-missing', { column: String(place[0] ?? 'tests') })
  }
  const { tests, serial, tested_at, tool = '', grade = '' } = read.data
  return ok(tests.map(({ test = '', result = '', value = '' }, at) => ({ row: at + 1, fields: { serial, tested_at, tool, grade, test, result, value } })))
}

/** A date alone is the beginning of that day; what has a time has a zone, or nobody knows when it was. */
const isInstant = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text) && !Number.isNaN(Date.parse(text))
