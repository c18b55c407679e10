import { joined } from '../bytes.ts'
import type { Driver, Step } from '../driver.ts'
import { A0, a0Command, a0Shape } from './a0-frames.ts'
import type { FrameShape } from './assembler.ts'
import { PN532, pn532Command, pn532Shape, pn532WakeUp } from './pn532-frames.ts'
import { R200, r200Command, r200Shape } from './r200-frames.ts'
import type { ReaderFamily } from './reader.ts'
import { THINGMAGIC, thingMagicCommand, thingMagicReplies } from './thingmagic-frames.ts'
import { EVERY_ADDRESS, UHF18, uhf18Command, uhf18Shape } from './uhf18-frames.ts'

/** One opening of the port: its speed, and the questions to ask at it. */
export interface DetectionLine {
  readonly baud: number
  readonly families: readonly ReaderFamily[]
}

/**
 * Which reader stands on the counter: the lines to try, in this order, until one answers. None of the questions
 * writes a setting. PN532 comes last, since its wake-up bytes mean nothing to anybody else.
 */
export const DETECTION_LINES: readonly DetectionLine[] = [
  { baud: 115_200, families: ['r200', 'a0', 'thingmagic'] },
  { baud: 57_600, families: ['uhf18'] },
  { baud: 115_200, families: ['pn532'] },
]

export type DetectionEvent =
  | { readonly kind: 'found'; readonly family: ReaderFamily; readonly baud: number }
  | { readonly kind: 'nobody'; readonly baud: number }

export type Detection =
  | { readonly at: 'closed' }
  | { readonly at: 'asking'; readonly question: number; readonly held: Uint8Array }
  | { readonly at: 'ended' }

export const QUESTION_MS = 200
/** What a port may say while it is asked; an answer is far shorter, and only the latest counts. */
export const DETECTION_HELD_MAX = 512

interface Question {
  readonly family: ReaderFamily
  readonly bytes: Uint8Array
  answeredBy(bytes: Uint8Array): boolean
}

/**
 * Asks every question of one line, 200 ms each, and ends with one event. An answer that comes late, while the next
 * question is out already, still counts.
 */
export function detection(line: DetectionLine): Driver<Detection, never, DetectionEvent> {
  const questions = line.families.flatMap((family) => QUESTIONS[family])
  return {
    name: `detection at ${line.baud}`,
    start: () => ({ at: 'closed' }),
    step(state, input): Step<Detection, DetectionEvent> {
      if (input.kind === 'closed') return [{ at: 'closed' }, []]
      if (input.kind === 'opened') return askQuestion(questions, 0, line.baud, new Uint8Array())
      if (state.at !== 'asking') return [state, []]
      if (input.kind === 'woke')
        return input.timer !== 'answer'
          ? [state, []]
          : askQuestion(questions, state.question + 1, line.baud, state.held)
      if (input.kind !== 'bytes') return [state, []]
      const held = joined(state.held, input.bytes).slice(-DETECTION_HELD_MAX)
      const answered = questions.slice(0, state.question + 1).find((question) => question.answeredBy(held))
      if (answered === undefined) return [{ ...state, held }, []]
      return [
        { at: 'ended' },
        [
          { kind: 'wake', timer: 'answer', after_ms: null },
          { kind: 'emit', event: { kind: 'found', family: answered.family, baud: line.baud } },
        ],
      ]
    },
  }
}

function askQuestion(
  questions: readonly Question[],
  question: number,
  baud: number,
  held: Uint8Array,
): Step<Detection, DetectionEvent> {
  const next = questions[question]
  if (next === undefined) return [{ at: 'ended' }, [{ kind: 'emit', event: { kind: 'nobody', baud } }]]
  return [
    { at: 'asking', question, held },
    [
      { kind: 'write', bytes: next.bytes },
      { kind: 'wake', timer: 'answer', after_ms: QUESTION_MS },
    ],
  ]
}

const QUESTIONS: Readonly<Record<ReaderFamily, readonly Question[]>> = {
  // The two forms of the protocol; a module answers only its own.
  r200: (['bb', 'aa'] as const).map((form) => ({
    family: 'r200',
    bytes: r200Command(form, R200.moduleInfo, [1]),
    answeredBy: (bytes) => has(r200Shape, bytes, (frame) => frame.type === 1 && frame.command === R200.moduleInfo),
  })),
  a0: [
    {
      family: 'a0',
      bytes: a0Command(A0.firmware),
      answeredBy: (bytes) => has(a0Shape, bytes, (frame) => frame.command === A0.firmware && frame.data.length > 0),
    },
  ],
  thingmagic: [
    {
      family: 'thingmagic',
      bytes: thingMagicCommand(THINGMAGIC.version),
      // A module still in its bootloader refuses, and is one all the same.
      answeredBy: (bytes) => has(thingMagicReplies, bytes, (reply) => reply.op === THINGMAGIC.version),
    },
  ],
  uhf18: [
    {
      family: 'uhf18',
      bytes: uhf18Command(EVERY_ADDRESS, UHF18.readerInfo),
      answeredBy: (bytes) =>
        has(uhf18Shape, bytes, (frame) => frame.command === UHF18.readerInfo && frame.body.length > 1),
    },
  ],
  pn532: [
    {
      family: 'pn532',
      bytes: joined(pn532WakeUp(), pn532Command(PN532.firmware)),
      answeredBy: (bytes) => has(pn532Shape, bytes, (frame) => frame.kind === 'said' && frame.by === 'chip'),
    },
  ],
}

/** Whether a frame that `fits` stands anywhere in the bytes. */
function has<Frame>(shape: FrameShape<Frame>, bytes: Uint8Array, fits: (frame: Frame) => boolean): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const look = shape.look(bytes, at)
    if (look.kind === 'frame' && fits(look.frame)) return true
  }
  return false
}
