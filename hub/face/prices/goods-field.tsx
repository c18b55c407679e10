import { useState } from 'react'
import type { GoodsChosen } from '../../../contract/promotion.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { ProductChoice } from '../parts/product-choice.tsx'
import { useFaceWords } from '../words/use-face-words.ts'

const listed = (text: string): string[] => text.split(',').map((part) => part.trim()).filter((part) => part !== '')

/** Without the kinds of goods that nothing was chosen of. */
export const chosenGoods = ({ products = [], categories = [], brands = [] }: GoodsChosen): GoodsChosen => ({
  ...(products.length > 0 ? { products } : {}), ...(categories.length > 0 ? { categories } : {}), ...(brands.length > 0 ? { brands } : {}),
})

/** Which goods something is about: single articles, whole categories, whole brands; any of them is enough. */
export function GoodsField({ of, onChange }: { of: GoodsChosen; onChange: (of: GoodsChosen) => void }) {
  const { t } = useFaceWords()
  const products = of.products ?? []
  return (
    <fieldset className="goods form form--two">
      <legend className="field__label">{t('offers.goods')}</legend>
      <ProductChoice chosen={null} onChoose={(id) => (id === null || products.includes(id) ? undefined : onChange({ ...of, products: [...products, id] }))} />
      <div className="pair">
        <Names label={t('offers.categories')} names={of.categories ?? []} onChange={(categories) => onChange({ ...of, categories })} />
        <Names label={t('offers.brands')} names={of.brands ?? []} onChange={(brands) => onChange({ ...of, brands })} />
      </div>
      {products.length === 0 ? null : (
        <div className="row row--wrap">
          <span className="muted">{t('offers.products', { count: products.length })}</span>
          <Button tone="quiet" onPress={() => onChange({ ...of, products: [] })}>{t('offers.forget')}</Button>
        </div>
      )}
    </fieldset>
  )
}

/** Several names in one field. What is typed stays as it is typed: a comma is no name yet. */
function Names({ label, names, onChange }: { label: string; names: readonly string[]; onChange: (names: string[]) => void }) {
  const [text, setText] = useState(names.join(', '))
  return (
    <Field
      label={label}
      value={text}
      onChange={(next) => {
        setText(next)
        onChange(listed(next))
      }}
    />
  )
}
