import { Store } from 'lucide-react'
import { useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { isPin } from '../../contract/pin.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { Button } from '../parts/button.tsx'
import { Mark } from '../parts/mark.tsx'
import { RefusalLine } from '../parts/refusal-line.tsx'
import { JoinCentre, type SetUpForm } from './join-centre.tsx'
import { useWords } from '../words/words-context.tsx'
import { WindowMenu } from './window-menu.tsx'

/** Countries by their language's own names, with the money that is used there; any other can be typed later. */
const COUNTRIES = [
  ['DE', 'EUR'], ['AT', 'EUR'], ['CH', 'CHF'], ['FR', 'EUR'], ['ES', 'EUR'], ['IT', 'EUR'], ['NL', 'EUR'], ['BE', 'EUR'],
  ['IE', 'EUR'], ['GB', 'GBP'], ['US', 'USD'], ['CA', 'CAD'], ['PL', 'PLN'], ['SE', 'SEK'], ['DK', 'DKK'], ['NO', 'NOK'],
  ['CZ', 'CZK'], ['AE', 'AED'], ['SA', 'SAR'],
] as const

/**
 * A till without a shop: a shop of its own, or the centre's. One that has joined a centre waits for the people whom the
 * centre lets in.
 */
export function SetUpScreen() {
  const words = useWords()
  const { sync } = useDesk()
  const [sent, setSent] = useState<'own-shop' | 'join' | null>(null)
  return (
    <div className="sign-in">
      <header className="sign-in__head">
        <Mark size={40} />
        <span className="sign-in__name">{words.say('app.name')}</span>
        <WindowMenu />
      </header>
      <main className="set-up" id="main">
        <h1 className="sign-in__title">{words.say('set-up.title')}</h1>
        {sync.state === 'alone' ? <OwnShop wasSent={sent === 'own-shop'} onSend={() => setSent('own-shop')} /> : null}
        <JoinCentre wasSent={sent === 'join'} onSend={() => setSent('join')} />
      </main>
    </div>
  )
}

/** A name, a country, and its first manager. The empty state that says what to do. */
function OwnShop({ wasSent, onSend }: SetUpForm) {
  const words = useWords()
  const store = useDeskStore()
  const form = useRef<HTMLFormElement>(null)
  const [country, setCountry] = useState<string>('DE')
  const [incomplete, setIncomplete] = useState(false)
  const currency = COUNTRIES.find(([code]) => code === country)?.[1] ?? 'EUR'
  const begin = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const filled = new FormData(event.currentTarget)
    const text = (name: string): string => {
      const value = filled.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    const [shopName, managerName, pin] = [text('shop'), text('manager'), text('pin')]
    const isWhole = shopName !== '' && managerName !== '' && isPin(pin)
    setIncomplete(!isWhole)
    onSend()
    if (isWhole) void store.act((core) => core.session.setUp({ shopName, country, currency, managerName, pin }))
  }
  const region = new Intl.DisplayNames([words.language], { type: 'region' })
  return (
    <>
      <p className="prose">{words.say('set-up.text')}</p>
      <form ref={form} className="set-up__form card" onSubmit={begin} noValidate>
        <Field name="shop" label={words.say('set-up.shop')} autoFocus />
        <label className="field">
          <span className="field__label">{words.say('set-up.country')}</span>
          <select className="field__input" value={country} onChange={(event) => setCountry(event.target.value)}>
            {COUNTRIES.map(([code, money]) => (
              <option key={code} value={code}>{`${region.of(code) ?? code} · ${money}`}</option>
            ))}
          </select>
        </label>
        <Field name="manager" label={words.say('set-up.manager')} />
        <Field name="pin" label={words.say('set-up.pin')} type="password" />
        {wasSent ? <RefusalLine unsent={incomplete ? words.say('set-up.incomplete') : null} /> : null}
        <Button tone="primary" size="large" icon={Store} onPress={() => form.current?.requestSubmit()}>
          {words.say('set-up.do')}
        </Button>
        {/* Enter in a field begins too: a form with several fields wants a button of its own for that. */}
        <input type="submit" hidden />
      </form>
    </>
  )
}

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'password'
  readonly autoFocus?: boolean
}

function Field({ name, label, type = 'text', autoFocus = false }: FieldProps) {
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        className="field__input"
        name={name}
        type={type}
        inputMode={type === 'password' ? 'numeric' : 'text'}
        autoComplete="off"
        maxLength={type === 'password' ? 12 : 80}
        autoFocus={autoFocus}
      />
    </label>
  )
}
