import type { KioskHealth } from '../../../contract/hand-over.ts'
import type { Clock } from '../../../native/clock.ts'
import type { Desk } from '../desk/desk.ts'
import { tillHealth } from '../desk/till-health.ts'
import { later } from '../../../contract/days.ts'
import { HOUR_MS } from '../../../contract/durations.ts'
import { overlayOf } from '../store/journal.ts'
import { say } from '../flows/say.ts'
import type { Ground } from '../ground.ts'
import type { HandOverDesk } from '../hand-overs/hand-over-desk.ts'
import { handOverOf, handOversSince, hasStep, recordHandOverStep } from '../hand-overs/hand-over-rows.ts'
import { holderOf } from '../store/flows.ts'
import { unitsAtTerminal } from '../sync/coming-back.ts'
import { askCounter } from './line-client.ts'
import { LineServer } from './line-server.ts'
import { lineSetting, type LineSetting } from './line-setting.ts'
import type { LineAnswer, LineQuestion } from './line-words.ts'
import { lineKey, type LineKey } from './sealed.ts'

export interface StoreLine {
  /** Something was done at this till: there may be something to tell. Never waits, never throws. */
  look(): void
  /** `unreachable` is no answer: then the shop's rules for working alone hold. */
  claim(unitId: string): Promise<'won' | 'lost' | 'unreachable'>
  kiosks(): readonly KioskHealth[]
  close(): Promise<void>
}

interface LineParts {
  readonly ground: Ground
  readonly clock: Clock
  readonly dataDir: string
  readonly desk: Desk
  readonly handOvers: HandOverDesk
}

/** The line between the tills of one store: a kiosk tells, the counter hears. A till without one works as ever. */
export function openStoreLine(parts: LineParts): StoreLine {
  const setting = lineSetting(parts.dataDir)
  if (setting?.listen !== undefined) return new CounterEnd(parts, { ...setting, listen: setting.listen })
  if (setting?.to !== undefined) return new KioskEnd(parts, { ...setting, to: setting.to })
  return { look: () => undefined, claim: () => Promise.resolve('unreachable'), kiosks: () => [], close: () => Promise.resolve() }
}

/** A kiosk that says nothing for so long is not well. */
const SILENT_MS = 60_000

class CounterEnd implements StoreLine {
  readonly #parts: LineParts
  readonly #server: LineServer
  readonly #kiosks = new Map<string, KioskHealth>()

  constructor(parts: LineParts, setting: LineSetting & { listen: { host: string; port: number } }) {
    this.#parts = parts
    this.#server = new LineServer(lineKey(setting.key), (question) => this.#answer(question))
    this.#server.listen(setting.listen).catch(() => parts.desk.raise(say(parts.ground, 'stop', 'store-line-taken', { port: setting.listen.port })))
  }

  look(): void {}

