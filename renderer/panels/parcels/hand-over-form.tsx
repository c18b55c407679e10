import { Truck } from 'lucide-react'
import { useState } from 'react'
import type { FormEvent } from 'react'
import type { Parcel } from '../../../contract/parcel.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { useScanCatcher } from '../../desk/scan-route.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { LineField } from './line-field.tsx'

/** Who takes the parcel, and under which number. A scan is that number, whichever field has the focus. */
export function HandOverForm({ parcel, onDone }: { parcel: Parcel; onDone: () => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [carrier, setCarrier] = useState(parcel.carrier)
  const [tracking, setTracking] = useState('')
  useScanCatcher(setTracking)
  const isReady = carrier.trim() !== ''
  const handOver = () => {
    if (!isReady) return
    void store.act((core) => core.parcels.act({ do: 'hand-over', parcelId: parcel.parcelId, carrier, tracking })).then((done) => done && onDone())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    handOver()
  }
  return (
    <form className="stack" onSubmit={submit} aria-label={say('parcels.hand-over')}>
      <LineField label={say('parcels.carrier')} value={carrier} most={60} onValue={setCarrier} isFirst />
      <LineField label={say('parcels.tracking')} value={tracking} most={64} onValue={setTracking} isNumber />
      <Button tone="primary" icon={Truck} isDisabled={!isReady} onPress={handOver}>{say('parcels.hand-over')}</Button>
      {/* Enter in a field does it too: a form with several fields wants a button of its own for that. */}
      <input type="submit" hidden />
    </form>
  )
}
