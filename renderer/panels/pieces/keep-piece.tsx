import { BookmarkCheck } from 'lucide-react'
import { useState } from 'react'
import type { FormEvent } from 'react'
import type { FoundPiece } from '../../../contract/found-piece.ts'
import { productName } from '../../../contract/product-name.ts'
import { useDesk, useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'

const DAYS = ['1', '3', '7', '14', '30'] as const

/** For whom a piece is kept, how long, and where it is fetched. The slip comes of it. */
export function KeepPiece({ piece, openPanel, onCancel }: { piece: FoundPiece; openPanel: OpenPanel; onCancel: () => void }) {
  const { say } = useWords()
  const desk = useDesk()
  const store = useDeskStore()
  const [customer, setCustomer] = useState(desk.customer?.name ?? '')
  const [days, setDays] = useState<(typeof DAYS)[number]>('3')
  const [send, setSend] = useState(!piece.isHere)
  const keep = (event: FormEvent) => {
    event.preventDefault()
    if (customer.trim() === '') return
    void store.ask((core) => core.reservations.reserve({ unitId: piece.unitId, customer: customer.trim(), days: Number(days), send })).then((kept) => {
      if (kept !== null) openPanel({ name: 'paper', documentId: kept.documentId })
    })
  }
  return (
    <form className="stack" onSubmit={keep} aria-label={say('pieces.keep')}>
      <p>
        <strong><bdi>{productName(piece)}</bdi></strong> <SerialText text={piece.serial} /> · {piece.store.name}
      </p>
      <label className="field">
        <span className="field__label">{say('pieces.for')}</span>
        <input
          className="field__input" type="text" dir="auto" value={customer} autoFocus autoComplete="off" maxLength={100}
          onChange={(event) => setCustomer(event.target.value)}
        />
      </label>
      <ChoiceGroup
        label={say('pieces.days')}
        chosen={days}
        choices={DAYS.map((id) => ({ id, words: say('pieces.days-count', { count: Number(id) }) }))}
        onChoose={setDays}
      />
      {piece.isHere ? null : (
        <ChoiceGroup
          label={say('pieces.fetched-at')}
          chosen={send ? 'here' : 'there'}
          choices={[{ id: 'here', words: say('pieces.send-here', { store: piece.store.name }) }, { id: 'there', words: piece.store.name }]}
          onChoose={(id) => setSend(id === 'here')}
        />
      )}
      <RefusalLine />
      <footer className="dialog__feet">
        <Button onPress={onCancel}>{say('app.cancel')}</Button>
        <button type="submit" className="button button--primary button--large" disabled={customer.trim() === ''}>
          <BookmarkCheck className="button__icon" aria-hidden />
          <span className="button__text">{say('pieces.keep-do')}</span>
        </button>
      </footer>
    </form>
  )
}
