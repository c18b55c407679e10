import { useState } from 'react'
import { productName } from '../../../contract/product-name.ts'
import { hub } from '../client.ts'
import { useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { Choice, Field } from './field.tsx'

const FOUND_MAX = 20

/** A product by some words of it: type, then choose among what is found. */
export function ProductChoice({ chosen, onChoose }: { chosen: string | null; onChoose: (id: string | null) => void }) {
  const { t } = useFaceWords()
  const [text, setText] = useState('')
  const found = useCall(() => hub.catalogue.products({ text, limit: FOUND_MAX }), [text])
  const choices = (found.value?.rows ?? []).map((row) => ({ id: row.id, words: productName(row) }))
  return (
    <div className="pair">
      <Field label={t('common.find-product')} type="search" value={text} onChange={setText} />
      <Choice label={t('common.product')} value={chosen ?? ''} choices={[{ id: '', words: t('common.choose') }, ...choices]} onChange={(id) => onChoose(id === '' ? null : id)} />
    </div>
  )
}
