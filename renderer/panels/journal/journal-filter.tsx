import { useState } from 'react'
import type { ReactNode } from 'react'
import type { JournalGroup, JournalQuery } from '../../../contract/day-journal.ts'
import { useDesk } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { amountOf } from '../../parts/amount-field.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { DayField } from '../../parts/day-field.tsx'
import { useWords } from '../../words/words-context.tsx'

interface JournalFilterProps {
  readonly groups: readonly JournalGroup[]
  readonly query: JournalQuery
  readonly onQuery: (query: JournalQuery) => void
  /** What can be done with all that is found. */
  readonly children: ReactNode
}

/** Narrows the journal: by words, kind, person, days and the size of the amount. What is empty asks for nothing. */
export function JournalFilter({ groups, query, onQuery, children }: JournalFilterProps) {
  const words = useWords()
  const people = useAnswer((core) => core.money.people(), 0)
  const change = (part: Partial<JournalQuery>) => onQuery({ ...query, ...part })
  return (
    <div className="journal-filter">
      <div className="journal-filter__first">
        <label className="field journal-filter__text">
          <span className="field__label">{words.say('journal.find')}</span>
          <input
            className="field__input"
            type="text"
            dir="auto"
            value={query.text}
            maxLength={128}
            autoComplete="off"
            autoFocus
            onChange={(event) => change({ text: event.target.value })}
          />
        </label>
        {children}
      </div>
      <ChoiceGroup
        label={words.say('journal.what')}
        chosen={query.group ?? 'all'}
        choices={[{ id: 'all' as const, words: words.say('journal.all') }, ...groups.map((group) => ({ id: group, words: words.say(`journal-group.${group}`) }))]}
        onChoose={(group) => change({ group: group === 'all' ? null : group })}
      />
      <div className="journal-filter__more">
        <label className="field">
          <span className="field__label">{words.say('journal.who')}</span>
          <select className="field__input" value={query.staffId ?? ''} onChange={(event) => change({ staffId: event.target.value === '' ? null : event.target.value })}>
            <option value="">{words.say('journal.everybody')}</option>
            {(people ?? []).map((person) => (
              <option key={person.staffId} value={person.staffId}>
                {person.name}
              </option>
            ))}
          </select>
        </label>
        <DayField label={words.say('journal.from')} day={query.from} onDay={(from) => change({ from })} />
        <DayField label={words.say('journal.to')} day={query.to} onDay={(to) => change({ to })} />
        <SumField label={words.say('journal.least')} onSum={(least_cents) => change({ least_cents })} />
        <SumField label={words.say('journal.most')} onSum={(most_cents) => change({ most_cents })} />
      </div>
    </div>
  )
}

/** What is half typed is no amount yet, and narrows nothing. */
function SumField({ label, onSum }: { label: string; onSum: (sum: JournalQuery['least_cents']) => void }) {
  const { currency } = useDesk().store
  const [text, setText] = useState('')
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        className="field__input"
        type="text"
        inputMode="decimal"
        dir="ltr"
        value={text}
        maxLength={24}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value)
          onSum(event.target.value.trim() === '' ? null : amountOf(event.target.value, currency))
        }}
      />
    </label>
  )
}
