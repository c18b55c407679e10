import { useState } from 'react'
import { numbersIn } from '../../contract/numbers-in.ts'
import type { NumberList } from '../../contract/shop-calls.ts'
import { hub } from '../client.ts'
import { useAct } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { TextArea } from './field.tsx'
import { FileButton } from './file-button.tsx'
import { RowTroubles } from './row-troubles.tsx'
import { TroubleLine } from './trouble-line.tsx'

interface NumbersFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Numbers typed, pasted or added from a file; what was in the file is said before anything is saved. */
export function NumbersField({ label, value, onChange }: NumbersFieldProps) {
  const { t } = useFaceWords()
  const [read, setRead] = useState<(NumberList & { readonly file: string }) | null>(null)
  const { act, busy, trouble } = useAct()
  const take = (file: File) => act(() => hub.lists.readNumbers({ file }), (list) => {
    setRead({ ...list, file: file.name })
    onChange([...new Set([...numbersIn(value), ...list.numbers])].join('\n'))
  })
  return (
    <div className="numbers">
      <TextArea label={label} value={value} onChange={onChange} />
      <div className="numbers__file">
        <FileButton isDisabled={busy} onFile={take}>{t('common.from-file')}</FileButton>
        <p className="muted">{t('numbers.hint')}</p>
      </div>
      <TroubleLine trouble={trouble} />
      {read === null ? null : (
        <p role="status">
          {t('numbers.read', { count: read.numbers.length, file: read.file })}
          {read.again === 0 ? null : ` ${t('numbers.again', { count: read.again })}`}
          {read.bad === 0 ? null : ` ${t('numbers.bad', { count: read.bad })}`}
        </p>
      )}
      {read === null || read.bad === 0 ? null : <RowTroubles rows={read.troubles} />}
    </div>
  )
}
