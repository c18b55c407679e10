import type { ReservedPiece } from '../../../contract/reservation.ts'
import { useDesk, useDeskStore, useMay } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'

/** What waits for customers, here and on the way; what another store has asked for stands here too, to be sent. */
export function KeptPieces({ openPanel, onClose }: { openPanel: OpenPanel; onClose: () => void }) {
  const words = useWords()
  const desk = useDesk()
  const store = useDeskStore()
  const maySell = useMay('sell')
  const asked = useAnswer((core) => core.reservations.view(), desk.revision)
  const kept = asked ?? []
  const fetch = ({ unitId }: ReservedPiece) => void store.act((core) => core.reservations.fetch({ unitId })).then((done) => done && onClose())
  const letGo = ({ unitId }: ReservedPiece) => void store.act((core) => core.reservations.letGo({ unitId }))
  return (
    <section className="stack" aria-label={words.say('pieces.kept')}>
      <RefusalLine />
      {asked !== null && kept.length === 0 ? <p className="muted prose">{words.say('pieces.kept-none')}</p> : null}
      <ul className="pieces__list">
        {kept.map((piece) => (
          <li key={piece.unitId} className="pieces__piece pieces__piece--kept">
            <div className="pieces__words">
              <strong><bdi>{piece.name}</bdi></strong>
              <SerialText text={piece.serial} />
              <span className="muted">
                <bdi dir="ltr">{piece.number}</bdi>
                {piece.customer === null ? '' : <> · <bdi>{piece.customer}</bdi></>} · {words.say('pieces.kept-until', { date: piece.until })}
              </span>
            </div>
            <span className="pieces__place">{words.say(`pieces-way.${piece.way}`, { store: piece.store.name })}</span>
            <span className="pieces__acts">
              {piece.way === 'waits-here' && maySell && desk.seat === 'counter' ? (
                <Button tone="primary" onPress={() => fetch(piece)}>{words.say('offer.fetch-reserved')}</Button>
              ) : null}
              {piece.way === 'to-send' ? (
                <Button onPress={() => openPanel({ name: 'shipments', piece: { unitId: piece.unitId, name: piece.name, serial: piece.serial }, toStoreId: piece.store.id })}>
                  {words.say('pieces.send-to', { store: piece.store.name })}
                </Button>
              ) : null}
              {maySell ? <Button onPress={() => letGo(piece)}>{words.say('pieces.let-go')}</Button> : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
