import { useState } from 'react'
import { PersonDetails, Purpose } from '../../../contract/customer.ts'
import { LANGUAGES } from '../../../contract/words/languages.ts'
import type { Language } from '../../../contract/ids.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { useWords } from '../../words/words-context.tsx'

/** The fields in the order in which a customer tells them. */
const FIELDS = [
  { name: 'name', type: 'text', most: 120 }, { name: 'phone', type: 'tel', most: 40 }, { name: 'email', type: 'email', most: 200 },
  { name: 'card', type: 'text', most: 64 }, { name: 'address', type: 'text', most: 300 }, { name: 'note', type: 'text', most: 400 },
] as const

const SPOKEN = Object.keys(LANGUAGES) as Language[]
const NOBODY: PersonDetails = { name: '', phone: '', email: '', card: '', address: '', note: '', language: null }

/** What was typed into a search is already the start of the form: an address, digits, or a name. */
export function detailsFrom(typed: string): PersonDetails {
  if (typed.includes('@')) return { ...NOBODY, email: typed }
  if (/^[+\d][\d\s()/.-]{4,}$/u.test(typed)) return { ...NOBODY, phone: typed }
  return { ...NOBODY, name: typed }
}

interface CustomerFormProps {
  readonly details: PersonDetails
  readonly consents: readonly Purpose[]
  readonly doLabel: string
  readonly onSave: (details: PersonDetails, consents: Purpose[]) => void
  readonly onCancel: () => void
}

/** One field is enough; nothing is asked for that the shop does not need, and each use is allowed by itself. */
export function CustomerForm({ details: before, consents: given, doLabel, onSave, onCancel }: CustomerFormProps) {
  const words = useWords()
  const [details, setDetails] = useState(before)
  const [consents, setConsents] = useState<readonly Purpose[]>(given)
  const read = PersonDetails.safeParse(details)
  const isEmpty = [details.name, details.phone, details.email, details.card].every((text) => text.trim() === '')
  const save = () => {
    if (read.success && !isEmpty) onSave(read.data, [...consents])
  }
  return (
    <form
      className="customer-form"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {FIELDS.map((field, place) => (
        <label key={field.name} className="field">
          <span className="field__label">{words.say(`customer-field.${field.name}`)}</span>
          <input
            className="field__input"
            type={field.type === 'email' ? 'text' : field.type}
            inputMode={field.type}
            dir="auto"
            value={details[field.name]}
            maxLength={field.most}
            autoComplete="off"
            spellCheck={false}
            autoFocus={place === 0}
            aria-invalid={!read.success && read.error.issues.some((issue) => issue.path[0] === field.name)}
            onChange={(event) => setDetails({ ...details, [field.name]: event.target.value })}
          />
        </label>
      ))}
      <ChoiceGroup
        label={words.say('customer.language')}
        chosen={details.language ?? 'till'}
        choices={[{ id: 'till', words: words.say('customer.language-till') }, ...SPOKEN.map((one) => ({ id: one, words: LANGUAGES[one].ownName }))]}
        onChoose={(id) => setDetails({ ...details, language: SPOKEN.find((one) => one === id) ?? null })}
      />
      <fieldset className="customer-form__consents">
        <legend className="field__label">{words.say('customer.consents')}</legend>
        {Purpose.options.map((purpose) => (
          <label key={purpose} className="tick">
            <input
              type="checkbox"
              checked={consents.includes(purpose)}
              onChange={(event) => setConsents(event.target.checked ? [...consents, purpose] : consents.filter((one) => one !== purpose))}
            />
            {words.say(`consent.${purpose}`)}
          </label>
        ))}
      </fieldset>
      {/* Enter in a form of several fields needs a button of its own kind to press. */}
      <button type="submit" hidden>{doLabel}</button>
      <footer className="dialog__feet">
        <Button onPress={onCancel}>{words.say('app.cancel')}</Button>
        <Button tone="primary" isDisabled={!read.success || isEmpty} onPress={save}>
          {doLabel}
        </Button>
      </footer>
    </form>
  )
}
