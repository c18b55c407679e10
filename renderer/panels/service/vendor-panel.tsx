import { Check, Send } from 'lucide-react'
import { useState } from 'react'
import { Checkbox } from 'react-aria-components'
import type { VendorPiece } from '../../../contract/vendor-view.ts'
import { useDesk, useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { ScanLine } from '../../parts/scan-line.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'

interface VendorPanelProps {
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** What goes back to a maker or supplier: ticked or scanned, sent on one paper. */
export function VendorPanel({ openPanel, onClose }: VendorPanelProps) {
  const { say } = useWords()
  const store = useDeskStore()
  const { revision } = useDesk()
  const waiting = useAnswer((core) => core.vendors.waiting(), revision)
  const [scanned, setScanned] = useState<readonly VendorPiece[]>([])
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [isUnknown, setUnknown] = useState(false)
  const pieces = [...(waiting ?? []), ...scanned.filter((one) => !(waiting ?? []).some(({ unitId }) => unitId === one.unitId))]
  const look = (text: string) => {
    void store.ask((core) => core.vendors.piece({ text })).then((piece) => {
      setUnknown(piece === null)
      if (piece === null) return
      setScanned((before) => [...before.filter(({ unitId }) => unitId !== piece.unitId), piece])
      setChosen((before) => [...before.filter((unitId) => unitId !== piece.unitId), piece.unitId])
    })
  }
  return (
    <Dialog title={say('vendor.title')} width="wide" onClose={onClose}>
      <div className="service">
        <section className="stack">
          <p className="muted prose">{say(waiting?.length === 0 ? 'vendor.none' : 'vendor.hint')}</p>
          <ScanLine label={say('vendor.scan')} onScan={look} />
          {isUnknown ? <p className="service__trouble" role="status">{say('service.no-piece')}</p> : null}
          <ul className="service__list" aria-label={say('vendor.take')}>
            {pieces.map((piece) => (
              <li key={piece.unitId}>
                <PieceTick
                  piece={piece}
                  isChosen={chosen.includes(piece.unitId)}
                  onChoose={(isOn) => setChosen(isOn ? [...chosen, piece.unitId] : chosen.filter((unitId) => unitId !== piece.unitId))}
                />
              </li>
            ))}
          </ul>
        </section>
        <Parcel
          brand={pieces.find(({ unitId }) => unitId === chosen[0])?.brand ?? ''}
          unitIds={chosen}
          onSent={(documentId) => openPanel({ name: 'paper', documentId })}
        />
      </div>
    </Dialog>
  )
}

function PieceTick({ piece, isChosen, onChoose }: { piece: VendorPiece; isChosen: boolean; onChoose: (isOn: boolean) => void }) {
  const words = useWords()
  const why = piece.reason === null ? piece.symptom : words.sayCode(`return-reason.${piece.reason}`, {}, piece.reason)
  return (
    <Checkbox className="tick" isSelected={isChosen} onChange={onChoose}>
      <span className="tick__box">
        <Check size={20} aria-hidden />
      </span>
      <span className="row-button__main">
        <span>
          <bdi>{piece.name}</bdi> <SerialText text={piece.serial} />
        </span>
        <span className="muted">
          {[words.instant(piece.since), piece.number, why].filter((part) => part !== null && part !== '').map((part) => <bdi key={part}>{part}</bdi>).flatMap((part, index) => (index === 0 ? [part] : [' · ', part]))}
        </span>
        {piece.away === null ? null : <span className="chip">{words.say('vendor.away', { place: piece.away })}</span>}
      </span>
    </Checkbox>
  )
}

interface ParcelProps {
  /** Of the first piece that was chosen: the vendor nobody has to type. */
  readonly brand: string
  readonly unitIds: readonly string[]
  readonly onSent: (documentId: string) => void
}

function Parcel({ brand, unitIds, onSent }: ParcelProps) {
  const { say } = useWords()
  const store = useDeskStore()
  const [vendor, setVendor] = useState<string | null>(null)
  const [reference, setReference] = useState('')
  const [note, setNote] = useState('')
  const to = vendor ?? brand
  const send = () => {
    void store.ask((core) => core.vendors.send({ vendor: to, reference, note, unitIds: [...unitIds] })).then((sent) => {
      if (sent !== null) onSent(sent.documentId)
    })
  }
  return (
    <section className="stack">
      <label className="field">
        <span className="field__label">{say('vendor.to')}</span>
        <input className="field__input" dir="auto" autoComplete="off" maxLength={128} value={to} onChange={(event) => setVendor(event.target.value)} />
      </label>
      <label className="field">
        <span className="field__label">{say('vendor.reference')}</span>
        <input className="field__input serial" autoComplete="off" spellCheck={false} maxLength={64} value={reference} onChange={(event) => setReference(event.target.value)} />
      </label>
      <label className="field">
        <span className="field__label">{say('vendor.note')}</span>
        <input className="field__input" dir="auto" autoComplete="off" maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <RefusalLine />
      <Button tone="primary" size="large" icon={Send} isDisabled={unitIds.length === 0 || to.trim() === ''} onPress={send}>
        {say('vendor.send', { count: unitIds.length })}
      </Button>
    </section>
  )
}
