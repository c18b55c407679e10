import { Cloud } from 'lucide-react'
import { useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { Button } from '../parts/button.tsx'
import { RefusalLine } from '../parts/refusal-line.tsx'
import { useWords } from '../words/words-context.tsx'

/** One of the two forms of the set-up screen; what the till refuses stands in the one that was sent last. */
export interface SetUpForm {
  readonly wasSent: boolean
  readonly onSend: () => void
}

/** A till without a shop may belong to one already: the address of its centre, and the code that is read out there. */
export function JoinCentre({ wasSent, onSend }: SetUpForm) {
  const words = useWords()
  const store = useDeskStore()
  const { sync } = useDesk()
  const form = useRef<HTMLFormElement>(null)
  const [isJoining, setJoining] = useState(false)
  const [incomplete, setIncomplete] = useState(false)
  const join = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const filled = new FormData(event.currentTarget)
    const text = (name: string): string => {
      const value = filled.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    const [url, code] = [text('url'), text('code')]
    const isWhole = isWebAddress(url) && code.length >= 4
    setIncomplete(!isWhole)
    onSend()
    if (!isWhole) return
    setJoining(true)
    void store.act((core) => core.sync.join({ url, code })).finally(() => setJoining(false))
  }
  if (sync.state !== 'alone') return <p className="prose" role="status">{words.say('set-up.joining')}</p>
  return (
    <form ref={form} className="set-up__form card" onSubmit={join} noValidate aria-label={words.say('set-up.join')}>
      <h2>{words.say('set-up.join')}</h2>
      <p className="muted">{words.say('set-up.join-text')}</p>
      <label className="field">
        <span className="field__label">{words.say('set-up.join-url')}</span>
        <input className="field__input" name="url" type="url" inputMode="url" placeholder="http://" autoComplete="off" maxLength={200} />
      </label>
      <label className="field">
        <span className="field__label">{words.say('set-up.join-code')}</span>
        <input className="field__input" name="code" autoComplete="off" maxLength={20} />
      </label>
      {wasSent ? <RefusalLine unsent={incomplete ? words.say('set-up.join-incomplete') : null} /> : null}
      <Button icon={Cloud} isDisabled={isJoining} onPress={() => form.current?.requestSubmit()}>
        {words.say('set-up.join-do')}
      </Button>
      <input type="submit" hidden />
    </form>
  )
}

/** `localhost:7350` would be an address of the kind `localhost:`. */
const isWebAddress = (text: string): boolean => /^https?:\/\//iu.test(text) && URL.canParse(text)
