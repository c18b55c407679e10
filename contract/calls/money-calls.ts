import { z } from 'zod'
import { CreditView } from '../credit.ts'
import { JournalPage, JournalPlace, JournalQuery } from '../day-journal.ts'
import { DeskView } from '../desk-view.ts'
import { SavedText } from '../device-view.ts'
import { Cents } from '../money.ts'
import { PurchasesElsewhere } from '../purchases-elsewhere.ts'
import { StaffTile } from '../staff-tile.ts'
import { EVERYBODY, staff, STAFFED } from './allowed.ts'

const CreditNumber = z.object({ number: z.string().min(1).max(64) })

/** Promises of money, and the look back over the day. */
export const money = {
  /** What is left on a voucher, a store credit or a deposit, by its number as scanned or typed. */
  credit: staff(STAFFED, EVERYBODY).input(CreditNumber).output(CreditView),
  /** Gives a voucher for nothing, as goodwill; needs the right to pay out and a reason. */
  giveVoucher: staff(['counter'], EVERYBODY)
    .input(z.object({ amount_cents: Cents, reason: z.string().trim().max(200), holder: z.string().trim().max(80) }))
    .output(DeskView),
  /** Gives a deposit back as it came. */
  cancelDeposit: staff(['counter'], EVERYBODY).input(CreditNumber).output(DeskView),
  journal: staff(['counter'], EVERYBODY).input(z.object({ query: JournalQuery, after: JournalPlace.nullable() })).output(JournalPage),
  /** What other tills sold in those days for about as much; nothing is kept for this till by it. */
  purchasesElsewhere: staff(['counter'], EVERYBODY).input(z.object({ query: JournalQuery })).output(PurchasesElsewhere),
  journalCsv: staff(['counter'], EVERYBODY).input(z.object({ query: JournalQuery })).output(SavedText),
  /** Whom the journal can be narrowed to. */
  people: staff(['counter'], EVERYBODY).output(z.array(StaffTile.pick({ staffId: true, name: true }))),
}
