import { useState } from 'react'
import type { Arrived, ComingPiece } from '../../../contract/shipment-view.ts'
import { useDeskState, useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { ScanLine } from '../../parts/scan-line.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import { useWords } from '../../words/words-context.tsx'

type Received = Extract<Arrived, { is: 'received' }>
type Article = Pick<Extract<Arrived, { is: 'asks-serial' }>, 'productId' | 'name'>

/** Takes in what came: each scan says where the piece goes, the list gets shorter, and what was not on it stands out. */
export function ReceivePieces({ coming }: { coming: readonly ComingPiece[] }) {
  const { say } = useWords()
  const store = useDeskStore()
  const { refusal } = useDeskState()
  const [scanned, setScanned] = useState('')
  const [article, setArticle] = useState<Article | null>(null)
  /** Articles of which somebody has said here that their pieces are new: twenty of them are not asked about one by one. */
  const [newOf, setNewOf] = useState<readonly string[]>([])
  const [isDamaged, setDamaged] = useState(false)
  const [received, setReceived] = useState<readonly Received[]>([])
  const [last, setLast] = useState<Received | null>(null)
  const take = (answer: Arrived | null, asNew: boolean) => {
    if (answer === null) return
    if (answer.is === 'asks-serial') return setArticle(answer)
    setReceived((before) => [answer, ...before])
    setLast(answer)
    setDamaged(false)
    if (asNew && answer.as === 'new' && answer.piece.name === article?.name) setNewOf((before) => [...new Set([...before, article.productId])])
  }
  const receive = (number: string, said: { anyway?: boolean; asNew?: boolean } = {}) => {
    const asNew = said.asNew === true
    const alsoNew = article !== null && newOf.includes(article.productId)
    setScanned(number)
    setLast(null)
    store.dismissRefusal()
    void store
      .ask((core) => core.shipments.receive({ text: number, anyway: said.anyway === true, asNew, alsoNew, productId: article?.productId ?? null, isDamaged }))
      .then((answer) => take(answer, asNew))
  }
  return (
    <section className="stack" aria-label={say('shipments.receive')}>
      {article === null ? null : (
        <div className="service__acts">
          <strong>{say('shipments.serials-of', { name: article.name })}</strong>
          <Button tone="quiet" onPress={() => setArticle(null)}>{say('shipments.other-article')}</Button>
        </div>
      )}
      <ScanLine label={say('shipments.scan-in')} onScan={(number) => receive(number)} />
      <ChoiceGroup
        label={say('shipments.arrived')}
        chosen={isDamaged ? 'damaged' : 'whole'}
        choices={[{ id: 'whole', words: say('shipments.arrived-whole') }, { id: 'damaged', words: say('shipments.arrived-damaged') }]}
        onChoose={(how) => setDamaged(how === 'damaged')}
      />
      {last === null ? null : (
        <p className="service__said tone tone--good" role="status">
          <ToneSign tone="good" /> {say('shipments.received', { name: last.piece.name, serial: last.piece.serial, place: say(`place.${last.place}`) })}
        </p>
      )}
      <RefusalLine />
      {refusal?.code === 'meant-for-elsewhere' ? (
        <Button onPress={() => receive(scanned, { anyway: true })}>{say('shipments.anyway')}</Button>
      ) : refusal?.code === 'not-announced' ? (
        <Button onPress={() => receive(scanned, { asNew: true })}>{say('shipments.new-one')}</Button>
      ) : null}
      <TakenIn received={received} />
      <StillToCome coming={coming} />
    </section>
  )
}

/** What came in since this was opened, the newest first, and how it stood to the list. */
function TakenIn({ received }: { received: readonly Received[] }) {
  const { say } = useWords()
  if (received.length === 0) return null
  return (
    <section className="stack" aria-label={say('shipments.taken-in')}>
      <h3 className="card__title">
        {say('shipments.taken-in')} <span className="badge">{received.length}</span>
      </h3>
      <ul className="service__list">
        {received.map(({ piece, as, isDamaged }) => (
          <li key={piece.unitId} className="service__pull">
            <span>
              {piece.name} <SerialText text={piece.serial} />
            </span>
            {isDamaged ? <span className="chip">{say('shipments.arrived-damaged')}</span> : null}
            <span className={as === 'announced' ? 'muted' : 'chip'}>{say(`arrived-as.${as}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What was announced and has not come: what is left when everything was scanned is short. */
function StillToCome({ coming }: { coming: readonly ComingPiece[] }) {
  const { say } = useWords()
  return (
    <section className="stack" aria-label={say('shipments.coming')}>
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
