import { Save } from 'lucide-react'
import { useState } from 'react'
import { PaperTemplate } from '../../contract/paper-template.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Paper } from '../parts/paper.tsx'
import { useWords } from '../words/words-context.tsx'
import { TemplateFields } from './template-fields.tsx'

const WIDTHS = ['58mm', '80mm', 'a4'] as const

/** How the papers of this store look, with the paper beside it as it changes. */
export function TemplatePanel({ onClose }: { onClose: () => void }) {
  const { say } = useWords()
  const kept = useAnswer((core) => core.papers.template(), 0)
  return (
    <Dialog title={say('template.title')} width="wide" onClose={onClose}>
      {kept === null ? null : <Editor before={kept} onClose={onClose} />}
    </Dialog>
  )
}

function Editor({ before, onClose }: { before: PaperTemplate; onClose: () => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const { store: place } = useDesk()
  const [template, setTemplate] = useState(before)
  const [width, setWidth] = useState<(typeof WIDTHS)[number]>('80mm')
  const read = PaperTemplate.safeParse(template)
  const about = JSON.stringify(read.success ? read.data : before)
  const preview = useAnswer((core, asked) => core.papers.preview({ template: JSON.parse(asked) as PaperTemplate, language: null }), about)
  const save = () => {
    if (!read.success) return
    void store.ask((core) => core.papers.setTemplate(read.data)).then((done) => done !== null && onClose())
  }
  return (
    <div className="template">
      <div className="template__form">
        <p className="muted">{say('template.for', { store: place.name })}</p>
        <TemplateFields template={template} onTemplate={setTemplate} />
        <footer className="dialog__feet">
          <Button onPress={onClose}>{say('app.cancel')}</Button>
          <Button tone="primary" icon={Save} isDisabled={!read.success} onPress={save}>{say('template.keep')}</Button>
        </footer>
      </div>
      <div className="template__paper" data-width={width}>
        <ChoiceGroup label={say('template.width')} chosen={width} choices={WIDTHS.map((id) => ({ id, words: say(`template-width.${id}`) }))} onChoose={setWidth} />
        {preview === null ? null : <Paper document={preview} label={say('template.preview')} logo={template.logo?.png ?? null} />}
      </div>
    </div>
  )
}
