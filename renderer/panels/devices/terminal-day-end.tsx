import { useDeskState } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { DayEnd, EndOfDay } from './terminal-state.tsx'

/** Beside the end of the shift: the card terminal has a day of its own to end. Nothing where it has no line. */
export function TerminalDayEnd() {
  const { view } = useDeskState()
  const devices = useAnswer((core) => core.devices.health(), view?.revision ?? 0)
  const terminal = devices?.devices.find((device) => device.role === 'terminal')?.terminal ?? null
  if (terminal === null || terminal.byHand) return null
  return (
    <div className="stack">
      <DayEnd terminal={terminal} />
      <div>
        <EndOfDay isDisabled={terminal.busyWith !== null} />
      </div>
    </div>
  )
}
