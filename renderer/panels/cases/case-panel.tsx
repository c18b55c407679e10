import { Download, FolderCheck, FolderOpen, List, PenLine } from 'lucide-react'
import { useState } from 'react'
import type { CaseFile } from '../../../contract/case-view.ts'
import type { Core } from '../../connect.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { UnitDetails, UnitStrip } from '../../parts/unit-panel.tsx'
import { Findings, VerdictHead } from '../../parts/verdict-panel.tsx'
import { PhotoStrip } from '../../returns/photo-strip.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { saveFile } from '../save-file.ts'

interface CasePanelProps {
  readonly caseId: string
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** The file of one case: what was decided and why, what was seen, what was written, and all of it to take away. */
export function CasePanel({ caseId, openPanel, onClose }: CasePanelProps) {
  const words = useWords()
  const store = useDeskStore()
  const [newer, setNewer] = useState<CaseFile | null>(null)
  const [text, setText] = useState('')
  const asked = useAnswer((core) => core.cases.file({ caseId }), caseId)
  const file = newer ?? asked
  const write = (call: (core: Core) => Promise<CaseFile>) =>
    void store.ask(call).then((now) => {
      if (now === null) return
      setNewer(now)
      setText('')
    })
  const save = () =>
    void store.ask((core) => core.cases.export({ caseId })).then((saved) => {
      if (saved === null) return
      saveFile(saved.name, saved.base64, 'text/html')
      write((core) => core.cases.file({ caseId }))
    })
  if (file === null) return null
  const said = text.trim()
  return (
    <Dialog title={words.say('case.title', { number: file.number })} width="wide" onClose={onClose}>
      <div className="case-file">
        <p>
          <strong>{words.sayCode(`case-kind.${file.kind}`, {}, file.kind)}</strong> · {words.instant(file.at)}
        </p>
        {file.quiet ? <p className="card tone tone--quiet">{words.say('case.quiet')}</p> : null}
        {file.unit === null ? null : <UnitStrip unit={file.unit} />}
        {file.verdict === null ? null : <VerdictHead verdict={file.verdict} />}
        <Seen file={file} />
        <PhotoStrip photos={file.photoNotes} wanted={0} onDrop={null} onShot={(base64) => write((core) => core.cases.photo({ caseId, shot: { base64 } }))} />
        <ol className="life">
          {file.entries.map((entry) => (
            <li key={`${entry.at} ${entry.kind} ${entry.text}`} className="life__entry" data-at-hub="true">
              <p className="life__what">
                {words.say(`case-entry.${entry.kind}`)} {entry.who}
              </p>
              {entry.text === '' ? null : (
                <p className="prose">
                  <bdi>{entry.text}</bdi>
                </p>
              )}
              <p className="life__when">{words.instant(entry.at)}</p>
            </li>
          ))}
        </ol>
        <label className="field">
          <span className="field__label">{words.say('case.note')}</span>
          <textarea className="field__input" rows={2} maxLength={2_000} dir="auto" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <div className="row row--wrap">
          {file.state === 'open' ? (
            <>
              <Button tone="primary" icon={PenLine} isDisabled={said === ''} onPress={() => write((core) => core.cases.note({ caseId, text: said }))}>
                {words.say('case.note-add')}
              </Button>
              <Button icon={FolderCheck} isDisabled={said === ''} onPress={() => write((core) => core.cases.close({ caseId, text: said }))}>
                {words.say('case.close-do')}
              </Button>
            </>
          ) : (
            <Button icon={FolderOpen} isDisabled={said === ''} onPress={() => write((core) => core.cases.reopen({ caseId, text: said }))}>
              {words.say('case.reopen-do')}
            </Button>
          )}
          <Button icon={Download} onPress={save}>
            {words.say('case.export')}
          </Button>
          <Button icon={List} onPress={() => openPanel({ name: 'cases' })}>
            {words.say('case.back')}
          </Button>
        </div>
        {file.verdict === null ? null : <Findings verdict={file.verdict} />}
        {file.unit === null ? null : <UnitDetails unit={file.unit} />}
      </div>
    </Dialog>
  )
}

/** What was looked at when it was opened. */
function Seen({ file }: { file: CaseFile }) {
  const words = useWords()
  if (file.answers.length + file.absent.length === 0) return null
  return (
    <dl className="facts card">
      {file.answers.map(({ id, good }) => (
        <div key={id} className="facts__row">
          <dt>{words.sayCode(`question-of.${id}`, {}, id)}</dt>
          <dd>{words.say(good ? 'return.yes' : 'return.no')}</dd>
        </div>
      ))}
      {file.absent.map((id) => (
        <div key={id} className="facts__row">
          <dt>{words.sayCode(`accessory.${id}`, {}, id)}</dt>
          <dd>{words.say('return.absent')}</dd>
        </div>
      ))}
    </dl>
  )
}
