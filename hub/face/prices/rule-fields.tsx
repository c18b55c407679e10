import { useState } from 'react'
import { cents } from '../../../contract/money.ts'
import type { PromotionRule } from '../../../contract/promotion.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { amountOf, amountText } from '../parts/amounts.ts'
import { Field } from '../parts/field.tsx'
import { useFaceWords } from '../words/use-face-words.ts'
import { chosenGoods, GoodsField } from './goods-field.tsx'

const PARTS_MAX = 12

/** What a promotion gives, and on which goods. What cannot be read as a number counts as nothing, and is not saved. */
export function RuleFields({ rule, onChange }: { rule: PromotionRule; onChange: (rule: PromotionRule) => void }) {
  const { t } = useFaceWords()
  switch (rule.is) {
    case 'percent':
      return (
        <>
          <Amount label={t('offers.percent')} value={rule.off_bp} onChange={(off_bp) => onChange({ ...rule, off_bp: Math.min(10_000, off_bp) })} />
          <GoodsField of={rule.of} onChange={(of) => onChange({ ...rule, of: chosenGoods(of) })} />
        </>
      )
    case 'amount':
      return (
        <>
          <Amount label={t('offers.amount')} value={rule.off_cents} onChange={(off) => onChange({ ...rule, off_cents: cents(off) })} />
          <GoodsField of={rule.of} onChange={(of) => onChange({ ...rule, of: chosenGoods(of) })} />
        </>
      )
    case 'n-for-m':
      return (
        <>
          <div className="form form--two">
            <Count label={t('offers.take')} value={rule.take} onChange={(take) => onChange({ ...rule, take })} />
            <Count label={t('offers.pay')} value={rule.pay} onChange={(pay) => onChange({ ...rule, pay })} />
          </div>
          <GoodsField of={rule.of} onChange={(of) => onChange({ ...rule, of: chosenGoods(of) })} />
        </>
      )
    case 'bundle':
      return <BundleFields rule={rule} onChange={onChange} />
    default:
      return unreachable(rule)
  }
}

function BundleFields({ rule, onChange }: { rule: Extract<PromotionRule, { is: 'bundle' }>; onChange: (rule: PromotionRule) => void }) {
  const { t } = useFaceWords()
  const part = (place: number, change: Partial<(typeof rule.parts)[number]>) =>
    onChange({ ...rule, parts: rule.parts.map((one, n) => (n === place ? { ...one, ...change } : one)) })
  return (
    <>
      <Amount label={t('offers.together')} value={rule.price_cents} onChange={(price) => onChange({ ...rule, price_cents: cents(price) })} />
      {rule.parts.map((one, place) => (
        // Parts have no names of their own, and none moves.
        <div key={place} className="form">
          <Count label={t('offers.part', { number: place + 1 })} value={one.count} onChange={(count) => part(place, { count })} />
          <GoodsField of={one.of} onChange={(of) => part(place, { of: chosenGoods(of) })} />
        </div>
      ))}
      <div className="row">
        {rule.parts.length >= PARTS_MAX ? null : <Button onPress={() => onChange({ ...rule, parts: [...rule.parts, { of: {}, count: 1 }] })}>{t('offers.one-part-more')}</Button>}
        {rule.parts.length <= 1 ? null : <Button onPress={() => onChange({ ...rule, parts: rule.parts.slice(0, -1) })}>{t('offers.one-part-less')}</Button>}
      </div>
    </>
  )
}

interface NumberProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
}

/** Hundredths, typed as a person writes them. */
const Amount = (props: NumberProps) => <Typed {...props} inputMode="decimal" write={amountText} read={(text) => amountOf(text) ?? 0} />

const Count = (props: NumberProps) => (
  <Typed {...props} inputMode="numeric" write={String} read={(text) => (/^[1-9]\d?$/u.test(text.trim()) ? Number(text) : 1)} />
)

interface TypedProps extends NumberProps {
  readonly inputMode: 'decimal' | 'numeric'
  readonly write: (value: number) => string
  readonly read: (text: string) => number
}

/** A number whose text stays as it is typed. */
function Typed({ label, value, onChange, inputMode, write, read }: TypedProps) {
  const [text, setText] = useState(write(value))
  return (
    <Field
      label={label}
      value={text}
      inputMode={inputMode}
      isCode
      onChange={(next) => {
        setText(next)
        onChange(read(next))
      }}
    />
  )
}
