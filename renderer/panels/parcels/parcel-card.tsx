import { MapPin, PackageCheck, PackageX, ReceiptText, RotateCcw, Truck, Undo2 } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Parcel, ParcelAct } from '../../../contract/parcel.ts'
import { useDeskStore, useMay } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { ScanLine } from '../../parts/scan-line.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { AddressForm } from './address-form.tsx'
import { HandOverForm } from './hand-over-form.tsx'

const TONES = {
  waiting: 'attention', packed: 'info', 'under-way': 'info', 'came-back': 'attention', lost: 'stop', delivered: 'good', 'called-off': 'info',
} as const satisfies Record<Parcel['state'], string>

/** What is being done with one parcel; scans belong to it while it is. */
export type AtParcel = 'pack' | 'hand-over' | 'readdress'

interface ParcelCardProps {
  readonly parcel: Parcel
  readonly open: AtParcel | null
  readonly onOpen: (what: AtParcel | null) => void
  readonly openPanel: OpenPanel
}

/** One parcel: how it stands, what is in it, and what comes next. */
export function ParcelCard({ parcel, open, onOpen, openPanel }: ParcelCardProps) {
  const words = useWords()
  const store = useDeskStore()
  const maySell = useMay('sell')
  const { parcelId, number, state, since, to, carrier, tracking, pieces, receiptNumber } = parcel
  const act = (one: ParcelAct) => store.act((core) => core.parcels.act(one))
  const packs = open === 'pack' && state === 'waiting'
  return (
    <section className="card stack" aria-label={number}>
      <h3 className="card__title"><bdi dir="ltr">{number}</bdi></h3>
      <p className="mail-line" role="status">
        <ToneSign tone={TONES[state]} />
        <span>{words.say('parcels.since', { state: words.say(`parcel-state.${state}`), date: words.instant(since) })}</span>
      </p>
      <p className="muted">{words.say('paid.receipt', { number: receiptNumber })}</p>
      {to === null ? null : <p className="parcel__to" dir="auto">{[to.name, to.address].join('\n')}</p>}
      {to === null && state !== 'delivered' ? <p className="service__trouble">{words.say('parcels.address-gone')}</p> : null}
      {carrier === '' ? null : (
        <p>
          <bdi>{carrier}</bdi> {tracking === '' ? null : <SerialText text={tracking} />}
        </p>
      )}
      <ul className="service__list">
        {pieces.map(({ unitId, name, serial, isPacked }) => (
          <li key={unitId} className="service__pull">
            <span>
              <bdi>{name}</bdi> <SerialText text={serial} />
            </span>
            <span className={isPacked ? 'chip' : 'muted'}>{words.say(isPacked ? 'parcel-state.packed' : 'parcel-state.waiting')}</span>
          </li>
        ))}
      </ul>
      {packs ? <ScanLine label={words.say('parcels.scan')} onScan={(text) => void act({ do: 'pack', parcelId, text })} /> : null}
      {open === 'hand-over' ? <HandOverForm parcel={parcel} onDone={() => onOpen(null)} /> : null}
      {open === 'readdress' ? (
        <AddressForm
          label={words.say('parcels.keep-address')} icon={MapPin} first={parcel.masked ? {} : (to ?? {})}
          onDone={(where) => void act({ do: 'readdress', parcelId, to: where }).then((done) => done && onOpen(null))}
        />
      ) : null}
      {maySell ? <Acts parcel={parcel} open={open} onOpen={onOpen} openPanel={openPanel} act={(one) => void act(one)} /> : null}
    </section>
  )
}

function Acts({ parcel: { parcelId, state, to }, open, onOpen, openPanel, act }: ParcelCardProps & { act: (one: ParcelAct) => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const paper = () =>
    void store.ask((core) => core.parcels.paper({ parcelId })).then((made) => made !== null && openPanel({ name: 'paper', documentId: made.documentId }))
  const button = (icon: LucideIcon, label: string, onPress: () => void, isShown: boolean) =>
    isShown ? <Button icon={icon} onPress={onPress}>{label}</Button> : null
  const isHere = state === 'waiting' || state === 'packed' || state === 'came-back'
  const isAway = state === 'under-way' || state === 'lost'
  return (
    <div className="row row--wrap">
      {button(PackageCheck, say('parcels.pack'), () => onOpen('pack'), state === 'waiting' && open !== 'pack')}
      {button(Truck, say('parcels.hand-over'), () => onOpen('hand-over'), (state === 'packed' || state === 'came-back') && open !== 'hand-over')}
      {button(ReceiptText, say('parcels.paper'), paper, isHere && to !== null)}
      {button(PackageCheck, say('parcels.delivered'), () => act({ do: 'delivered', parcelId }), isAway)}
      {button(RotateCcw, say('parcels.came-back'), () => act({ do: 'came-back', parcelId }), isAway)}
      {button(PackageX, say('parcels.lost'), () => act({ do: 'lost', parcelId }), state === 'under-way')}
      {button(MapPin, say('parcels.readdress'), () => onOpen('readdress'), isHere && open !== 'readdress')}
      {button(PackageCheck, say('parcels.fetched'), () => act({ do: 'delivered', parcelId }), isHere)}
      {button(Undo2, say('parcels.undo'), () => act({ do: 'undo', parcelId }), true)}
    </div>
  )
}
