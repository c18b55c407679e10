import { useState } from 'react'
import type { HeldClock } from '../../contract/held-clock.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { RefusalLine } from './refusal-line.tsx'
import { ToneSign } from './tone-sign.tsx'

/** On every staff screen while the records lie ahead of the clock: what that means, and the way to put it right. */
export function HeldClockStrip() {
  const { say, instant } = useWords()
  const { heldClock } = useDesk()
  const [isOpen, setOpen] = useState(false)
  if (heldClock === null) return null
  return (
    <div className="alarm tone tone--stop" role="alert">
      <ToneSign tone="stop" size={22} />
      <span>{say('clock.held', { recorded: instant(heldClock.recorded), machine: instant(heldClock.machine) })}</span>
      <Button onPress={() => setOpen(true)}>{say('clock.set-right')}</Button>
      {isOpen ? <SetClockRight held={heldClock} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

function SetClockRight({ held, onClose }: { held: HeldClock; onClose: () => void }) {
  const { say, instant } = useWords()
  const store = useDeskStore()
  const [reason, setReason] = useState('')
  const isReady = reason.trim() !== ''
  const submit = () => {
    if (isReady) void store.act((core) => core.clock.setRight({ reason })).then((done) => done && onClose())
  }
  return (
    <Dialog title={say('clock.set-right')} width="medium" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <p className="prose">{say('clock.held', { recorded: instant(held.recorded), machine: instant(held.machine) })}</p>
        <p className="prose">{say('clock.text')}</p>
        <label className="field">
          <span className="field__label">{say('clock.why')}</span>
          <input
            className="field__input"
            type="text"
            value={reason}
            maxLength={200}
            autoComplete="off"
            dir="auto"
            autoFocus
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <RefusalLine />
        <Button tone="primary" size="large" hotkey={KEYS.confirm} isDisabled={!isReady} onPress={submit}>
          {say('clock.go-on', { machine: instant(held.machine) })}
        </Button>
      </form>
    </Dialog>
  )
}
