import type { ReactNode } from 'react'
import type { ShiftReport } from '../../../contract/shift-view.ts'
import { useWords } from '../../words/words-context.tsx'

/** X or Z on the screen: the same sums as on its paper. */
export function ReportTable({ report }: { report: ShiftReport }) {
  const words = useWords()
  const { say } = words
  const money = (amount_cents: number) => words.money(amount_cents, report.currency)
  return (
    <div className="report">
      <Row name={say('receipt.shift-sales', { count: report.sales.count })}>{money(report.sales.amount_cents)}</Row>
      <Row name={say('receipt.shift-returns', { count: report.returns.count })}>{money(report.returns.amount_cents)}</Row>
      {report.discount_cents === 0 ? null : <Row name={say('receipt.shift-discounts')}>{money(report.discount_cents)}</Row>}
      {report.rounding_cents === 0 ? null : <Row name={say('receipt.rounding')}>{money(report.rounding_cents)}</Row>}
      {report.voids.count === 0 ? null : (
        <Row name={say('receipt.shift-voids', { count: report.voids.count })}>{money(report.voids.amount_cents)}</Row>
      )}
      {report.credits.count === 0 ? null : (
        <Row name={say('receipt.shift-credits', { count: report.credits.count })}>{money(report.credits.amount_cents)}</Row>
      )}
      {report.drawerOpened === 0 ? null : <Row name={say('receipt.shift-no-sale')}>{report.drawerOpened}</Row>}
      {report.taxes.map((tax) => (
        <Row key={tax.rate_bp} name={say('shift.tax', { rate: words.rate(tax.rate_bp), gross: money(tax.gross_cents) })}>
          {money(tax.tax_cents)}
        </Row>
      ))}
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{say('shift.means')}</th>
            <th scope="col">{say('shift.taken')}</th>
            <th scope="col">{say('shift.given-back')}</th>
          </tr>
        </thead>
        <tbody>
          {report.tenders.map((tender) => (
            <tr key={tender.kind}>
              <th scope="row" className="sentence">
                {say(`tender.${tender.kind}`)}
              </th>
              <td className="amount">{money(tender.in_cents)}</td>
              <td className="amount">{money(tender.out_cents)}</td>
            </tr>
          ))}
          {report.moves.map((move) => (
            <tr key={`${move.what} ${move.kind}`}>
              <th scope="row">
                {say(`cash-move.${move.what}`)}, {say(`tender.${move.kind}`)}
              </th>
              <td className="amount">{move.amount_cents > 0 ? money(move.amount_cents) : null}</td>
              <td className="amount">{move.amount_cents < 0 ? money(-move.amount_cents) : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Row name={say('shift.float-was')}>{money(report.float_cents)}</Row>
      <Row name={say('shift.expected')}>
        <strong>{money(report.expected_cents)}</strong>
      </Row>
      {report.counted_cents === null ? null : <Row name={say('shift.counted')}>{money(report.counted_cents)}</Row>}
      {report.difference_cents === null ? null : <Row name={say('receipt.shift-difference')}>{money(report.difference_cents)}</Row>}
      {report.reason === null ? null : <p className="muted">{say('receipt.reason', { reason: report.reason })}</p>}
    </div>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p className="totals__row">
      <span>{name}</span>
      <span className="amount">{children}</span>
    </p>
  )
}
