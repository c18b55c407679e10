import type { ReaderSimulator } from '../../../native/simulators/rfid/reader-simulator.ts'
import type { PseudoTerminal } from '../pseudo-terminal.ts'

const TICK_MS = 20

/** Lets a simulated reader live at the device's end of a terminal. Answers what stops it. */
export function inhabit(line: PseudoTerminal, reader: ReaderSimulator): () => void {
  let heard = 0
  const timer = setInterval(() => {
    const said = line.heard().subarray(heard)
    heard += said.length
    for (const bytes of [reader.hear(said), reader.pass(TICK_MS)]) if (bytes.length > 0) void line.send(bytes)
  }, TICK_MS)
  return () => clearInterval(timer)
}
