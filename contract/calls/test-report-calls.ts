import { z } from 'zod'
import { Id } from '../ids.ts'
import { REPORT_CHARS_MAX, TestReport } from '../test-report.ts'
import { EVERYBODY, staff, STAFFED, withRight } from './allowed.ts'

const Unit = z.object({ unitId: Id })

export const testReports = {
  /** What test tools have said of a piece, here and elsewhere, the newest first. */
  ofUnit: staff(STAFFED, EVERYBODY).input(Unit).output(z.array(TestReport)),
  /** Takes the file of a test tool, CSV or JSON as docs/test-reports.md has it. Refused whole, with the row that is wrong. */
  take: withRight(STAFFED, 'take-back').input(Unit.extend({ text: z.string().min(1).max(REPORT_CHARS_MAX) })).output(z.array(TestReport)),
}
