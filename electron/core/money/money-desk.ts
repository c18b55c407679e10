import type { ShiftPast } from '../../../contract/calls/shift-calls.ts'
import { refused, ok, type Result } from '../../../contract/fault.ts'
import { cents } from '../../../contract/money.ts'
import type { ShiftReport } from '../../../contract/shift-view.ts'
import { printX } from '../desk/act-shift.ts'
import type { Desk } from '../desk/desk.ts'
import { openShift, shiftEnds } from '../store/shifts.ts'
import { reportCsv } from './report-csv.ts'
import { shiftReport } from './shift-report.ts'

const PAST_SHOWN = 60

/** What is asked about the money of this till, beside the acts on it. */
export class MoneyDesk {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  report(shiftId: string | null): Result<ShiftReport> {
    const { reading } = this.#desk.ground.store
    const id = shiftId ?? openShift(reading)?.id
    const report = id === undefined ? null : shiftReport(reading, id)
    return report === null ? refused('not-in-this-state') : ok(report)
  }

  past(): ShiftPast[] {
    return shiftEnds(this.#desk.ground.store.reading, PAST_SHOWN).map((end) => ({
      shiftId: end.shift_id, openedAt: end.opened_at, closedAt: end.closed_at, closedBy: end.closed_by,
      difference_cents: cents(end.counted_cents - end.expected_cents), currency: end.currency, documentId: end.document_id,
    }))
  }

  printX(): Result<{ documentId: string }> {
    let made: Result<{ documentId: string }> = refused('not-in-this-state')
    const done = this.#desk.act('', (deed) => (made = printX(deed)))
    return done.ok ? made : done
  }

  csv(shiftId: string | null): Result<{ name: string; text: string }> {
    const report = this.report(shiftId)
    if (!report.ok) return report
    const { value } = report
    const name = `${value.closedAt === null ? 'X' : 'Z'}-${value.number ?? this.#desk.ground.till.code}-${(value.closedAt ?? this.#desk.ground.now()).slice(0, 10)}.csv`
    return ok({ name, text: reportCsv(value, this.#desk.ground.till.name, this.#desk.ground.place.name) })
  }
}
