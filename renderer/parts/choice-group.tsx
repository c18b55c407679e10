import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'

interface ChoiceGroupProps<Id extends string> {
  readonly label: string
  readonly chosen: Id | null
  readonly choices: readonly { readonly id: Id; readonly words: string }[]
  readonly size?: 'medium' | 'huge'
  readonly onChoose: (id: Id) => void
}

/** One of a few, all of them visible: arrow keys walk, a touch chooses. */
export function ChoiceGroup<Id extends string>(props: ChoiceGroupProps<Id>) {
  const { label, chosen, choices, size = 'medium', onChoose } = props
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
        onSelectionChange={(keys) => {
          const choice = choices.find((one) => keys.has(one.id))
          if (choice !== undefined) onChoose(choice.id)
        }}
      >
        {choices.map((choice) => (
          <ToggleButton key={choice.id} id={choice.id} className="choice">
            {choice.words}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  )
}
