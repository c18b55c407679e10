import { useState } from 'react'
import type { ParcelsOfSale } from '../../../contract/parcel.ts'
import { useDesk, useMay } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { ParcelCard, type AtParcel } from './parcel-card.tsx'
import { SendForm } from './send-form.tsx'

interface ParcelsPanelProps {
  readonly saleId: string | null
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** The parcels of one sale, with what of it may still be sent; without a sale all that this till knows. */
export function ParcelsPanel({ saleId, openPanel, onClose }: ParcelsPanelProps) {
  const { say } = useWords()
  const { revision } = useDesk()
  const maySell = useMay('sell')
  const answer = useAnswer(
    async (core): Promise<ParcelsOfSale> => (saleId === null ? { parcels: await core.parcels.list(), free: [], to: null } : core.parcels.ofSale({ saleId })),
    revision,
  )
  const [open, setOpen] = useState<{ readonly parcelId: string; readonly what: AtParcel } | null>(null)
  const mayStillSend = saleId !== null && maySell && answer !== null && answer.free.length > 0
  return (
    <Dialog title={say('parcels.title')} onClose={onClose}>
      <div className="stack">
        <p className="muted prose">{say('parcels.text')}</p>
        <RefusalLine />
        {answer !== null && answer.parcels.length === 0 && !mayStillSend ? <p className="prose">{say('parcels.none')}</p> : null}
        {(answer?.parcels ?? []).map((parcel) => (
          <ParcelCard
            key={parcel.parcelId} parcel={parcel} open={open?.parcelId === parcel.parcelId ? open.what : null} openPanel={openPanel}
            onOpen={(what) => setOpen(what === null ? null : { parcelId: parcel.parcelId, what })}
          />
        ))}
        {mayStillSend ? <SendForm saleId={saleId} free={answer.free} to={answer.to} /> : null}
      </div>
    </Dialog>
  )
}
