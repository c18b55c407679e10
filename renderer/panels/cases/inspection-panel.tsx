import { ClipboardCheck, PackageOpen } from 'lucide-react'
import { useState } from 'react'
import type { InspectionOutcome, WaitingPiece } from '../../../contract/inspection-view.ts'
import { fullName } from '../../../contract/product-name.ts'
import type { Condition } from '../../../contract/unit.ts'
import type { NextPlace } from '../../../contract/verdict.ts'
import { useDesk, useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { TestReports } from '../../parts/test-reports.tsx'
import { UnitStrip } from '../../parts/unit-panel.tsx'
import { ScanPiece, type PieceFound } from '../service/scan-piece.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'

/** What came back and that nobody has looked at again: released, graded anew, or found to be a mistake. */
export function InspectionPanel({ openPanel, onClose }: { openPanel: OpenPanel; onClose: () => void }) {
  const words = useWords()
  const { revision } = useDesk()
  const pieces = useAnswer((core) => core.inspections.waiting(), revision)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [brought, setBrought] = useState<WaitingPiece | null>(null)
  const chosen = brought ?? pieces?.find(({ unit }) => unit.unitId === chosenId)
  const onDone = () => {
    setChosenId(null)
    setBrought(null)
  }
  return (
    <Dialog title={words.say('inspect.title')} width="wide" onClose={onClose}>
      {chosen === undefined ? (
        <>
          <p className="prose">{words.say(pieces?.length === 0 ? 'inspect.none' : 'inspect.hint')}</p>
          <ScanToInspect onFound={setBrought} />
          <ul className="rows">
            {(pieces ?? []).map((piece) => (
              <li key={piece.unit.unitId}>
                <button type="button" className="row-button" onClick={() => setChosenId(piece.unit.unitId)}>
                  <ClipboardCheck size={20} aria-hidden />
                  <span className="row-button__main">
                    <bdi>
                      {fullName(piece.unit.brand, piece.unit.name)} {piece.unit.variant}
                    </bdi>
                    <span className="muted">
                      <bdi dir="ltr">{piece.unit.aliases[0]?.value ?? ''}</bdi> · {words.instant(piece.since)} · {piece.number ?? ''}
                    </span>
                  </span>
                  {piece.said === null ? null : <span className="chip">{words.say(`condition.${piece.said}`)}</span>}
                </button>
              </li>
            ))}
          </ul>
          <footer className="dialog__feet">
            <Button icon={PackageOpen} onPress={() => openPanel({ name: 'vendors' })}>
              {words.say('vendor.open')}
            </Button>
          </footer>
        </>
      ) : (
        <Inspect key={chosen.unit.unitId} piece={chosen} onDone={onDone} />
      )}
    </Dialog>
  )
}

/** A piece in the hand, also one that the books have elsewhere: it was sent here to be looked at. */
function ScanToInspect({ onFound }: { onFound: (piece: WaitingPiece) => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [waitsNot, setWaitsNot] = useState(false)
  const look = ({ unitId }: PieceFound) => {
    void store.ask((core) => core.inspections.brought({ unitId })).then((piece) => {
      setWaitsNot(piece === null)
      if (piece !== null) onFound(piece)
    })
  }
  return (
    <>
      <ScanPiece label={say('inspect.scan')} onFound={look} />
      {waitsNot ? <p className="service__trouble" role="status">{say('inspect.waits-not')}</p> : null}
    </>
  )
}

const GRADES: readonly Condition[] = ['new', 'open-box', 'refurbished', 'damaged', 'parts-missing']
const PLACES: readonly NextPlace[] = ['shelf', 'refurbish', 'maker', 'quarantine', 'destroy']
const OUTCOMES: readonly InspectionOutcome[] = ['released', 'regraded', 'refused']

function Inspect({ piece, onDone }: { piece: WaitingPiece; onDone: () => void }) {
  const words = useWords()
  const store = useDeskStore()
  const [outcome, setOutcome] = useState<InspectionOutcome | null>(null)
  const [condition, setCondition] = useState<Condition>(piece.said ?? 'open-box')
  const [next, setNext] = useState<NextPlace>('shelf')
  const [note, setNote] = useState('')
  const finish = () => {
    if (outcome === null) return
    const { unitId } = piece.unit
    void store.ask((core) => core.inspections.inspect({ unitId, outcome, condition, next, note })).then((rest) => {
      if (rest !== null) onDone()
    })
  }
  return (
    <div className="case-file">
      <UnitStrip unit={piece.unit} />
      <TestReports unitId={piece.unit.unitId} onSuggestion={(suggests) => suggests !== 'to-inspect' && setCondition(suggests)} />
      {piece.from === null ? null : <p className="muted">{words.say('inspect.from', { store: piece.from })}</p>}
      {piece.said === null ? null : <p className="muted">{words.say('inspect.said', { condition: words.say(`condition.${piece.said}`) })}</p>}
      <ChoiceGroup
        label={words.say('inspect.outcome')}
        chosen={outcome}
        choices={OUTCOMES.map((id) => ({ id, words: words.say(`inspection-outcome.${id}`) }))}
        onChoose={setOutcome}
      />
      {outcome === null || outcome === 'refused' ? null : (
        <ChoiceGroup
          label={words.say('return.condition')}
          chosen={condition}
          choices={GRADES.map((id) => ({ id, words: words.say(`condition.${id}`) }))}
          onChoose={setCondition}
        />
      )}
      {outcome === 'regraded' ? (
        <ChoiceGroup
          label={words.say('return.goes-to')}
          chosen={next}
          choices={PLACES.map((id) => ({ id, words: words.say(`place.${id}`) }))}
          onChoose={setNext}
        />
      ) : null}
      <label className="field">
        <span className="field__label">{words.say('inspect.note')}</span>
        <input className="field__input" type="text" dir="auto" maxLength={500} autoComplete="off" value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <RefusalLine />
      <Button tone="primary" size="large" icon={ClipboardCheck} isDisabled={outcome === null} onPress={finish}>
        {words.say('inspect.do')}
      </Button>
    </div>
  )
}
