import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Policy } from '../../../contract/policy.ts'
import { LANGUAGES } from '../../../contract/words/languages.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import type { PartProps } from './part-props.ts'
import { TextField } from './policy-fields.tsx'
import { WholeNumber } from './typed-fields.tsx'

const MONTHS_MAX = 240
const AFTER_REPAIR_MAX = 120
/**
 * What a new country begins with: two years, one in which a fault counts as there from the start (Directive (EU)
 * 2019/771), and one more after a repair (Directive (EU) 2024/1799).
 */
const FIRST = { months: 24, presumedMonths: 12, afterRepairMonths: 12 }

/** What the law promises the buyer, by the country of the sale. */
export function GuaranteePart({ draft, onDraft }: PartProps) {
  const { say, language } = useWords()
  const [code, setCode] = useState('')
  const laws = draft.legalGuarantee
  const names = new Intl.DisplayNames(LANGUAGES[language].locale, { type: 'region' })
  const set = (legalGuarantee: Policy['legalGuarantee']) => onDraft({ ...draft, legalGuarantee })
  const put = (country: string, change: Partial<typeof FIRST>) => set({ ...laws, [country]: { ...(laws[country] ?? FIRST), ...change } })
  const isCode = /^[A-Z]{2}$/.test(code)
  return (
    <section className="policy__part">
      <p className="muted">{say('policy.guarantee-text')}</p>
      {Object.entries(laws).map(([country, { months, presumedMonths, afterRepairMonths = 0 }]) => (
        <fieldset key={country} className="policy__entry">
          <legend>{names.of(country) ?? country}</legend>
          <div className="policy__row policy__row--level">
            <WholeNumber rule="legalGuarantee.*.months" label={say('policy.guarantee-months')} value={months} most={MONTHS_MAX} onValue={(value) => put(country, { months: value })} />
            <WholeNumber rule="legalGuarantee.*.presumedMonths" label={say('policy.guarantee-presumed')} value={presumedMonths} most={MONTHS_MAX} onValue={(value) => put(country, { presumedMonths: value })} />
            <WholeNumber rule="legalGuarantee.*.afterRepairMonths" label={say('policy.guarantee-after-repair')} value={afterRepairMonths} most={AFTER_REPAIR_MAX} onValue={(value) => put(country, { afterRepairMonths: value })} />
          </div>
          <Button tone="quiet" onPress={() => set(Object.fromEntries(Object.entries(laws).filter(([one]) => one !== country)))}>{say('policy.remove')}</Button>
        </fieldset>
      ))}
      <div className="policy__row">
        <TextField
          rule="legalGuarantee.*.months" label={say('policy.guarantee-country')} hint={say('policy.guarantee-country-hint')} value={code} most={2} isCode
          wrong={code === '' || isCode ? null : say('policy.guarantee-country-hint')} onText={(text) => setCode(text.toUpperCase())}
        />
        <Button
          tone="quiet" icon={Plus} isDisabled={!isCode || laws[code] !== undefined}
          onPress={() => {
            put(code, {})
            setCode('')
          }}
        >
          {say('policy.guarantee-add')}
        </Button>
      </div>
    </section>
  )
}
