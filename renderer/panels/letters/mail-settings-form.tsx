import { useState } from 'react'
import { isSameMailServer, MailSettings } from '../../../contract/mail.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useWords } from '../../words/words-context.tsx'

const USUAL_PORT = { tls: 465, starttls: 587, none: 25 } as const
const EMPTY: MailSettings = { host: '', port: 465, security: 'tls', user: '', from: '' }

/** The shop's mail server. The password goes in and never comes out again. */
export function MailSettingsForm({ onClose }: { onClose: () => void }) {
  const kept = useAnswer((core) => core.papers.mailSettings(), 0)
  const { say } = useWords()
  return (
    <Dialog title={say('mails.settings')} onClose={onClose}>
      {kept === null ? null : <Form before={kept.settings ?? EMPTY} hasPassword={kept.hasPassword} onClose={onClose} />}
    </Dialog>
  )
}

function Form({ before, hasPassword, onClose }: { before: MailSettings; hasPassword: boolean; onClose: () => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [settings, setSettings] = useState(before)
  const [password, setPassword] = useState('')
  const read = MailSettings.safeParse(settings)
  const save = () => {
    if (!read.success) return
    const given = password === '' ? null : password
    void store.ask((core) => core.papers.setMailSettings({ settings: read.data, password: given })).then((done) => done !== null && onClose())
  }
  const text = (name: 'host' | 'user' | 'from', label: string) => (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        className="field__input"
        type="text"
        dir="ltr"
        value={settings[name]}
        maxLength={250}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setSettings({ ...settings, [name]: event.target.value })}
      />
    </label>
  )
  return (
    <form
      className="customer-form"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {text('from', say('mail-settings.from'))}
      {text('host', say('mail-settings.host'))}
      <ChoiceGroup
        label={say('mail-settings.security')}
        chosen={settings.security}
        choices={(['tls', 'starttls', 'none'] as const).map((id) => ({ id, words: say(`mail-security.${id}`) }))}
        onChoose={(security) => setSettings({ ...settings, security, port: USUAL_PORT[security] })}
      />
      <label className="field">
        <span className="field__label">{say('mail-settings.port')}</span>
        <input
          className="field__input"
          type="text"
          inputMode="numeric"
          dir="ltr"
          value={settings.port === 0 ? '' : String(settings.port)}
          maxLength={5}
          onChange={(event) => setSettings({ ...settings, port: Number(event.target.value.replaceAll(/\D/gu, '')) })}
        />
      </label>
      {text('user', say('mail-settings.user'))}
      <label className="field">
        <span className="field__label">{say('mail-settings.password')}</span>
        <input
          className="field__input"
          type="password"
          dir="ltr"
          value={password}
          maxLength={400}
          autoComplete="new-password"
          placeholder={hasPassword && isSameMailServer(before, settings) ? say('mail-settings.kept') : ''}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      {/* Enter in a form of several fields needs a button of its own kind to press. */}
      <button type="submit" hidden>{say('customer.keep')}</button>
      <footer className="dialog__feet">
        <Button onPress={onClose}>{say('app.cancel')}</Button>
        <Button tone="primary" isDisabled={!read.success} onPress={save}>{say('customer.keep')}</Button>
      </footer>
    </form>
  )
}
