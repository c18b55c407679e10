import type { Params } from '../../../contract/ids.ts'
import type { ShiftReport } from '../../../contract/shift-view.ts'
import type { Reading } from '../../../electron/core/store/store.ts'

interface Line {
  readonly kind: string
  readonly params: Params
}

/** The sums of a shift, told by the chained journal alone: nothing of it comes from the tables that the report reads. */
export function toldByJournal(db: Reading, shiftId: string) {
  const lines = (db.prepare('SELECT body FROM journal ORDER BY seq').pluck().all() as string[]).map((body) => JSON.parse(body) as Line)
  const from = lines.findIndex(({ kind, params }) => kind === 'shift-opened' && params['shift'] === shiftId)
  const end = lines.findIndex(({ kind, params }) => kind === 'shift-closed' && params['shift'] === shiftId)
  const inShift = lines.slice(from, end === -1 ? undefined : end)
  const amount = ({ params }: Line): number => Number(params['amount_cents'] ?? 0)
  const sum = (some: readonly Line[]): number => some.reduce((total, line) => total + amount(line), 0)
  const settled = inShift.filter(({ kind }) => kind === 'settled')
  const moved = inShift.filter(({ kind }) => kind === 'money-moved')
  const byTender = (sign: 1 | -1) =>
    Object.fromEntries([...new Set(settled.map(({ params }) => String(params['tender'])))].map((tender) =>
      [tender, Math.abs(sum(settled.filter((line) => line.params['tender'] === tender && amount(line) * sign > 0)))]))
  const cash = (some: readonly Line[]) => sum(some.filter(({ params }) => params['tender'] === 'cash'))
  return {
    taken: byTender(1),
    givenBack: byTender(-1),
    moves: sum(moved),
    inDrawer: Number(inShift[0]?.params['float_cents'] ?? 0) + cash(settled) + cash(moved),
    sales: new Set(settled.filter(({ params }) => params['of'] === 'sale').map(({ params }) => params['number'])).size,
    drawerOpened: inShift.filter(({ kind }) => kind === 'drawer-opened').length,
  }
}

/** The same of a report, to be held against the journal. */
export const asTold = (report: ShiftReport) => ({
  taken: Object.fromEntries(report.tenders.map(({ kind, in_cents }) => [kind, in_cents])),
  givenBack: Object.fromEntries(report.tenders.map(({ kind, out_cents }) => [kind, out_cents])),
  moves: report.moves.reduce((sum, move) => sum + move.amount_cents, 0),
  inDrawer: report.expected_cents,
  sales: report.sales.count,
  drawerOpened: report.drawerOpened,
})
