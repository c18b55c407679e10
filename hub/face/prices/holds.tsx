import { useState } from 'react'
import { DayField } from '../../../renderer/parts/day-field.tsx'
import type { PriceList } from '../../contract/price-calls.ts'
import type { Store } from '../../contract/shop-calls.ts'
import { Choice, Field } from '../parts/field.tsx'
import { useFaceWords, type FaceWords } from '../words/use-face-words.ts'
import { readRank } from './rank-text.ts'

export type Holds = Omit<PriceList, 'id'>

export const HOLDS_ALWAYS: Holds = { name: '', storeId: null, fromDay: null, untilDay: null, rank: 0 }

/** Where and when something holds, in a line of a table. */
export function holdsText({ storeId, fromDay, untilDay }: Holds, stores: readonly Store[], { t, date }: FaceWords): string {
  const store = storeId === null ? t('common.all-stores') : (stores.find(({ id }) => id === storeId)?.name ?? storeId)
  const from = fromDay === null ? '' : t('prices.from-day', { date: date(fromDay) })
  const until = untilDay === null ? '' : t('prices.until-day', { date: date(untilDay) })
  return [store, from, until].filter((part) => part !== '').join(' · ')
}

interface HoldsFieldsProps {
  readonly draft: Holds
  readonly stores: readonly Store[]
  readonly onChange: (change: Partial<Holds>) => void
}

export function HoldsFields({ draft, stores, onChange }: HoldsFieldsProps) {
  const { t } = useFaceWords()
  return (
    <>
      <Field label={t('prices.name')} value={draft.name} onChange={(name) => onChange({ name })} autoFocus />
      <Choice
        label={t('common.store')}
        value={draft.storeId ?? ''}
        choices={[{ id: '', words: t('common.all-stores') }, ...stores.map(({ id, name }) => ({ id, words: name }))]}
        onChange={(id) => onChange({ storeId: id === '' ? null : id })}
      />
      <DayField label={t('prices.from')} day={draft.fromDay} onDay={(fromDay) => onChange({ fromDay })} />
      <DayField label={t('prices.until')} day={draft.untilDay} onDay={(untilDay) => onChange({ untilDay })} />
      <Rank value={draft.rank} onChange={(rank) => onChange({ rank })} />
    </>
  )
}

/** The text is kept as it is typed, so that a minus can stand alone; a keypad of digits, which has none, is not asked for. */
function Rank({ value, onChange }: { value: number; onChange: (rank: number) => void }) {
  const { t } = useFaceWords()
  const [text, setText] = useState(String(value))
  return (
    <Field
      label={t('prices.rank')}
      hint={t('prices.rank-hint')}
      value={text}
      isCode
      onChange={(next) => {
        const rank = readRank(next)
        if (rank === null) return
        setText(next)
        onChange(rank)
      }}
    />
  )
}
