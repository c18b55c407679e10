import { Plus } from 'lucide-react'
import type { KioskSlot } from '../../../contract/policy.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { categoryChoices } from './category-words.ts'
import { Checks, TextField } from './policy-fields.tsx'
import { useRowNames } from './row-names.ts'
import { WholeNumber } from './typed-fields.tsx'

const NAME_MAX = 24
const HOLDS_FIRST = 10
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

interface KioskSlotsProps {
  readonly slots: readonly KioskSlot[]
  readonly categories: readonly string[]
  readonly onSlots: (slots: KioskSlot[]) => void
}

/** The openings of a kiosk: what each takes and how much, and what no opening takes. */
export function KioskSlots({ slots, categories, onSlots }: KioskSlotsProps) {
  const words = useWords()
  const { say } = words
  const put = (place: number, change: Partial<KioskSlot>) => onSlots(slots.map((slot, n) => (n === place ? { ...slot, ...change } : slot)))
  const rows = useRowNames(slots.length)
  const remove = (place: number) => {
    rows.remove(place)
    onSlots(slots.toSpliced(place, 1))
  }
  const moveEarlier = (place: number) => {
    rows.moveEarlier(place)
    onSlots(slots.toSpliced(place - 1, 2, ...slots.slice(place - 1, place + 1).reverse()))
  }
  const names = slots.map(({ name }) => name)
  const homeless = slots.some((slot) => slot.categories.includes('*')) ? [] : categories.filter((category) => !slots.some((slot) => slot.categories.includes(category)))
  const all = categoryChoices(words, categories)
  return (
    <section className="policy__part">
      <h4>{say('policy.slots')}</h4>
      <p className="muted">{say(slots.length === 0 ? 'policy.slots-none' : 'policy.slots-text')}</p>
      {slots.map((slot, place) => (
        <fieldset key={rows.nameAt(place)} className="policy__entry">
          <legend>{say('policy.slot', { name: slot.name })}</legend>
          <div className="policy__row">
            <TextField
              rule="kiosk.slots[].name" label={say('policy.slot-name')} value={slot.name} most={NAME_MAX} hint={say('policy.slot-name-hint')}
              wrong={slot.name.trim() === '' ? say('policy.needed') : names.indexOf(slot.name) === place ? null : say('policy.name-twice')}
              onText={(name) => put(place, { name })}
            />
            <WholeNumber rule="kiosk.slots[].holds" label={say('policy.slot-holds')} value={slot.holds} least={1} most={999} onValue={(holds) => put(place, { holds })} />
          </div>
          <Checks rule="kiosk.slots[].categories" label={say('policy.slot-takes')} all={all} chosen={slot.categories} onChosen={(chosen) => put(place, { categories: chosen })} />
          {slot.categories.length > 0 ? null : <p className="policy__wrong" role="alert">{say('policy.choose-one')}</p>}
          <div className="row">
            <Button tone="quiet" isDisabled={place === 0} onPress={() => moveEarlier(place)}>{say('policy.slot-earlier')}</Button>
            <Button tone="quiet" onPress={() => remove(place)}>{say('policy.remove')}</Button>
          </div>
        </fieldset>
      ))}
      {slots.length === 0 || homeless.length === 0 ? null : <p className="policy__wrong">{say('policy.slots-homeless', { categories: homeless.join(', ') })}</p>}
      <Button tone="quiet" icon={Plus} onPress={() => onSlots([...slots, { name: freeName(names), categories: ['*'], holds: HOLDS_FIRST }])}>{say('policy.slot-add')}</Button>
    </section>
  )
}

/** The next letter nobody has; behind the alphabet a number. */
const freeName = (names: readonly string[]): string => [...LETTERS].find((letter) => !names.includes(letter)) ?? String(names.length + 1)
