import { ImagePlus, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Language } from '../../contract/ids.ts'
import { LOGO_BYTES_MAX, type PaperTemplate } from '../../contract/paper-template.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { useWords } from '../words/words-context.tsx'
import { logoFrom } from './logo-picture.ts'

const SPOKEN = Object.keys(LANGUAGES) as Language[]

interface TemplateFieldsProps {
  readonly template: PaperTemplate
  /** Where the design stands in the rules of the shop; left out: it is this till's own. */
  readonly rule?: string
  readonly onTemplate: (template: PaperTemplate) => void
}

/** What can be chosen of a paper: picture, lines above and below, language, and whether warranty receipts come with it. */
export function TemplateFields({ template, rule, onTemplate }: TemplateFieldsProps) {
  const { say } = useWords()
  const of = (...names: (keyof PaperTemplate | 'logo.png' | 'logo.name')[]) => (rule === undefined ? undefined : names.map((name) => `${rule}.${name}`).join(' '))
  return (
    <>
      <div data-rule={of('logo.name', 'logo.png')}><Logo template={template} onChange={(logo) => onTemplate({ ...template, logo })} /></div>
      <div data-rule={of('header')}><Lines label={say('template.header')} lines={template.header} most={6} onLines={(header) => onTemplate({ ...template, header })} /></div>
      <div data-rule={of('footer')}><Lines label={say('template.footer')} lines={template.footer} most={10} onLines={(footer) => onTemplate({ ...template, footer })} /></div>
      <div data-rule={of('language')}>
        <ChoiceGroup
          label={say('papers.language')}
          chosen={template.language ?? 'till'}
          choices={[{ id: 'till', words: say('customer.language-till') }, ...SPOKEN.map((one) => ({ id: one, words: LANGUAGES[one].ownName }))]}
          onChoose={(id) => onTemplate({ ...template, language: SPOKEN.find((one) => one === id) ?? null })}
        />
      </div>
      <div data-rule={of('warrantyWithSale')}>
        <ChoiceGroup
          label={say('template.warranty')}
          chosen={template.warrantyWithSale}
          choices={(['by-law', 'always', 'never'] as const).map((id) => ({ id, words: say(`template-warranty.${id}`) }))}
          onChoose={(warrantyWithSale) => onTemplate({ ...template, warrantyWithSale })}
        />
      </div>
    </>
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
