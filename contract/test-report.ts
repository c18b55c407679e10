import { z } from 'zod'
import { Instant } from './ids.ts'
import { Condition } from './unit.ts'

/** As much of a file as is taken: a test tool writes some dozens of lines for a piece. */
export const REPORT_CHARS_MAX = 100_000
export const REPORT_TESTS_MAX = 200

export const TestResult = z.enum(['passed', 'failed', 'skipped'])
export type TestResult = z.infer<typeof TestResult>

export const TestLine = z.object({ test: z.string(), result: TestResult, value: z.string() })
export type TestLine = z.infer<typeof TestLine>

/** What a test tool found out about one piece, as it was taken from its file. */
export const TestReport = z.object({
  /** SHA-256 of what was taken, in hexadecimal; the same file twice is one report. */
  hash: z.string().length(64),
  takenAt: Instant,
  by: z.string().nullable(),
  testedAt: Instant,
  tool: z.string(),
  /** The tool's own grade, as it writes it; empty where it gives none. */
  toolGrade: z.string(),
  lines: z.array(TestLine),
  /** What the results make of the condition: for a person to take or not. */
  suggests: Condition,
})
export type TestReport = z.infer<typeof TestReport>
