/** How long a core may be silent: asked so often, and given up after so many questions in a row without an answer. */
export interface Patience {
  readonly askEvery_ms: number
  readonly unansweredMax: number
}

/** A core that reads in a whole mirror or copies a large file answers late, and not never. */
const SILENCE_MS = 30_000
const SHORTEST_SILENCE_MS = 2_000
const QUESTIONS = 6

/**
 * The patience with a core, from `COUNTERMARK_CORE_SILENCE_S` where somebody has set it: a very slow machine needs more.
 * What is no number, and what is too short for any machine, is taken as not set.
 */
export function patienceOf(setting: string | undefined): Patience {
  const wanted_ms = Number(setting ?? Number.NaN) * 1_000
  const silence_ms = wanted_ms >= SHORTEST_SILENCE_MS && Number.isFinite(wanted_ms) ? wanted_ms : SILENCE_MS
  return { askEvery_ms: Math.round(silence_ms / QUESTIONS), unansweredMax: QUESTIONS }
}

/**
 * Notices a core that hangs without ending. It counts questions and not time, so that a machine that slept through the
 * night wakes up with a core that has missed one.
 */
export class Heartbeat {
  readonly #patience: Patience
  readonly #ask: () => void
  readonly #onSilence: () => void
  #unanswered = 0
  #timer: NodeJS.Timeout | null = null

  /** `ask` sends the question, `onSilence` is called once, when too many in a row were not answered. */
  constructor(patience: Patience, ask: () => void, onSilence: () => void) {
    this.#patience = patience
    this.#ask = ask
    this.#onSilence = onSilence
  }

  start(): void {
    this.stop()
    this.#timer = setInterval(() => this.#beat(), this.#patience.askEvery_ms)
  }

  heard(): void {
    this.#unanswered = 0
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    this.#unanswered = 0
  }

  #beat(): void {
    if (this.#unanswered >= this.#patience.unansweredMax) {
      this.stop()
      this.#onSilence()
      return
    }
    this.#unanswered += 1
    this.#ask()
  }
}
