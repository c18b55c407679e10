import { dayJournal } from '../../electron/core/money/day-journal.ts'
import { printMany } from '../support/core/many-papers.ts'
import { moneyTill } from '../support/core/money-till.ts'
import { percentiles } from '../support/percentiles.ts'

const RECEIPTS = 10_000
const ROUNDS = 20
const ALL = { text: '', group: null, staffId: null, from: null, to: null, least_cents: null, most_cents: null }
const NOBODY = { from: null, until: null, nameOf: () => null }

/** P99: a page of the day journal, in a shop that has printed as much as in a year. */
const page = (name: string, text: string) => ({
  name: `${name} of ${RECEIPTS.toLocaleString('en')} receipts`,
  promised_us: 100_000,
  limitName: 'reading the table once',
  measure: () => {
    const till = moneyTill()
    try {
      printMany(till, RECEIPTS)
      const db = till.ground.store.reading
      const whole = db.prepare('SELECT count(*) AS n, max(summary) AS last FROM documents')
      const { median_us } = percentiles([text], ROUNDS, (one) => void dayJournal(db, { ...ALL, text: one }, NOBODY, null))
      const limit = percentiles([null], ROUNDS, () => void whole.get())
      return { median_us, limit_us: limit.median_us }
    } finally {
      till.close()
    }
  },
})

export const benches = [page('the newest page', ''), page('a number', 'T1-R004711'), page('a word of one line', 'Cable 4711'), page('nothing at all', 'no such thing')]
