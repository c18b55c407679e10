import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Language } from '../../../contract/ids.ts'
import type { OwnWords } from '../../../contract/own-words.ts'
import { LANGUAGES } from '../../../contract/words/languages.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { TextField } from './policy-fields.tsx'
import type { RulePath } from './typed-fields.tsx'

const WORDS_MAX = 200
const NAME_MAX = 60

interface OwnWordsProps {
  readonly rule: RulePath
  readonly own: OwnWords | undefined
  readonly onOwn: (own: OwnWords) => void
}

/** How it is said here, in each language the shop speaks; an empty one is said in the program's words, or in another language. */
export function OwnWordsFields({ rule, own = {}, onOwn }: OwnWordsProps) {
  const { say } = useWords()
  const put = (language: Language, text: string) => {
    const { [language]: _before, ...others } = own
    onOwn(text.trim() === '' ? others : { ...others, [language]: text })
  }
  return (
    <details className="policy__own">
      <summary>{say('policy.own-words')}</summary>
      <p className="muted">{say('policy.own-words-text')}</p>
      {Language.options.map((language) => (
        <TextField key={language} rule={rule} label={LANGUAGES[language].ownName} value={own[language] ?? ''} most={WORDS_MAX} onText={(text) => put(language, text)} />
      ))}
    </details>
  )
}

interface AddOwnProps {
  readonly rule: RulePath
  readonly label: string
  readonly taken: readonly string[]
  readonly onAdd: (own: { readonly id: string; readonly text: string }) => void
}

/** Something of the shop's own, by how it is said: the name it is kept under in evidence is made of the words. */
export function AddOwn({ rule, label, taken, onAdd }: AddOwnProps) {
  const { say } = useWords()
  const [text, setText] = useState('')
  const said = text.trim()
  const isTaken = taken.includes(said) || taken.includes(nameFor(said, taken))
  return (
    <div className="policy__row">
      <TextField rule={rule} label={label} value={text} most={NAME_MAX} wrong={said !== '' && isTaken ? say('policy.name-twice') : null} onText={setText} />
      <Button
        tone="quiet" icon={Plus} isDisabled={said === '' || isTaken}
        onPress={() => {
          onAdd({ id: nameFor(said, taken), text: said })
          setText('')
        }}
      >
        {say('policy.add-own')}
      </Button>
    </div>
  )
}

/** Small letters, digits and hyphens of what was typed; a number where nothing of it is left, as of Arabic words. */
export function nameFor(text: string, taken: readonly string[]): string {
  const stem = text.normalize('NFKD').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 40)
  if (stem !== '') return stem
  let number = 1
  while (taken.includes(`own-${number}`)) number += 1
  return `own-${number}`
}
