import { useState } from 'react'
import type { FoundPiece, PieceWish } from '../../../contract/found-piece.ts'
import { SEARCH_TEXT_MAX } from '../../../contract/search-hit.ts'
import { useDesk, useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { KeepPiece } from './keep-piece.tsx'
import { PieceRow } from './piece-row.tsx'

const CONDITIONS = ['new', 'open-box', 'refurbished'] as const
const COVER_MONTHS = [6, 12] as const
const TEXT_MIN = 2
const MONTH_DAYS = 30

interface FindPiecesProps {
  readonly first: string
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** By any word of the goods, and by what the single piece should be like; one that is wanted is kept or sold from here. */
export function FindPieces({ first, openPanel, onClose }: FindPiecesProps) {
  const { say } = useWords()
  const store = useDeskStore()
  const { revision } = useDesk()
  const [text, setText] = useState(first)
  const [where, setWhere] = useState<PieceWish['where']>('everywhere')
  const [condition, setCondition] = useState<(typeof CONDITIONS)[number] | null>(null)
  const [months, setMonths] = useState(0)
  const [wanted, setWanted] = useState<FoundPiece | null>(null)
  const wish: PieceWish = { text: text.trim(), where, condition, coverDays_min: months * MONTH_DAYS }
  const asked = JSON.stringify(wish)
  const answer = useAnswer(
    async (core, about) => ({ about, ...(wish.text.length < TEXT_MIN ? { pieces: [], isMore: false } : await core.search.everywhere(wish)) }),
    `${revision} ${asked}`,
  )
  // The answer to an earlier question stays in sight, and is not taken for the answer to this one.
  const isAnswered = answer?.about.endsWith(asked) === true
  if (wanted !== null) return <KeepPiece piece={wanted} openPanel={openPanel} onCancel={() => setWanted(null)} />
  return (
    <section className="stack" aria-label={say('pieces.find')}>
      <label className="field">
        <span className="field__label">{say('pieces.text')}</span>
        <input
          className="field__input" type="text" dir="auto" value={text} autoFocus autoComplete="off" spellCheck={false} maxLength={SEARCH_TEXT_MAX}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <div className="pieces__wishes">
        <ChoiceGroup
          label={say('unit.where')}
          chosen={where}
          choices={[{ id: 'everywhere', words: say('pieces.everywhere') }, { id: 'here', words: say('pieces.here') }]}
          onChoose={setWhere}
        />
        <ChoiceGroup
          label={say('differs.condition')}
          chosen={condition ?? 'any'}
          choices={[{ id: 'any', words: say('pieces.any') }, ...CONDITIONS.map((id) => ({ id, words: say(`condition.${id}`) }))]}
          onChoose={(id) => setCondition(id === 'any' ? null : id)}
        />
        <ChoiceGroup
          label={say('pieces.cover')}
          chosen={String(months)}
          choices={[{ id: '0', words: say('pieces.any') }, ...COVER_MONTHS.map((count) => ({ id: String(count), words: say('pieces.cover-months', { count }) }))]}
          onChoose={(id) => setMonths(Number(id))}
        />
      </div>
      <p className="muted" role="status">{wish.text.length < TEXT_MIN ? say('pieces.hint') : isAnswered ? say('pieces.count', { count: answer.pieces.length }) : say('service.one-moment')}</p>
      <ul className="pieces__list">
        {(answer?.pieces ?? []).map((piece) => (
          <PieceRow
            key={piece.unitId}
            piece={piece}
            onKeep={() => {
              store.dismissRefusal()
              setWanted(piece)
            }}
            onSell={() => {
              onClose()
              void store.scan(piece.serial, 'typed')
            }}
          />
        ))}
      </ul>
      {answer?.isMore === true ? <p className="muted">{say('pieces.more')}</p> : null}
    </section>
  )
}
