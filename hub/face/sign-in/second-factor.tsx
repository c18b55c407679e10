import { startRegistration } from '@simplewebauthn/browser'
import { KeyRound } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import type { HubSession } from '../../contract/people-calls.ts'
import { hub } from '../client.ts'
import { Field, Form } from '../parts/field.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

/** Sets up what is asked for beside the password: a passkey of this device, or an authenticator on a telephone. */
export function SecondFactor({ onSession }: { onSession: (session: HubSession) => void }) {
  const { t } = useFaceWords()
  const begun = useCall(() => hub.people.beginTotp(), [])
  const [code, setCode] = useState('')
  const { act, busy, trouble } = useAct()
  const confirm = () => act(() => hub.people.confirmTotp({ code }), onSession)
  const passkey = () => act(async () => {
    const question = await hub.people.newPasskeyQuestion()
    const answer = await startRegistration({ optionsJSON: question as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'] })
    return hub.people.addPasskey({ answer: { ...answer }, label: window.navigator.platform })
  }, onSession)
  return (
    <main className="door">
      <section className="door__card card">
        <h1 className="page__title">{t('factor.title')}</h1>
        <p className="page__lead">{t('factor.lead')}</p>
        <Button tone="primary" size="large" icon={KeyRound} isDisabled={busy} onPress={passkey}>
          {t('factor.passkey')}
        </Button>
        <p className="muted">{t('factor.or')}</p>
        {begun.value === null ? null : (
          <div className="factor">
            <QrCode text={begun.value.address} label={t('factor.scan')} />
            <div className="stack">
              <p>{t('factor.scan')}</p>
              <p className="serial" dir="ltr">
                {begun.value.secret.match(/.{1,4}/gu)?.join(' ')}
              </p>
            </div>
          </div>
        )}
        <Form onSend={confirm}>
          <Field label={t('door.code')} value={code} onChange={setCode} inputMode="numeric" autoComplete="one-time-code" isCode />
          <TroubleLine trouble={trouble ?? begun.trouble} />
          <Button isDisabled={busy || code.length < 6} onPress={confirm}>
            {t('factor.confirm')}
          </Button>
        </Form>
      </section>
    </main>
  )
}

/** The encoder is large and seldom needed: it comes when the first code is drawn. */
function QrCode({ text, label }: { text: string; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let wanted = true
    void import('bwip-js/browser').then(({ toCanvas }) => {
      if (wanted && canvas.current !== null) toCanvas(canvas.current, { bcid: 'qrcode', text, scale: 4, backgroundcolor: 'FFFFFF', padding: 8 })
    })
    return () => {
      wanted = false
    }
  }, [text])
  return <canvas ref={canvas} className="factor__code" role="img" aria-label={label} width="1" height="1" />
}
