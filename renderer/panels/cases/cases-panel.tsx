import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import { useDesk } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'

/** Everything a colleague has to look at: refusals, exceptions, quiet hits. */
export function CasesPanel({ openPanel, onClose }: { openPanel: OpenPanel; onClose: () => void }) {
  const words = useWords()
  const { revision } = useDesk()
  const [show, setShow] = useState<'open' | 'all'>('open')
  const rows = useAnswer((core) => core.cases.list({ show }), `${show} ${revision}`)
  return (
    <Dialog title={words.say('case.list')} width="wide" onClose={onClose}>
      <ChoiceGroup
        label={words.say('case.list')}
        chosen={show}
        choices={[{ id: 'open', words: words.say('case.show-open') }, { id: 'all', words: words.say('case.show-all') }]}
        onChoose={setShow}
      />
      {rows?.length === 0 ? <p className="prose">{words.say('case.none')}</p> : null}
      <ul className="rows">
        {(rows ?? []).map((row) => (
          <li key={row.caseId}>
            <button type="button" className="row-button" onClick={() => openPanel({ name: 'case', caseId: row.caseId })}>
              <FolderOpen size={20} aria-hidden />
              <span className="row-button__main">
                <span>
                  {words.sayCode(`case-kind.${row.kind}`, {}, row.kind)} · <bdi>{row.what}</bdi>
                </span>
                <span className="muted">
                  {words.say('case.title', { number: row.number })} · {words.instant(row.at)} · {words.say('case.photos-count', { count: row.photos })}
                </span>
              </span>
              {row.state === 'closed' ? <span className="chip">{words.say('case.closed')}</span> : null}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
