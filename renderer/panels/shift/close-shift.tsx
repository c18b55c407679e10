import { useState } from 'react'
import { Checkbox } from 'react-aria-components'
import { Check } from 'lucide-react'
import { seenAs, type OpenWork, type ShiftView } from '../../../contract/shift-view.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { KEYS } from '../../keys/keymap.ts'
import { Button } from '../../parts/button.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { useWords } from '../../words/words-context.tsx'
import { TerminalDayEnd } from '../devices/terminal-day-end.tsx'
import { CountDrawer, type DrawerCount } from './count-drawer.tsx'

type OpenShift = Extract<ShiftView, { at: 'open' }>

/** Counts blind, shows what is not finished until it has been seen, and asks why when the drawer is not right. */
export function CloseShift({ shift, onDone }: { shift: OpenShift; onDone: () => void }) {
  const words = useWords()
  const store = useDeskStore()
  const [count, setCount] = useState<DrawerCount>({ amount_cents: 0 as never, counts: {} })
  const [reason, setReason] = useState('')
  const [seen, setSeen] = useState<readonly string[]>([])
  const [asksWhy, setAsksWhy] = useState(false)
  const unseen = shift.openWork.filter((work) => work.blocks || !seen.includes(seenAs(work)))
  const isReady = count.amount_cents !== null && unseen.length === 0
  const submit = () => {
    const { amount_cents, counts } = count
    if (amount_cents === null || !isReady) return
    void store
      .act((core) =>
        core.shift.act({
          action: { do: 'close', counted_cents: amount_cents, seen: [...seen], ...(counts === undefined ? {} : { counts }), ...(reason.trim() === '' ? {} : { reason }) },
        }),
      )
      .then((done) => {
        if (done) onDone()
        else setAsksWhy(true)
      })
  }
  return (
    <div className="shift shift--close">
      <CountDrawer label={words.say('shift.counted')} currency={shift.currency} onCount={setCount} />
      <div className="stack">
        {shift.openWork.length === 0 ? null : <OpenWorkList work={shift.openWork} seen={seen} onSeen={setSeen} />}
        <p className="prose muted">{words.say('shift.blind')}</p>
        <TerminalDayEnd />
        {asksWhy ? (
          <label className="field">
            <span className="field__label">{words.say('shift.difference-why')}</span>
            <input className="field__input" type="text" dir="auto" value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
          </label>
        ) : null}
        <RefusalLine />
        <Button tone="primary" size="large" hotkey={KEYS.finish} isDisabled={!isReady} onPress={submit}>
          {words.say('shift.close-do')}
        </Button>
      </div>
    </div>
  )
}

interface OpenWorkListProps {
  readonly work: readonly OpenWork[]
  readonly seen: readonly string[]
  readonly onSeen: (seen: readonly string[]) => void
}

/** Nothing that is open is closed over unseen: each line is ticked, and what blocks cannot be. */
function OpenWorkList({ work, seen, onSeen }: OpenWorkListProps) {
  const { say } = useWords()
  return (
    <section className="card tone tone--attention stack">
      <h3 className="card__title">{say('shift.open-work')}</h3>
      {work.map((one) => {
        const mark = seenAs(one)
        const sentence = say(`open-work.${one.kind}`, { count: one.count })
        return one.blocks ? (
          <p key={one.kind} className="row">
            <ToneSign tone="stop" />
            {sentence}
          </p>
        ) : (
          <Checkbox
            key={one.kind}
            className="tick"
            isSelected={seen.includes(mark)}
            onChange={(isSeen) => onSeen(isSeen ? [...seen, mark] : seen.filter((other) => other !== mark))}
          >
            <span className="tick__box">
              <Check size={20} aria-hidden />
            </span>
            <span>
              {sentence} <strong>{say('shift.seen')}</strong>
            </span>
          </Checkbox>
        )
      })}
    </section>
  )
}
