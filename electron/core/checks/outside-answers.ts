import type { OutsideAnswer } from '../../../contract/verdicts/facts.ts'

interface Told {
  readonly answer: OutsideAnswer | null
  readonly mayKeep: boolean
  readonly at_ms: number
}

/** For so long a register is not asked again about the same piece: one customer, one question. */
const FRESH_MS = 10 * 60_000
/** Nobody who could not be reached is believed to be gone for good. */
const SILENCE_MS = 30_000
const UNITS_MAX = 500

/**
 * What others said about the pieces that are on the table now. In memory only: what may be kept goes into the evidence
 * of a verdict, and what may not be kept is gone with the process, as the terms of such registers demand.
 */
export class OutsideAnswers {
  readonly #told = new Map<string, Map<string, Told>>()
  readonly #asking = new Set<string>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** True where nobody has asked this register about the piece lately; from then on it counts as asked. */
  begin(unitId: string, checkId: string): boolean {
    const key = `${unitId}/${checkId}`
    if (this.#asking.has(key) || this.#fresh(unitId).has(checkId)) return false
    this.#asking.add(key)
    return true
  }

  heard(unitId: string, checkId: string, answer: OutsideAnswer | null, mayKeep: boolean): void {
    this.#asking.delete(`${unitId}/${checkId}`)
    if (!this.#told.has(unitId) && this.#told.size >= UNITS_MAX) this.#told.delete(this.#told.keys().next().value ?? '')
    const ofUnit = this.#told.get(unitId) ?? new Map<string, Told>()
    ofUnit.set(checkId, { answer, mayKeep, at_ms: this.#now() })
    this.#told.set(unitId, ofUnit)
  }

  /** Registers that have not answered about the piece yet, by the id of their check. */
  askedAbout(unitId: string): string[] {
    return [...this.#asking].filter((key) => key.startsWith(`${unitId}/`)).map((key) => key.slice(unitId.length + 1))
  }

  /** Everything that was said, for the verdict on the screen. */
  of(unitId: string): OutsideAnswer[] {
    return [...this.#fresh(unitId).values()].flatMap(({ answer }) => (answer === null ? [] : [answer]))
  }

  /** The same for what is written down: an answer that may not be kept is kept as the fact that there was one. */
  toKeep(unitId: string): OutsideAnswer[] {
    return [...this.#fresh(unitId).values()].flatMap(({ answer, mayKeep }) => (answer === null ? [] : [mayKeep ? answer : withoutAnswer(answer)]))
  }

  #fresh(unitId: string): Map<string, Told> {
    const now = this.#now()
    const fresh = [...(this.#told.get(unitId) ?? [])].filter(
      ([, { answer, at_ms }]) => now - at_ms < (answer?.said === 'unreachable' ? SILENCE_MS : FRESH_MS) && now >= at_ms,
    )
    return new Map(fresh)
  }
}

/** That nobody was there is no answer of a register, and may be kept. */
const withoutAnswer = (answer: OutsideAnswer): OutsideAnswer =>
  answer.said === 'unreachable' || answer.asks === 'purchase' ? answer : { ...answer, said: 'not-kept', reference: null }
