import type { CreditView } from '../../../contract/credit.ts'
import type { JournalPage, JournalPlace, JournalQuery } from '../../../contract/day-journal.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import type { SavedText } from '../../../contract/device-view.ts'
import type { ShiftPast } from '../../../contract/calls/shift-calls.ts'
import { refused, ok, type Result } from '../../../contract/fault.ts'
import { cents } from '../../../contract/money.ts'
import type { ShiftReport } from '../../../contract/shift-view.ts'
import { printX } from '../desk/act-shift.ts'
import { cancelDepositAtTill } from '../desk/cancel-card-deposit.ts'
import type { Desk } from '../desk/desk.ts'
import { say } from '../flows/say.ts'
import { staffOf } from '../people/staff.ts'
import { openShift, shiftEnds } from '../store/shifts.ts'
import { dayJournal, type JournalWorld } from './day-journal.ts'
import { journalCsv } from './journal-csv.ts'
import { balanceOf, issueVoucher } from './ledger.ts'
import { reportCsv } from './report-csv.ts'
import { shiftReport } from './shift-report.ts'
import { daysFrom } from './store-day.ts'

const PAST_SHOWN = 60
/** More lines than a spreadsheet is good for. */
const CSV_LINES_MAX = 50_000

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
    return this.#desk.turn('', printX)
  }

  credit(number: string): Result<CreditView> {
    const credit = balanceOf(this.#desk.ground, this.#desk.ground.store.reading, number)
    return credit === null ? refused('no-such-credit', { number }) : ok(credit)
  }

  /** A voucher that nobody paid for is money given away: it wants a right and a reason, and the journal keeps both. */
  giveVoucher(wish: { amount_cents: number; reason: string; holder: string }): Result<DeskView> {
    const given = this.#desk.turn('', (deed) => {
      const authority = deed.authority('pay-out')
      if (authority === null) return refused('no-right', { right: 'pay-out' })
      const reason = wish.reason === '' ? (authority.reason ?? '') : wish.reason
      if (reason === '') return refused('reason-missing')
      return issueVoucher(deed, { amount_cents: wish.amount_cents, becauseOf: reason, holder: wish.holder === '' ? null : wish.holder })
    })
    if (!given.ok) return given
    const { ground } = this.#desk
    this.#desk.raise(say(ground, 'info', 'voucher-given', { number: given.value.number, amount_cents: wish.amount_cents, currency: ground.place.currency }))
    return ok(this.#desk.view())
  }

  cancelDeposit(number: string): Result<DeskView> {
    return this.#desk.act('', (deed) => cancelDepositAtTill(deed, number))
  }

  journal(query: JournalQuery, after: JournalPlace | null): JournalPage {
    return dayJournal(this.#desk.ground.store.reading, query, this.#world(query), after)
  }

  journalCsv(query: JournalQuery): SavedText {
    const { ground } = this.#desk
    const { lines } = dayJournal(ground.store.reading, query, this.#world(query), null, CSV_LINES_MAX)
    return { fileName: `journal-${ground.till.code}-${query.from ?? ground.now().slice(0, 10)}.csv`, text: journalCsv(lines, ground.place.currency) }
  }

  people(): { staffId: string; name: string }[] {
    return staffOf(this.#desk.ground).map(({ id, name }) => ({ staffId: id, name }))
  }

  /** Days of the store as instants: the last day is looked at to its end. */
  #world(query: JournalQuery): JournalWorld {
    const { ground } = this.#desk
    const names = new Map(staffOf(ground).map((row) => [row.id, row.name]))
    return { ...daysFrom(query.from, query.to, ground.place.time_zone), nameOf: (staffId) => names.get(staffId) ?? null }
  }

  csv(shiftId: string | null): Result<SavedText> {
    const report = this.report(shiftId)
    if (!report.ok) return report
    const { value } = report
    const name = `${value.closedAt === null ? 'X' : 'Z'}-${value.number ?? this.#desk.ground.till.code}-${(value.closedAt ?? this.#desk.ground.now()).slice(0, 10)}.csv`
    return ok({ fileName: name, text: reportCsv(value, this.#desk.ground.till.name, this.#desk.ground.place.name) })
  }
}
