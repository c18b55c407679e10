import type { Policy } from '../../../contract/policy.ts'
import { useWords } from '../../words/words-context.tsx'
import type { PartProps } from './part-props.ts'
import { Choice } from './policy-fields.tsx'

/** What holds where the shop has said nothing: what was broken stops, what is unread asks. */
const FIRST: NonNullable<Policy['sensors']> = { broken: 'stop', unread: 'ask' }

/** What becomes of the sale of a piece that sensors speak against, or of which they say nothing. */
export function SensorRules({ draft, onDraft }: PartProps) {
  const { say } = useWords()
  const rules = draft.sensors ?? FIRST
  const choices = [{ id: 'ask', words: say('policy.sensors-ask') }, { id: 'stop', words: say('policy.sensors-stop') }] as const
  return (
    <>
      <Choice rule="sensors.broken" label={say('policy.sensors-broken')} chosen={rules.broken} choices={choices} onChoose={(broken) => onDraft({ ...draft, sensors: { ...rules, broken } })} />
      <Choice rule="sensors.unread" label={say('policy.sensors-unread')} chosen={rules.unread} choices={choices} onChoose={(unread) => onDraft({ ...draft, sensors: { ...rules, unread } })} />
    </>
  )
}
