import { fuzzDriver, generator, heldBy } from '../support/drivers/fuzz.ts'
import { Desk } from '../support/drivers/desk.ts'
import { READY, ZVT, ZVT_COMMANDS, ZVT_HELD_MAX, ZVT_SAMPLES } from '../support/drivers/zvt-samples.ts'

const SAMPLING = 64

/**
 * The long run over the card terminal's protocol: half of the chunks are noise between commands, half are real
 * messages cut finely with bytes changed. Throws at the first exception, flood or growing buffer, and at an act that
 * was answered twice; returns the most that the state was seen to hold.
 */
export function fuzz(chunks: number, seed: number): { chunks: number; maxBuffer: number } {
  const half = Math.ceil(chunks / 2)
  fuzzDriver(ZVT, ZVT_SAMPLES, { ready: READY, held_max: ZVT_HELD_MAX, commands: ZVT_COMMANDS, seed, chunks: half })
  const random = generator(seed ^ 0x2007)
  const desk = new Desk(ZVT).give(...READY)
  let maxBuffer = 0
  let asked = 0
  let answered = 0
  for (let count = 0; count < half; count++) {
    const sample = ZVT_SAMPLES[Math.floor(random() * ZVT_SAMPLES.length)]!.bytes
    const from = Math.floor(random() * sample.length)
    const piece = sample.slice(from, from + 1 + Math.floor(random() * sample.length))
    if (random() < 0.2) piece[Math.floor(random() * piece.length)] = Math.floor(random() * 256)
    if (random() < 0.1) {
      desk.command({ kind: 'ask', id: `act-${count}`, act: { do: 'pay', amount_cents: 2_040 } })
      asked++
    }
    desk.give({ kind: 'bytes', bytes: piece })
    if (random() < 0.05) desk.pass(Math.floor(random() * 5_000))
    if (count % SAMPLING !== 0) continue
    maxBuffer = Math.max(maxBuffer, heldBy(desk.state))
    answered += desk.events.filter((event) => event.kind === 'answer').length
    if (answered > asked) throw new Error(`${answered} answers to ${asked} acts`)
    if (maxBuffer > ZVT_HELD_MAX) throw new Error(`zvt held ${maxBuffer}, more than ${ZVT_HELD_MAX}`)
    desk.events.length = 0
    desk.writes.length = 0
  }
  return { chunks: half * 2, maxBuffer }
}
