import { useMay } from '../../desk/desk-context.ts'
import { Dialog } from '../../parts/dialog.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { AskedBefore } from './asked-before.tsx'
import { AuthorityForm } from './authority-form.tsx'

/** The police or a court asks about a number: the answer as a paper, and what was asked before. */
export function AuthoritiesPanel({ openPanel, onClose }: { openPanel: OpenPanel; onClose: () => void }) {
  const { say } = useWords()
  const seesPeople = useMay('see-customer')
  return (
    <Dialog title={say('authority.title')} width="wide" onClose={onClose}>
      <div className="service">
        <div className="service__main stack">
          <p className="muted prose">{say('authority.text')}</p>
          <AuthorityForm onAnswered={(documentId) => openPanel({ name: 'paper', documentId })} />
        </div>
        {seesPeople ? <AskedBefore openPanel={openPanel} /> : null}
      </div>
    </Dialog>
  )
}
