import { useState } from 'react'
import type { PieceToActivate } from '../../../contract/activation.ts'
import { useDesk, useDeskStore, useMay } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import { useWords } from '../../words/words-context.tsx'
import { ActivateForm } from './activate-form.tsx'
import { ActivationLine } from './activation-line.tsx'

/** The devices of one sale that a provider may connect; without a sale those of any that wait for somebody. */
export function ActivationsPanel({ saleId, onClose }: { saleId: string | null; onClose: () => void }) {
  const { say } = useWords()
  const { revision } = useDesk()
  const pieces = useAnswer((core) => (saleId === null ? core.activations.open() : core.activations.ofSale({ saleId })), revision)
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <Dialog title={say('activation.title')} onClose={onClose}>
      <div className="stack">
        <p className="muted prose">{say('activation.text')}</p>
        <RefusalLine />
        {pieces !== null && pieces.length === 0 ? <p className="prose">{say('activation.none')}</p> : null}
        {(pieces ?? []).map((piece) => {
          const isAlone = pieces?.length === 1 && piece.activation === null
          return (
            <Piece
              key={`${piece.saleId} ${piece.unitId}`} piece={piece} isOpen={isAlone || chosen === piece.unitId}
              onOpen={(isOpen) => setChosen(isOpen ? piece.unitId : null)}
            />
          )
        })}
      </div>
    </Dialog>
  )
}

interface PieceProps {
  readonly piece: PieceToActivate
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
}

function Piece({ piece, isOpen, onOpen }: PieceProps) {
  const { say } = useWords()
  const { activation } = piece
  return (
    <section className="card stack" aria-label={piece.name}>
      <h3 className="card__title"><bdi>{piece.name}</bdi></h3>
      <p className="row row--wrap">
        <SerialText text={piece.serial} /> <span className="muted">{say('paid.receipt', { number: piece.receiptNumber })}</span>
      </p>
      {activation === null ? null : <ActivationLine activation={activation} />}
      {isOpen && activation?.state !== 'wanted' && activation?.state !== 'done' ? <ActivateForm piece={piece} onAsked={() => onOpen(false)} /> : null}
      <Acts piece={piece} isOpen={isOpen} onOpen={onOpen} />
    </section>
  )
}

/** What else can be done about it, for whoever sells. */
function Acts({ piece: { saleId, unitId, services, activation }, isOpen, onOpen }: PieceProps) {
  const { say } = useWords()
  const store = useDeskStore()
  const maySell = useMay('sell')
  const [first] = services
  const state = activation?.state ?? null
  const mayTryAgain = state === 'failed' && activation?.simEnd !== '' && services.some(({ serviceId }) => serviceId === activation?.serviceId)
  if (!maySell || state === 'wanted' || state === 'done') return null
  return (
    <div className="row row--wrap">
      {mayTryAgain ? (
        <Button onPress={() => void store.act((core) => core.activations.act({ do: 'again', saleId, unitId }))}>{say('activation.again')}</Button>
      ) : null}
      {isOpen || first === undefined ? null : <Button onPress={() => onOpen(true)}>{say(state === 'failed' ? 'activation.change' : 'activation.open')}</Button>}
      {state === 'postponed' || first === undefined ? null : (
        <Button tone="quiet" onPress={() => void store.act((core) => core.activations.act({ do: 'postpone', saleId, unitId, serviceId: first.serviceId }))}>
          {say('activation.postpone')}
        </Button>
      )}
      {state === 'failed' || state === 'postponed' ? (
        <Button tone="quiet" onPress={() => void store.act((core) => core.activations.act({ do: 'drop', saleId, unitId }))}>{say('activation.drop')}</Button>
      ) : null}
    </div>
  )
}
