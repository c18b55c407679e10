import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { ParcelTo } from '../../../contract/parcel.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { LineField } from './line-field.tsx'

interface AddressFormProps {
  readonly label: string
  readonly icon: LucideIcon
  readonly first: Partial<ParcelTo>
  /** False while something else than the address is missing. */
  readonly mayDo?: boolean
  readonly onDone: (to: ParcelTo) => void
  readonly children?: ReactNode
}

/** To whom and where a parcel goes. */
export function AddressForm({ label, icon, first, mayDo = true, onDone, children }: AddressFormProps) {
  const { say } = useWords()
  const [name, setName] = useState(first.name ?? '')
  const [address, setAddress] = useState(first.address ?? '')
  const to = ParcelTo.safeParse({ name, address })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (to.success && mayDo) onDone(to.data)
  }
  return (
    <form className="stack" onSubmit={submit} aria-label={label}>
      {children}
      <LineField label={say('parcels.name')} value={name} most={120} onValue={setName} isFirst />
      <label className="field">
        <span className="field__label">{say('parcels.address')}</span>
        <textarea className="field__input" rows={3} dir="auto" value={address} maxLength={300} spellCheck={false} onChange={(event) => setAddress(event.target.value)} />
        <span className="muted">{say('parcels.address-hint')}</span>
      </label>
      <Button tone="primary" size="large" icon={icon} isDisabled={!to.success || !mayDo} onPress={() => to.success && onDone(to.data)}>{label}</Button>
    </form>
  )
}
