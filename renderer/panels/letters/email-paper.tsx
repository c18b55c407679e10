import { Mail } from 'lucide-react'
import { useState } from 'react'
import type { MailView } from '../../../contract/mail.ts'
import { useDesk, useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { useWords } from '../../words/words-context.tsx'

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/u

/** Sends a paper as a PDF in a letter: to an address that the customer says, or to the one that is known. */
export function EmailPaper({ documentId, isKnown = false }: { documentId: string; isKnown?: boolean }) {
  const { say } = useWords()
  const store = useDeskStore()
  const { revision } = useDesk()
  const [asks, setAsks] = useState(false)
  const [to, setTo] = useState('')
  const [mail, setMail] = useState<MailView | null>(null)
  const send = (address: string | null) => {
    void store.ask((core) => core.papers.email({ documentId, to: address })).then((made) => {
      if (made === null) return
      setMail(made)
      setAsks(false)
    })
  }
  const mails = useAnswer((core) => (mail === null ? Promise.resolve([]) : core.papers.mails()), `${mail?.mailId ?? ''} ${revision}`)
  if (mail !== null) return <MailLine mail={mails?.find(({ mailId }) => mailId === mail.mailId) ?? mail} />
  if (!asks)
    return (
      <Button icon={Mail} onPress={() => (isKnown ? send(null) : setAsks(true))}>
        {say(isKnown ? 'mails.send-known' : 'mails.send')}
      </Button>
    )
  return (
    <form
      className="email-paper"
      onSubmit={(event) => {
        event.preventDefault()
        if (ADDRESS.test(to.trim())) send(to.trim())
      }}
    >
      <label className="field">
        <span className="field__label">{say('mails.address')}</span>
        <input
          className="field__input"
          type="text"
          inputMode="email"
          dir="ltr"
          value={to}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          onChange={(event) => setTo(event.target.value)}
        />
      </label>
      <Button tone="primary" icon={Mail} isDisabled={!ADDRESS.test(to.trim())} onPress={() => send(to.trim())}>
        {say('mails.send-do')}
      </Button>
    </form>
  )
}

/** What became of a letter, in one line. */
export function MailLine({ mail }: { mail: MailView }) {
  const words = useWords()
  const tone = mail.state === 'sent' ? 'good' : mail.state === 'refused' ? 'stop' : 'attention'
  return (
    <p className="mail-line" role="status">
      <ToneSign tone={tone} />
      <span>
        {words.say(`mail-state.${mail.state}`)} <bdi dir="ltr">{mail.to}</bdi>
        {mail.why === null ? null : <span className="muted"> · {words.say(`mail-why.${mail.why}`)}</span>}
      </span>
    </p>
  )
}
