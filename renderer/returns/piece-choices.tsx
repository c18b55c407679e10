import type { Condition } from '../../contract/unit.ts'
import { KEYS } from '../keys/keymap.ts'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { useWords } from '../words/words-context.tsx'

interface ChoiceOf<Id> {
  readonly chosen: Id | null
  readonly choices: readonly Id[]
  readonly onChoose: (id: Id) => void
}

/** Why a piece comes back; the reasons are the policy's, one key each. */
export function ReturnReason({ chosen, choices, onChoose }: ChoiceOf<string>) {
  const words = useWords()
  return (
    <ChoiceGroup
      label={words.say('return.reason')}
      chosen={chosen}
      keys={KEYS.returnReasons}
      choices={choices.map((id) => ({ id, words: words.sayCode(`return-reason.${id}`, {}, id) }))}
      onChoose={onChoose}
    />
  )
}

/** How a piece is found to be, one key each. */
export function PieceCondition({ chosen, choices, onChoose }: ChoiceOf<Condition>) {
  const words = useWords()
  return (
    <ChoiceGroup
      label={words.say('return.condition')}
      chosen={chosen}
      keys={KEYS.returnConditions}
      choices={choices.map((id) => ({ id, words: words.say(`condition.${id}`) }))}
      onChoose={onChoose}
    />
  )
}
