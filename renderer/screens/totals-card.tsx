import type { ReactNode } from 'react'
import type { Totals } from '../../contract/sale-view.ts'
import { useWords } from '../words/words-context.tsx'

/** The sum as the core counted it, with the tax in it or, where prices are net, leading up to it. */
export function TotalsCard({ totals, children }: { totals: Totals; children?: ReactNode }) {
  const words = useWords()
  return (
    <section className="totals card">
      <p className="totals__pieces">{words.say('sale.pieces', { count: totals.pieces })}</p>
      {totals.discount_cents === 0 ? null : (
        <p className="totals__row">
          <span>{words.say('sale.discount')}</span>
          <span className="amount">{words.money(totals.discount_cents, totals.currency)}</span>
        </p>
      )}
      {totals.net_cents === null ? null : (
        <>
          <p className="totals__row">
            <span>{words.say('sale.net')}</span>
            <span className="amount">{words.money(totals.net_cents, totals.currency)}</span>
          </p>
          <Taxes totals={totals} />
        </>
      )}
      <p className="totals__total">
        <span className="totals__label">{words.say('sale.total')}</span>
        <output className="amount amount--total">{words.money(totals.gross_cents, totals.currency)}</output>
      </p>
      {totals.net_cents === null ? <Taxes totals={totals} /> : null}
      {children}
    </section>
  )
}

function Taxes({ totals }: { totals: Totals }) {
  const words = useWords()
  return totals.taxes.map((tax) => (
    <p key={tax.rate_bp} className="totals__row muted">
      <span>{words.say(totals.net_cents === null ? 'sale.tax-within' : 'sale.tax-on-top', { rate: words.rate(tax.rate_bp) })}</span>
      <span className="amount">{words.money(tax.tax_cents, totals.currency)}</span>
    </p>
  ))
}
