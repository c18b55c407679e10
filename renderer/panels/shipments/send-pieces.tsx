import { Trash2, Truck } from 'lucide-react'
import { useState } from 'react'
import type { ShipmentDesk } from '../../../contract/shipment-view.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { ScanPiece, type PieceFound } from '../service/scan-piece.tsx'

interface SendPiecesProps {
  readonly stores: ShipmentDesk['stores']
  readonly first: PieceFound | null
  /** The store that has asked for the first piece; null where nobody has. */
  readonly askedBy: string | null
  readonly openPanel: OpenPanel
}

/** Pieces for another store: scanned into a list, sent together, with a paper that goes along. */
export function SendPieces({ stores, first, askedBy, openPanel }: SendPiecesProps) {
  const { say } = useWords()
  const store = useDeskStore()
  const [pieces, setPieces] = useState<readonly PieceFound[]>(first === null ? [] : [first])
  const [toStoreId, setTo] = useState<string | null>(askedBy ?? (stores.length === 1 ? (stores[0]?.id ?? null) : null))
  const [note, setNote] = useState('')
  const add = (piece: PieceFound) => setPieces((before) => (before.some(({ unitId }) => unitId === piece.unitId) ? before : [...before, piece]))
  const send = () => {
    if (toStoreId === null) return
    const unitIds = pieces.map(({ unitId }) => unitId)
    void store.ask((core) => core.shipments.send({ unitIds, toStoreId, note })).then((sent) => {
      if (sent !== null) openPanel({ name: 'paper', documentId: sent.documentId })
    })
  }
  if (stores.length === 0) return <p className="muted prose">{say('shipments.no-stores')}</p>
  return (
    <section className="stack" aria-label={say('shipments.send')}>
      <ChoiceGroup
        label={say('shipments.to')}
        chosen={toStoreId}
        choices={stores.map(({ id, name }) => ({ id, words: name }))}
        onChoose={setTo}
      />
      <ScanPiece label={say('shipments.scan-out')} onFound={add} />
      {pieces.length === 0 ? <p className="muted">{say('shipments.list-empty')}</p> : null}
      <ul className="service__list">
        {pieces.map((piece) => (
          <li key={piece.unitId} className="service__pull">
            <span>
              {piece.name} <SerialText text={piece.serial} />
            </span>
            <Button
              tone="quiet" icon={Trash2} iconOnly label={say('shipments.remove', { name: piece.name })}
              onPress={() => setPieces(pieces.filter(({ unitId }) => unitId !== piece.unitId))}
            >
              {say('shipments.remove', { name: piece.name })}
            </Button>
          </li>
        ))}
      </ul>
      <label className="field">
        <span className="field__label">{say('shipments.note')}</span>
        <input className="field__input" type="text" dir="auto" maxLength={200} autoComplete="off" value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <RefusalLine />
      <Button tone="primary" size="large" icon={Truck} isDisabled={pieces.length === 0 || toStoreId === null} onPress={send}>
        {say('shipments.send-do', { count: pieces.length })}
      </Button>
    </section>
  )
}
