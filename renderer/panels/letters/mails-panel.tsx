import { RotateCw, Settings2, X } from 'lucide-react'
import { useState } from 'react'
import { useDesk, useDeskStore, useMay } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useWords } from '../../words/words-context.tsx'
import { MailLine } from './email-paper.tsx'
import { MailSettingsForm } from './mail-settings-form.tsx'

/** Letters to customers: which are out, which wait and for what; and how they leave the shop. */
export function MailsPanel({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const store = useDeskStore()
  const { revision } = useDesk()
  const maySet = useMay('settings')
  const [sets, setSets] = useState(false)
  const mails = useAnswer((core) => core.papers.mails(), revision)
  if (sets) return <MailSettingsForm onClose={() => setSets(false)} />
  return (
    <Dialog title={words.say('mails.title')} onClose={onClose}>
      {mails !== null && mails.length === 0 ? <p className="muted">{words.say('mails.none')}</p> : null}
      <ul className="rows">
        {(mails ?? []).map((mail) => (
          <li key={mail.mailId} className="card mail-row">
            <div className="mail-row__words">
              <strong><bdi>{mail.number}</bdi></strong> <span className="muted">{words.instant(mail.at)}</span>
              <MailLine mail={mail} />
            </div>
            {mail.state === 'waiting' || mail.state === 'refused' ? (
              <>
                <Button icon={RotateCw} onPress={() => void store.ask((core) => core.papers.actMail({ mailId: mail.mailId, act: 'try-again' }))}>
                  {words.say('mails.again')}
                </Button>
                <Button tone="quiet" icon={X} onPress={() => void store.ask((core) => core.papers.actMail({ mailId: mail.mailId, act: 'give-up' }))}>
                  {words.say('mails.give-up')}
                </Button>
              </>
            ) : null}
          </li>
        ))}
      </ul>
      <footer className="dialog__feet">
        {maySet ? <Button icon={Settings2} onPress={() => setSets(true)}>{words.say('mails.settings')}</Button> : null}
        <Button onPress={onClose}>{words.say('app.close')}</Button>
      </footer>
    </Dialog>
  )
}
