import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { DevicesView } from '../../../contract/device-view.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'

const PASSWORD_LENGTH = 8

/** The passwords that the shop's tags were written with. They go in here and come out nowhere. */
export function TagPasswords({ kept }: { kept: DevicesView['tagPasswords'] }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [access, setAccess] = useState('')
  const [kill, setKill] = useState('')
  const isWhole = [access, kill].every((text) => text.length === 0 || text.length === PASSWORD_LENGTH)
  const keep = () =>
    void store
      .ask((core) => core.devices.setTagPasswords({ access: access === '' ? null : access, kill: kill === '' ? null : kill }))
      .then(() => {
        setAccess('')
        setKill('')
      })
  return (
    <section className="stack">
      <p className="device__name">{say('devices.tag-passwords')}</p>
      <p className="muted prose">{say('devices.tag-passwords-hint')}</p>
      <div className="devices__tools">
        <PasswordField name={say('devices.tag-password-access')} isKept={kept.access} value={access} onChange={setAccess} />
        <PasswordField name={say('devices.tag-password-kill')} isKept={kept.kill} value={kill} onChange={setKill} />
        <Button icon={KeyRound} isDisabled={!isWhole} onPress={keep}>
          {say('devices.tag-passwords-keep')}
        </Button>
      </div>
    </section>
  )
}

function PasswordField(props: { name: string; isKept: boolean; value: string; onChange: (value: string) => void }) {
  const { say } = useWords()
  return (
    <label className="field">
      <span className="field__label">
        {props.name} {props.isKept ? `(${say('devices.tag-password-set')})` : ''}
      </span>
      <input
        className="field__input serial"
        type="text"
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        maxLength={PASSWORD_LENGTH}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value.toUpperCase().replaceAll(/[^0-9A-F]/g, ''))}
      />
    </label>
  )
}
