import { startAuthentication } from '@simplewebauthn/browser'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { Mark } from '../../../renderer/parts/mark.tsx'
import type { HubSession } from '../../contract/people-calls.ts'
import { hub } from '../client.ts'
import { Field, Form } from '../parts/field.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

interface SignInProps {
  /** Nobody is there yet: the first person joins with the code of the first start. */
  readonly isFirst: boolean
  readonly onSession: (session: HubSession) => void
}

/** The door: sign in with password and code or with a passkey, or join with an invitation. */
export function SignIn({ isFirst, onSession }: SignInProps) {
  const { t } = useFaceWords()
  const [joins, setJoins] = useState(isFirst)
  return (
    <main className="door">
      <section className="door__card card">
        <div className="row">
          <Mark size={44} />
          <div>
            <h1 className="page__title">Countermark</h1>
            <p className="page__lead">{t(isFirst ? 'door.first' : 'door.lead')}</p>
          </div>
        </div>
        {joins ? <Join isFirst={isFirst} onSession={onSession} /> : <Password onSession={onSession} />}
        {isFirst ? null : (
          <Button tone="quiet" onPress={() => setJoins(!joins)}>
            {t(joins ? 'door.to-sign-in' : 'door.to-join')}
          </Button>
        )}
      </section>
    </main>
  )
}

function Password({ onSession }: Pick<SignInProps, 'onSession'>) {
  const { t } = useFaceWords()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [asksCode, setAsksCode] = useState(false)
  const { act, busy, trouble } = useAct()
  const isAsking = trouble?.code === 'second-factor-needed' && trouble.params['by'] === 'code'
  if (isAsking && !asksCode) setAsksCode(true)
  const send = () => act(() => hub.people.signIn({ name, password, code: asksCode ? code : null }), onSession)
  const passkey = () => act(async () => {
    const question = await hub.people.passkeyQuestion()
    const answer = await startAuthentication({ optionsJSON: question as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'] })
    return hub.people.passkeySignIn({ answer: { ...answer } })
  }, onSession)
  return (
    <Form onSend={send}>
      <Field label={t('door.name')} value={name} onChange={setName} autoComplete="username" autoFocus />
      <Field label={t('door.password')} type="password" value={password} onChange={setPassword} autoComplete="current-password" />
      {asksCode ? (
        <Field label={t('door.code')} hint={t('door.code-hint')} value={code} onChange={setCode} autoComplete="one-time-code" inputMode="numeric" isCode autoFocus />
      ) : null}
      <TroubleLine trouble={isAsking ? null : trouble} />
      <Button tone="primary" size="large" isDisabled={busy || name === '' || password === ''} onPress={send}>
        {t('door.sign-in')}
      </Button>
      <Button icon={KeyRound} isDisabled={busy} onPress={passkey}>
        {t('door.passkey')}
      </Button>
    </Form>
  )
}

function Join({ isFirst, onSession }: SignInProps) {
  const { t } = useFaceWords()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const { act, busy, trouble } = useAct()
  const send = () => act(() => hub.people.join({ code, name, password }), onSession)
  return (
    <Form onSend={send}>
      <Field label={t('door.invitation')} hint={t(isFirst ? 'door.first-code-hint' : 'door.invitation-hint')} value={code} onChange={setCode} isCode autoFocus />
      <Field label={t('door.name')} value={name} onChange={setName} autoComplete="username" />
      <Field label={t('door.new-password')} hint={t('door.password-hint')} type="password" value={password} onChange={setPassword} autoComplete="new-password" />
      <TroubleLine trouble={trouble} />
      <Button tone="primary" size="large" isDisabled={busy || code === '' || name === '' || password === ''} onPress={send}>
        {t('door.join')}
      </Button>
    </Form>
  )
}
