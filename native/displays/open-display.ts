import type { Driver, Input, Step } from '../driver.ts'
import type { Device } from '../supervisor/device.ts'
import { device, runs } from '../supervisor/device.ts'
import type { Transport } from '../transport.ts'
import type { DisplayDialect } from './customer-display.ts'
import { showLines, startDisplay } from './customer-display.ts'

export interface DisplayCommand {
  readonly kind: 'show'
  readonly upper: string
  readonly lower: string
}

/** Customer displays answer nothing: what goes wrong on the line is the line's own news. */
export type DisplayEvent = { readonly kind: 'shown' }

type State = 'closed' | 'open'

/** A customer display: brought to a known state at opening, then both lines at every change. */
export function displayDriver(dialect: DisplayDialect): Driver<State, DisplayCommand, DisplayEvent> {
  return {
    name: `customer display (${dialect})`,
    start: () => 'closed',
    step: (state, input) => step(state, input, dialect),
  }
}

function step(state: State, input: Input<DisplayCommand>, dialect: DisplayDialect): Step<State, DisplayEvent> {
  if (input.kind === 'opened') return ['open', [{ kind: 'write', bytes: startDisplay(dialect) }]]
  if (input.kind === 'closed' || state === 'closed') return ['closed', []]
  if (input.kind !== 'command') return [state, []]
  const { upper, lower } = input.command
  return [
    state,
    [
      { kind: 'write', bytes: showLines(dialect, upper, lower) },
      { kind: 'emit', event: { kind: 'shown' } },
    ],
  ]
}

/** A customer display for the supervisor. `line` makes a new line for every opening. */
export function displayDevice(
  id: string,
  line: () => Transport,
  dialect: DisplayDialect,
): Device<DisplayCommand, DisplayEvent> {
  const { address, present } = line()
  const about = { id, name: 'customer display', address }
  return device(present === undefined ? about : { ...about, present }, () => runs(displayDriver(dialect), line()))
}
