import { useState } from 'react'
import type { ActReasonCode } from '../../contract/words/codes.ts'
import { useWords } from '../words/words-context.tsx'
import { ChoiceGroup } from './choice-group.tsx'

/** A letter each, because digits belong to PINs and amounts. */
const KEYS_OF_REASONS = ['a', 'b', 'c', 'd', 'e', 'f'] as const

interface ReasonChoiceProps {
  readonly codes: readonly ActReasonCode[]
  /** The reason in words, as it will stand in the journal; empty while nothing was said. */
  readonly said: string
  readonly onSay: (reason: string) => void
}

/** Why something is done that is not done every day: one key for what is usual, a line for everything else. */
export function ReasonChoice({ codes, said, onSay }: ReasonChoiceProps) {
  const words = useWords()
  const [own, setOwn] = useState('')
  const chosen = codes.find((code) => words.say(`act-reason.${code}`) === said) ?? null
  return (
    <div className="stack">
      <ChoiceGroup
        label={words.say('step-up.reason')}
        chosen={chosen}
        keys={KEYS_OF_REASONS}
        choices={codes.map((code) => ({ id: code, words: words.say(`act-reason.${code}`) }))}
        onChoose={(code) => {
          setOwn('')
          onSay(words.say(`act-reason.${code}`))
        }}
      />
      <label className="field">
        <span className="field__label">{words.say('step-up.other-reason')}</span>
        <input
          className="field__input"
          type="text"
          value={own}
          maxLength={200}
          autoComplete="off"
          dir="auto"
          onChange={(event) => {
            setOwn(event.target.value)
            onSay(event.target.value)
          }}
        />
      </label>
    </div>
  )
}
