import { EXAMPLE_MASK } from '../../../contract/identity/example-mask.ts'
import { maskLength } from '../../../contract/identity/mask.ts'
import { maskIn } from '../../../contract/identity/mask-schema.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { TextArea } from '../parts/field.tsx'
import { useFaceWords, type FaceWords } from '../words/use-face-words.ts'

/** How the maker numbers the pieces. What is written is told in words, or that it is no mask: that is left to no till to find. */
export function MaskField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const words = useFaceWords()
  const { t } = words
  const said = maskInWords(text, words)
  return (
    <div className="mask">
      <TextArea
        label={t('products.mask')} value={text} onChange={onChange} rows={3}
        hint={said ?? t('products.mask-hint')} trouble={text.trim() !== '' && said === null ? t('products.mask-wrong') : null}
      />
      {text.trim() === '' ? <Button tone="quiet" onPress={() => onChange(JSON.stringify(EXAMPLE_MASK))}>{t('products.mask-example')}</Button> : null}
    </div>
  )
}

/** Its length, and its parts with their own; null for what is no mask. */
function maskInWords(text: string, { t }: FaceWords): string | null {
  const mask = maskIn(text)
  if (mask === null) return null
  const parts = mask.fields.map(({ name, len, literal }) => (literal === undefined ? `${name} (${len})` : `“${literal}”`)).join(' · ')
  return t('products.mask-reads', { length: maskLength(mask), parts })
}
