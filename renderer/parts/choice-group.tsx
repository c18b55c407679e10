import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useHotkey } from '../keys/hotkeys.tsx'
import { untilNoScan } from '../keys/until-no-scan.ts'
import { KeyCap } from './key-cap.tsx'

interface ChoiceGroupProps<Id extends string> {
  readonly label: string
  readonly chosen: Id | null
  readonly choices: readonly { readonly id: Id; readonly words: string }[]
  readonly size?: 'medium' | 'huge'
  /** One key a choice, in their order, shown on them. */
  readonly keys?: readonly string[]
  readonly onChoose: (id: Id) => void
}

/** One of a few, all of them visible: arrow keys walk, a touch chooses. */
export function ChoiceGroup<Id extends string>(props: ChoiceGroupProps<Id>) {
  const { label, chosen, choices, size = 'medium', keys = [], onChoose } = props
  return (
    <div className={`choices choices--${size}`}>
      <p className="choices__label" aria-hidden>
        {label}
      </p>
      <ToggleButtonGroup
        className="choices__row"
        aria-label={label}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={chosen === null ? [] : [chosen]}
        onSelectionChange={(ids) => {
          const choice = choices.find((one) => ids.has(one.id))
          if (choice !== undefined) onChoose(choice.id)
        }}
      >
        {choices.map((choice, place) => (
          <ToggleButton
            key={choice.id}
            id={choice.id}
            className="choice"
            render={(own) => <button {...own} aria-keyshortcuts={keys[place]} />}
          >
            <span className="sentence">{choice.words}</span>
            {keys[place] === undefined ? null : <KeyCap name={keys[place]} />}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {choices.map((choice, place) =>
        keys[place] === undefined ? null : (
          <ChoiceKey key={choice.id} name={keys[place]} onPress={() => onChoose(choice.id)} />
        ))}
    </div>
  )
}

/**
 * Binds the key of a choice; draws nothing. A digit or a letter may also be the first sign of a scanner that types like
 * a keyboard: only when nothing follows at a scanner's pace was it a choice.
 */
function ChoiceKey({ name, onPress }: { name: string; onPress: () => void }) {
  const capital = name.toUpperCase()
  useHotkey(name, () => untilNoScan(onPress))
  useHotkey(capital === name ? null : capital, () => untilNoScan(onPress))
  return null
}
