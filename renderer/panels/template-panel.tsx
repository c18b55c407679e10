import { ImagePlus, Save, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Language } from '../../contract/ids.ts'
import { LOGO_BYTES_MAX, PaperTemplate } from '../../contract/paper-template.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Paper } from '../parts/paper.tsx'
import { useWords } from '../words/words-context.tsx'
import { logoFrom } from './logo-picture.ts'

const SPOKEN = Object.keys(LANGUAGES) as Language[]
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
        <Logo template={template} onChange={(logo) => setTemplate({ ...template, logo })} />
        <Lines label={say('template.header')} lines={template.header} most={6} onLines={(header) => setTemplate({ ...template, header })} />
        <Lines label={say('template.footer')} lines={template.footer} most={10} onLines={(footer) => setTemplate({ ...template, footer })} />
        <ChoiceGroup
          label={say('papers.language')}
          chosen={template.language ?? 'till'}
          choices={[{ id: 'till', words: say('customer.language-till') }, ...SPOKEN.map((one) => ({ id: one, words: LANGUAGES[one].ownName }))]}
          onChoose={(id) => setTemplate({ ...template, language: SPOKEN.find((one) => one === id) ?? null })}
        />
        <ChoiceGroup
          label={say('template.warranty')}
          chosen={template.warrantyWithSale}
          choices={(['by-law', 'always', 'never'] as const).map((id) => ({ id, words: say(`template-warranty.${id}`) }))}
          onChoose={(warrantyWithSale) => setTemplate({ ...template, warrantyWithSale })}
        />
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

interface LinesProps {
  readonly label: string
  readonly lines: readonly string[]
  readonly most: number
  readonly onLines: (lines: string[]) => void
}

/** A few lines of text, one a row of paper; what is beyond the last one is not taken. */
function Lines({ label, lines, most, onLines }: LinesProps) {
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <textarea
        className="field__input field__input--lines"
        rows={4}
        dir="auto"
        value={lines.join('\n')}
        maxLength={most * 200}
        onChange={(event) => onLines(event.target.value.split('\n').slice(0, most).map((line) => line.slice(0, 200)))}
      />
    </label>
  )
}

function Logo({ template, onChange }: { template: PaperTemplate; onChange: (logo: PaperTemplate['logo']) => void }) {
  const { say } = useWords()
  const chooser = useRef<HTMLInputElement>(null)
  const [trouble, setTrouble] = useState(false)
  const { logo } = template
  const take = (file: File | undefined) => {
    if (file === undefined) return
    void logoFrom(file, LOGO_BYTES_MAX).then((png) => {
      setTrouble(png === null)
      if (png !== null) onChange({ name: 'logo', png })
    })
  }
  return (
    <div className="field">
      <span className="field__label">{say('template.logo')}</span>
      <div className="row row--wrap">
        {logo === null ? null : <img className="template__logo" src={`data:image/png;base64,${logo.png}`} alt={say('template.logo')} />}
        <input ref={chooser} className="visually-hidden" type="file" accept="image/*" tabIndex={-1} aria-hidden onChange={(event) => take(event.target.files?.[0])} />
        <Button icon={ImagePlus} onPress={() => chooser.current?.click()}>{say('template.logo-choose')}</Button>
        {logo === null ? null : <Button tone="quiet" icon={Trash2} onPress={() => onChange(null)}>{say('template.logo-none')}</Button>}
      </div>
      {trouble ? <p className="field__trouble" role="alert">{say('template.logo-trouble')}</p> : null}
    </div>
  )
}
