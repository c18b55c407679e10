/** Where progress is shown: a terminal draws a bar over itself, anything else gets a line now and then. */
export interface ProgressOutput {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

const BAR_MAX = 40
const TERMINAL_COLUMNS = 80
const STEP_PERCENT = 10
const REDRAW_MS = 100

/**
 * Makes the function that is told how far a long work is: in a terminal a bar on one line, redrawn ten times a second
 * at most; in a file or a pipe one line for every ten percent. The clock (milliseconds) is handed in for tests.
 */
export function progressOn(
  output: ProgressOutput,
  what: string,
  clock: () => number = () => performance.now(),
): (done: number, of: number) => void {
  return output.isTTY === true ? barOn(output, what, clock) : linesOn(output, what)
}

function barOn(output: ProgressOutput, what: string, clock: () => number): (done: number, of: number) => void {
  let drawn_ms = -Infinity
  return (done, of) => {
    const isLast = done >= of
    if (!isLast && clock() - drawn_ms < REDRAW_MS) return
    drawn_ms = clock()
    output.write(`\r${barText(done, of, what, columnsOf(output))}\u001b[K${isLast ? '\n' : ''}`)
  }
}

/** A terminal that does not know its own width says 0. */
const columnsOf = ({ columns }: ProgressOutput): number =>
  columns === undefined || columns === 0 ? TERMINAL_COLUMNS : columns

function linesOn(output: ProgressOutput, what: string): (done: number, of: number) => void {
  let told = 0
  return (done, of) => {
    const step = Math.floor(percentOf(done, of) / STEP_PERCENT) * STEP_PERCENT
    if (step <= told) return
    told = step
    output.write(`${what}: ${step} % (${done} of ${of})\n`)
  }
}

/** The bar as text, short enough for the terminal: `units ███░░░ 50 % (500 of 1000)`. */
export function barText(done: number, of: number, what: string, columns: number): string {
  const numbers = `${String(percentOf(done, of)).padStart(3)} % (${done} of ${of})`
  const room = Math.min(BAR_MAX, columns - 1 - what.length - numbers.length - 2)
  if (room < 1) return numbers.slice(0, columns - 1)
  const full = Math.floor((done / Math.max(1, of)) * room)
  return `${what} ${'█'.repeat(full)}${'░'.repeat(room - full)} ${numbers}`
}

const percentOf = (done: number, of: number): number => Math.floor((done / Math.max(1, of)) * 100)