  /** This till itself: against its own flows the file already guards, here against the kiosks. */
  claim(unitId: string): Promise<'won' | 'lost'> {
    return Promise.resolve(this.#parts.ground.claims.claim(unitId, this.#parts.ground.till.id) ? 'won' : 'lost')
  }

  kiosks(): readonly KioskHealth[] {
    const since = later(this.#parts.ground.now(), -SILENT_MS)
    return [...this.#kiosks.values()].map((kiosk) => (kiosk.heardAt < since ? { ...kiosk, troubles: ['silent'] } : kiosk))
  }

  close(): Promise<void> {
    return this.#server.close()
  }

  #answer(question: LineQuestion): LineAnswer {
    const { ground, handOvers, desk } = this.#parts
    switch (question.say) {
      case 'hand-over':
        handOvers.hear(question.letter)
        // What a customer wanted to buy alone is sold here now.
        for (const { unitId } of question.letter.cart ?? []) if (unitId !== null) ground.claims.release(unitId, question.letter.fromTill)
        return { say: 'heard' }
      case 'left':
        handOvers.left(question.id)
        return { say: 'heard' }
      case 'how-is': {
        const taken = handOverOf(ground.store.reading, question.id)?.steps.find(({ step }) => step === 'taken')
        return { say: 'state', taken: taken ? { name: taken.who ?? '', till: taken.till ?? '' } : null }
      }
      case 'claim':
        return { say: 'claim', won: this.#mayHave(question.unitId) && ground.claims.claim(question.unitId, question.tillId) }
      default: {
        ground.claims.call(question.health.tillId, question.health.name)
        const before = this.#kiosks.get(question.health.tillId)
        this.#kiosks.set(question.health.tillId, { ...question.health, heardAt: ground.now() })
        if (JSON.stringify(before?.troubles) !== JSON.stringify(question.health.troubles) || before?.isClosed !== question.health.isClosed) desk.changed()
        return { say: 'heard' }
      }
    }
  }

  /** Not in a cart of this till, and not taken back by it in the meantime. */
  #mayHave(unitId: string): boolean {
    const { ground } = this.#parts
    const { reading } = ground.store
    return holderOf(reading, unitId, ground.now()) === null && overlayOf(reading, unitId)?.title.is !== 'returned'
  }
}

const AGAIN_MS = 2_000
const ALIVE_MS = 15_000
const UNTOLD_MS = 12 * HOUR_MS

/**
 * The kiosk's end: keeps what it may have paid for, tells what is untold, asks what became of it, and says now and then
 * that it is well.
 */
class KioskEnd implements StoreLine {
  readonly #parts: LineParts
  readonly #to: string
  readonly #key: LineKey
  #busy: Promise<void> | null = null
  #wanted = false
  #cancel: () => void = () => undefined
  #lastAlive_ms = 0
  #lastHow = ''
  #closed = false

  constructor(parts: LineParts, setting: LineSetting & { to: string }) {
    this.#parts = parts
    this.#to = setting.to
    this.#key = lineKey(setting.key)
    this.#later()
  }

  look(): void {
    this.#turn()
  }

  async claim(unitId: string): Promise<'won' | 'lost' | 'unreachable'> {
    const answer = await this.#ask({ say: 'claim', unitId, tillId: this.#parts.ground.till.id })
    return answer?.say !== 'claim' ? 'unreachable' : answer.won ? 'won' : 'lost'
  }

  kiosks(): readonly KioskHealth[] {
    return []
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancel()
    await this.#busy
  }

  #turn(): void {
    if (this.#closed) return
    this.#wanted = true
    this.#busy ??= this.#tellAll().finally(() => {
      this.#busy = null
    })
  }

  /** What came up while something was being told is told right after it. */
  async #tellAll(): Promise<void> {
    while (this.#wanted && !this.#closed) {
      this.#wanted = false
      await this.#tell()
    }
  }

  #later(): void {
    this.#cancel = this.#parts.clock.after(AGAIN_MS, () => {
      this.#turn()
      if (!this.#closed) this.#later()
    })
  }

  async #tell(): Promise<void> {
    const { ground } = this.#parts
    for (const unitId of unitsAtTerminal(ground.store.reading)) await this.claim(unitId)
    for (const row of handOversSince(ground.store.reading, later(ground.now(), -UNTOLD_MS)).filter(({ here }) => here)) {
      const { id } = row.letter
      if (!hasStep(row, 'told') && (await this.#ask({ say: 'hand-over', letter: row.letter })) !== null) this.#note(id, 'told')
      else if (hasStep(row, 'told') && hasStep(row, 'left') && !hasStep(row, 'closed') && (await this.#ask({ say: 'left', id })) !== null) this.#note(id, 'closed')
      else if (hasStep(row, 'told') && !hasStep(row, 'left') && !hasStep(row, 'taken')) await this.#askAfter(id)
    }
    await this.#sayHow()
  }

  async #askAfter(id: string): Promise<void> {
    const answer = await this.#ask({ say: 'how-is', id })
    if (answer?.say === 'state' && answer.taken !== null) this.#note(id, 'taken', { who: answer.taken.name, till: answer.taken.till })
  }

  /** That it is alive, now and then; that it was closed or wants a person, at once. */
  async #sayHow(): Promise<void> {
    const { ground, desk, clock } = this.#parts
    const { at, isClosed, troubles } = tillHealth(ground, desk.view())
    const how = JSON.stringify({ isClosed, troubles })
    if (how === this.#lastHow && clock.now() - this.#lastAlive_ms < ALIVE_MS) return
    this.#lastAlive_ms = clock.now()
    this.#lastHow = how
    await this.#ask({ say: 'alive', health: { tillId: ground.till.id, name: ground.till.name, heardAt: ground.now(), at, isClosed, troubles } })
  }

  #note(id: string, step: 'told' | 'taken' | 'closed', by: { who: string; till: string } | null = null): void {
    const { ground, desk } = this.#parts
    if (this.#closed) return
    ground.store.write((db) => recordHandOverStep(db, id, step, ground.now(), by))
    desk.changed()
  }

  async #ask(question: LineQuestion): Promise<LineAnswer | null> {
    return this.#closed ? null : askCounter(this.#to, this.#key, question)
  }
}
