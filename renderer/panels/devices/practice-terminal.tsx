import type { PracticeDeed, PracticeView } from '../../../contract/device-view.ts'
import { PracticeCustomer, PracticeLineEnds } from '../../../contract/device-view.ts'
import { useDesk } from '../../desk/desk-context.ts'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { useWords } from '../../words/words-context.tsx'

type Terminal = NonNullable<PracticeView['terminal']>

/** What the customer and the cable do in the next payment at the practice terminal. */
export function PracticeTerminal({ terminal, act }: { terminal: Terminal; act: (deed: PracticeDeed) => void }) {
  const words = useWords()
  const { currency } = useDesk().store
  return (
    <div className="stack">
      <p className="device__name">
        {words.say('devices.practice-terminal', { amount: words.money(terminal.taken_cents, currency) })}
      </p>
      <ChoiceGroup
        label={words.say('devices.practice-customer')}
        chosen={terminal.customer}
        choices={PracticeCustomer.options.map((id) => ({ id, words: words.say(`practice-customer.${id}`) }))}
        onChoose={(customer) => act({ do: 'terminal', customer })}
      />
      <ChoiceGroup
        label={words.say('devices.practice-line')}
        chosen={terminal.lineEnds}
        choices={PracticeLineEnds.options.map((id) => ({ id, words: words.say(`practice-line.${id}`) }))}
        onChoose={(lineEnds) => act({ do: 'terminal', lineEnds })}
      />
      <label className="tick">
        <input
          type="checkbox"
          checked={terminal.tellsLast}
          onChange={(event) => act({ do: 'terminal', tellsLast: event.target.checked })}
        />
        {words.say('devices.practice-tells-last')}
      </label>
      <label className="tick">
        <input
          type="checkbox"
          checked={terminal.plugged}
          onChange={(event) => act({ do: 'terminal', plugged: event.target.checked })}
        />
        {words.say('devices.practice-plugged', { role: words.say('device-role.terminal') })}
      </label>
    </div>
  )
}
