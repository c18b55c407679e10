import { useState } from 'react'
import type { FormEvent } from 'react'
import { LossWhy, StaffMark, StockGrade, StoreArea, type MarkAct, type MarkDo, type PieceMarks } from '../../../contract/mark-view.ts'
import { isReservation } from '../../../contract/reservation.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { UnitDetails, UnitStrip } from '../../parts/unit-panel.tsx'
import { useWords } from '../../words/words-context.tsx'

/** What staff say of one piece: held back, elsewhere, missing, found, worth less, or off the books. */
export function MarkPanel({ unitId, onClose }: { unitId: string; onClose: () => void }) {
  const words = useWords()
  const store = useDeskStore()
  const asked = useAnswer((core, id: string) => core.marks.view({ unitId: id }), unitId)
  const [answered, setAnswered] = useState<PieceMarks | null>(null)
  const [chosen, setChosen] = useState<MarkDo | null>(null)
  const [kept, setKept] = useState<MarkDo | null>(null)
  const piece = answered ?? asked
  if (piece === null)
    return (
      <Dialog title={words.say('mark.open')} width="wide" onClose={onClose}>
        <p className="muted" role="status">{words.say('service.one-moment')}</p>
      </Dialog>
    )
  const act = (one: MarkAct) => {
    void store.ask((core) => core.marks.act({ unitId, act: one })).then((after) => {
      if (after === null) return
      setAnswered(after)
      setKept(one.do)
      setChosen(null)
    })
  }
  const choose = (what: MarkDo) => {
    store.dismissRefusal()
    setKept(null)
    setChosen(what)
  }
  return (
    <Dialog title={words.say('mark.title', { name: piece.unit.name })} width="wide" onClose={onClose}>
      <div className="service">
        <div className="service__main stack">
          <ChoiceGroup
            label={words.say('mark.what')}
            chosen={chosen}
            choices={piece.acts.map((id) => ({ id, words: words.say(`mark-do.${id}`) }))}
            onChoose={choose}
          />
          {chosen === null ? null : <ActForm key={chosen} what={chosen} piece={piece} onAct={act} />}
          {kept === null ? null : (
            <p className="service__said tone tone--good" role="status">
              <ToneSign tone="good" /> {words.say('mark.kept', { what: words.say(`mark-do.${kept}`) })}
            </p>
          )}
          <RefusalLine />
        </div>
        <aside className="service__side stack">
          <UnitStrip unit={piece.unit} />
          <Stands piece={piece} />
          <UnitDetails unit={piece.unit} />
        </aside>
      </div>
    </Dialog>
  )
}

/** In which part of the store, where it is in one. */
function Stands({ piece }: { piece: PieceMarks }) {
  const words = useWords()
  const { custody } = piece.unit.facts
  if (custody.at !== 'in-stock') return null
  return (
    <p>
      <span className="chip"><span className="sentence">{words.sayCode(`area.${custody.area}`, {}, custody.area)}</span></span>
    </p>
  )
}

interface ActFormProps {
  readonly what: MarkDo
  readonly piece: PieceMarks
  readonly onAct: (act: MarkAct) => void
}

/** What is asked for one act, and no more: a choice, a reason, or neither. */
function ActForm({ what, piece, onAct }: ActFormProps) {
  const words = useWords()
  const [pick, setPick] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const choices = choicesOf(what, piece)
  const chosen = choices.find((id) => id === pick) ?? (choices.length === 1 ? (choices[0] ?? null) : null)
  const act = actOf(what, chosen, reason.trim())
  const asksWhy = what !== 'move' && what !== 'miss'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (act !== null) onAct(act)
  }
  return (
    <form className="card stack" onSubmit={submit} aria-label={words.say(`mark-do.${what}`)}>
      {choices.length === 0 ? null : (
        <ChoiceGroup label={words.say(LABELS[what])} chosen={chosen} choices={choices.map((id) => ({ id, words: nameOf(what, id, words) }))} onChoose={setPick} />
      )}
      <Consequence what={what} chosen={chosen} />
      {asksWhy ? (
        <label className="field">
          <span className="field__label">{words.say('service.why')}</span>
          <input className="field__input" value={reason} maxLength={200} dir="auto" autoComplete="off" onChange={(event) => setReason(event.target.value)} />
        </label>
      ) : null}
      <Button tone={what === 'write-off' ? 'danger' : 'primary'} size="large" isDisabled={act === null} onPress={() => act !== null && onAct(act)}>
        {words.say(`mark-do.${what}`)}
      </Button>
      {/* Enter in the field does it too: a form wants a button of its own for that. */}
      <input type="submit" hidden />
    </form>
  )
}

const LABELS = {
  mark: 'mark.which', unmark: 'mark.which', move: 'mark.where', miss: 'mark.where', find: 'mark.where', regrade: 'return.condition', 'write-off': 'mark.became',
} as const satisfies Record<MarkDo, string>

function choicesOf(what: MarkDo, { unit, liftable }: PieceMarks): readonly string[] {
  const { flags, condition, custody } = unit.facts
  switch (what) {
    case 'mark':
      return StaffMark.options.filter((mark) => !flags.some((flag) => flag.kind === mark && !isReservation(flag)))
    case 'unmark':
      return [...new Set(liftable.map(({ kind }) => kind))]
    case 'move':
      return StoreArea.options.filter((area) => custody.at !== 'in-stock' || custody.area !== area)
    case 'find':
      return StoreArea.options
    case 'regrade':
      return StockGrade.options.filter((grade) => grade !== condition)
    case 'write-off':
      return LossWhy.options
    case 'miss':
      return []
    default:
      return unreachable(what)
  }
}

function nameOf(what: MarkDo, id: string, { sayCode }: ReturnType<typeof useWords>): string {
  const families = { mark: 'flag', unmark: 'flag', move: 'area', find: 'area', regrade: 'condition', 'write-off': 'loss-why', miss: 'area' } as const
  return sayCode(`${families[what]}.${id}`, {}, id)
}

/** The act as it is sent; null while something is missing. */
function actOf(what: MarkDo, chosen: string | null, reason: string): MarkAct | null {
  const said = reason !== ''
  switch (what) {
    case 'mark':
    case 'unmark': {
      const mark = StaffMark.safeParse(chosen).data
      return mark !== undefined && said ? { do: what, mark, reason } : null
    }
    case 'move':
    case 'find': {
      const area = StoreArea.safeParse(chosen).data
      if (area === undefined) return null
      return what === 'move' ? { do: what, area } : { do: what, area, reason }
    }
    case 'regrade': {
      const condition = StockGrade.safeParse(chosen).data
      return condition !== undefined && said ? { do: what, condition, reason } : null
    }
    case 'write-off': {
      const why = LossWhy.safeParse(chosen).data
      return why !== undefined && said ? { do: what, why, reason } : null
    }
    case 'miss':
      return { do: what }
    default:
      return unreachable(what)
  }
}

/** What follows, before it is done: what every till will say of the piece from then on. */
function Consequence({ what, chosen }: { what: MarkDo; chosen: string | null }) {
  const { say } = useWords()
  if (what === 'miss') return <p className="muted prose">{say('mark.text-miss')}</p>
  if (what !== 'write-off' || chosen === null) return null
  return <p className="muted prose">{say(chosen === 'stolen' ? 'mark.text-stolen' : 'mark.text-off')}</p>
}
