import { useState } from 'react'
import type { FormEvent } from 'react'
import type { Core } from '../connect.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { useScanCatcher } from '../desk/scan-route.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import { useWords } from '../words/words-context.tsx'

type Explanation = Awaited<ReturnType<Core['devices']['explain']>>

/** "What is this code?": what a number could be, field by field. For the bench and for support. */
export function ExplainPanel({ onClose }: { onClose: () => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [text, setText] = useState('')
  const [hex, setHex] = useState(false)
  const [explained, setExplained] = useState<Explanation | null>(null)
  const explain = (code: string, isHex: boolean) => {
    if (code === '') return
    void store.ask((core) => core.devices.explain({ text: code, hex: isHex })).then(setExplained)
  }
  useScanCatcher((scanned) => {
    setText(scanned)
    setHex(false)
    explain(scanned, false)
  })
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    explain(text, hex)
  }
  return (
    <Dialog title={say('explain.title')} onClose={onClose}>
      <p className="prose">{say('explain.hint')}</p>
      <form className="stack" onSubmit={submit}>
        <label className="field">
          <span className="field__label">{say('explain.code')}</span>
          <input
            className="field__input serial"
            type="text"
            dir="ltr"
            value={text}
            maxLength={8192}
            autoFocus
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <label className="tick">
          <input type="checkbox" checked={hex} onChange={(event) => setHex(event.target.checked)} />
          {say('explain.as-hex')}
        </label>
        <Button tone="primary" isDisabled={text === ''} onPress={() => submit()}>
          {say('explain.do')}
        </Button>
      </form>
      {explained === null ? null : <Explained explained={explained} />}
    </Dialog>
  )
}

function Explained({ explained }: { explained: Explanation }) {
  const { say, sayCode } = useWords()
  return (
    <section className="stack" aria-live="polite">
      <p className="muted">
        {say('explain.bytes')}: <bdi dir="ltr" className="serial">{explained.bytesHex}</bdi>
        {explained.aim === null ? null : (
          <>
            {' '}
            · {say('explain.aim')}: <bdi dir="ltr" className="serial">{explained.aim}</bdi>
          </>
        )}
      </p>
      {explained.readings.length === 0 ? <p>{say('explain.none')}</p> : null}
      {explained.readings.map((reading) => (
        <div key={reading.what} className="card reading">
          <p className="reading__what">
            <ToneSign tone={reading.ok ? 'good' : 'plain'} />
            <strong>{sayCode(`reading.${reading.what}`, {}, reading.what)}</strong>{' '}
            <span className="muted">
              {reading.ok ? say('explain.fits') : say('explain.fits-not', { code: reading.code ?? '' })}
            </span>
          </p>
          {reading.fields.length === 0 ? null : (
            <dl className="facts">
              {reading.fields.map((field) => (
                <div key={`${field.name} ${field.value}`} className="facts__row">
                  <dt>{field.name}</dt>
                  <dd>
                    <bdi dir="ltr" className="serial">{field.value}</bdi>
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </div>
      ))}
    </section>
  )
}
