import type { CustomerLine, CustomerScreen } from '../../contract/customer-screen.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { Mark } from '../parts/mark.tsx'
import { browserLanguage } from '../words/browser-language.ts'
import { Speaking, useWords } from '../words/words-context.tsx'
import { useCustomerScreen } from './display-store.ts'

/** The customer's screen: what is bought, what it costs, what comes back. It looks, and has nothing to press. */
export function DisplayApp() {
  const screen = useCustomerScreen()
  if (screen === null)
    return (
      <Speaking language={browserLanguage()}>
        <Wait />
      </Speaking>
    )
  return (
    <Speaking language={screen.language}>
      <main className="customer">
        <Shown screen={screen} />
      </main>
    </Speaking>
  )
}

function Wait() {
  const { say } = useWords()
  return (
    <main className="customer customer--still">
      <p className="customer__hello">{say('customer-screen.wait')}</p>
    </main>
  )
}

function Shown({ screen }: { screen: CustomerScreen }) {
  const words = useWords()
  const { show, currency, shop } = screen
  switch (show.at) {
    case 'idle':
      return (
        <div className="customer--still">
          <Mark />
          <p className="customer__hello">{words.say('customer-screen.welcome')}</p>
          <p className="customer__shop">{shop}</p>
        </div>
      )
    case 'cart':
      return (
        <>
          <Lines lines={show.lines} currency={currency} />
          <Tax tax_cents={show.tax_cents} currency={currency} />
          <Sum name={words.say('customer-screen.total')} amount={words.money(show.total_cents, currency)} isMain />
        </>
      )
    case 'to-pay':
      return (
        <>
          <Lines lines={show.lines} currency={currency} />
          <div className="customer__sums" aria-live="polite">
            <Tax tax_cents={show.tax_cents} currency={currency} />
            {show.given_cents === 0 ? null : (
              <>
                <Sum name={words.say('customer-screen.total')} amount={words.money(show.total_cents, currency)} />
                <Sum name={words.say('customer-screen.given')} amount={words.money(show.given_cents, currency)} />
              </>
            )}
            <Sum name={words.say('customer-screen.to-pay')} amount={words.money(show.due_cents, currency)} isMain />
            {show.card === null ? null : <p className="customer__card">{words.say(`terminal.${show.card}`)}</p>}
          </div>
        </>
      )
    case 'paid':
      return (
        <div className="customer--still" aria-live="polite">
          <Sum name={words.say('customer-screen.total')} amount={words.money(show.total_cents, currency)} />
          {show.change_cents === 0 ? null : (
            <Sum name={words.say('customer-screen.change')} amount={words.money(show.change_cents, currency)} isMain />
          )}
          <p className="customer__hello">{words.say('customer-screen.thanks')}</p>
          <p className="customer__shop">{shop}</p>
        </div>
      )
    default:
      return unreachable(show)
  }
}

const intoSight = (line: HTMLLIElement | null): void => {
  line?.scrollIntoView({ block: 'nearest' })
}

/** The newest line is always in sight: nobody scrolls this screen. */
function Lines({ lines, currency }: { lines: readonly CustomerLine[]; currency: string }) {
  const words = useWords()
  const last = lines.at(-1)
  return (
    <ol className="customer__lines">
      {lines.map((line) => (
        <li key={line.lineId} ref={line === last ? intoSight : null} className="customer__line">
          <span className="customer__what">
            {line.quantity > 1 ? <bdi className="customer__count">{line.quantity} ×</bdi> : null} {line.name}{' '}
            <span className="customer__variant">{line.variant}</span>
          </span>
          <span className="amount">{words.money(line.total_cents, currency)}</span>
        </li>
      ))}
    </ol>
  )
}

function Tax({ tax_cents, currency }: { tax_cents: number | null; currency: string }) {
  const words = useWords()
  return tax_cents === null ? null : <Sum name={words.say('customer-screen.tax')} amount={words.money(tax_cents, currency)} />
}

function Sum({ name, amount, isMain = false }: { name: string; amount: string; isMain?: boolean }) {
  return (
    <p className={`customer__sum${isMain ? ' customer__sum--main' : ''}`}>
      <span>{name}</span>
      <output className="amount">{amount}</output>
    </p>
  )
}
