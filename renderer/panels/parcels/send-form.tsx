import { Truck } from 'lucide-react'
import { useState } from 'react'
import type { ParcelsOfSale } from '../../../contract/parcel.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { SerialText } from '../../parts/unit-panel.tsx'
import { useWords } from '../../words/words-context.tsx'
import { AddressForm } from './address-form.tsx'

/** Which pieces of a sale are sent to their buyer, and where to. */
export function SendForm({ saleId, free, to }: { saleId: string } & Pick<ParcelsOfSale, 'free' | 'to'>) {
  const { say } = useWords()
  const store = useDeskStore()
  const [left, setLeft] = useState<readonly string[]>([])
  const unitIds = free.flatMap(({ unitId }) => (left.includes(unitId) ? [] : [unitId]))
  const toggle = (unitId: string) => setLeft(left.includes(unitId) ? left.filter((id) => id !== unitId) : [...left, unitId])
  return (
    <AddressForm
      label={say('parcels.send')} icon={Truck} first={to ?? {}} mayDo={unitIds.length > 0}
      onDone={(where) => void store.act((core) => core.parcels.act({ do: 'send', saleId, unitIds, to: where }))}
    >
      <fieldset className="stack parcel__pieces">
        <legend className="field__label">{say('parcels.which')}</legend>
        {free.map(({ unitId, name, serial }) => (
          <label key={unitId} className="tick">
            <input type="checkbox" checked={!left.includes(unitId)} onChange={() => toggle(unitId)} />
            <span>
              <bdi>{name}</bdi> <SerialText text={serial} />
            </span>
          </label>
        ))}
      </fieldset>
    </AddressForm>
  )
}
