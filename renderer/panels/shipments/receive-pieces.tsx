import { useState } from 'react'
import type { FormEvent } from 'react'
import type { Arrived, ComingPiece } from '../../../contract/shipment-view.ts'
import { useDeskState, useDeskStore } from '../../desk/desk-context.ts'
import { useScanCatcher } from '../../desk/scan-route.ts'
import { Button } from '../../parts/button.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import { useWords } from '../../words/words-context.tsx'

/** Takes in what came: each scan says where the piece goes, and the list gets shorter. */
export function ReceivePieces({ coming }: { coming: readonly ComingPiece[] }) {
  const { say } = useWords()
  const store = useDeskStore()
  const { refusal } = useDeskState()
  const [text, setText] = useState('')
  const [scanned, setScanned] = useState('')
  const [arrived, setArrived] = useState<Arrived | null>(null)
  const receive = (what: string, anyway: boolean) => {
    const number = what.trim()
    if (number === '') return
    setText('')
    setScanned(number)
    setArrived(null)
    store.dismissRefusal()
    void store.ask((core) => core.shipments.receive({ text: number, anyway })).then(setArrived)
  }
  useScanCatcher((what) => receive(what, false))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    receive(text, false)
  }
  return (
    <section className="stack" aria-label={say('shipments.receive')}>
      <form onSubmit={submit}>
        <label className="field">
          <span className="field__label">{say('shipments.scan-in')}</span>
          <input
            className="field__input serial" value={text} autoFocus autoComplete="off" spellCheck={false} maxLength={200}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </form>
      {arrived === null ? null : (
        <p className="service__said tone tone--good" role="status">
          <ToneSign tone="good" /> {say('shipments.received', { name: arrived.piece.name, serial: arrived.piece.serial, place: say(`place.${arrived.place}`) })}
        </p>
      )}
      <RefusalLine />
      {refusal?.code === 'meant-for-elsewhere' ? (
        <Button onPress={() => receive(scanned, true)}>{say('shipments.anyway')}</Button>
      ) : null}
      <h3 className="card__title">
        {say('shipments.coming')} <span className="badge">{coming.length}</span>
      </h3>
      {coming.length === 0 ? <p className="muted prose">{say('shipments.none')}</p> : null}
      <ul className="service__list">
        {coming.map((piece) => (
          <li key={piece.unitId} className="service__pull">
            <span>
              {piece.name} <SerialText text={piece.serial} />
            </span>
            <span className="muted">{piece.from === null ? say('shipments.supplier') : say('shipments.from', { store: piece.from })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
