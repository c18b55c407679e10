import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { SimTill } from '../../simulation/sim-till.ts'
import type { Act, Belief, Event, Order, Said, TillParts } from './till-program.ts'

const PROGRAM = join(import.meta.dirname, 'till-program.ts')
const SAID_MAX = 4_000

/** Where in an act a till is killed: so long after it has begun, or has been written; by then it may be through. */
export interface Kill {
  readonly moment: 'begins' | 'wrote'
  readonly after_ms: number
}

interface Life {
  readonly child: ChildProcess
  /** Answers the code it ended with; null: it was killed. */
  readonly gone: Promise<number | null>
  /** What it has written about what went wrong. */
  complaint: string
  hear: (said: Said) => void
}

/**
 * A till in one process after the other, all on the same folder: it is killed in the middle of what it does, and the
 * next process goes on from what that one left. Whoever asks it asks one thing after the other. Throws where an act is
 * not there as it was answered, or one whose answer was lost is there in part, or twice.
 */
export class TillProcess {
  readonly id: string
  readonly storeId: string
  readonly #dir: string
  kills = 0
  acts = 0
  /** Acts that nobody heard the answer of, by what the till's file says of them. */
  readonly unheard = { done: 0, undone: 0 }
  #life: Life | null = null
  #killed = false
  #kill: Kill | null = null
  /** The act that is asked for, until it is known whether it was done. */
  #asked: Act | null = null
  /** The hash of each event that this till has told of, by its number. */
  readonly #told: string[] = []

  constructor({ id, storeId, dir }: Pick<TillParts, 'id' | 'storeId' | 'dir'>) {
    this.id = id
    this.storeId = storeId
    this.#dir = dir
  }

  /** Begins its first life from a template, and joins a centre. */
  begin(first: NonNullable<TillParts['first']>): Promise<void> {
    return this.#start(first)
  }

  /** Null: it was killed before it answered, and is up again. */
  async act(act: Act): Promise<Extract<Said, { is: 'did' }> | null> {
    this.#asked = act
    const said = await this.#ask(act)
    if (said === null) return null
    if (said.is !== 'did') throw new Error(`${this.id} was told to ${act.do} and says ${said.is}`)
    const left = this.#take(said.events)
    if (left !== (said.did ? expected(act) : '')) throw new Error(`${this.id} was to ${act.do} ${act.unitId}, says ${said.did}, and wrote ${left}`)
    this.#asked = null
    if (said.did) this.acts += 1
    return said
  }

  async believes(): Promise<Belief> {
    for (;;) {
      const said = await this.#ask({ do: 'tell' })
      if (said?.is === 'believes') return said
    }
  }

  /** A person asks it to try the line again. */
  retry(): void {
    this.#life?.child.send({ do: 'retry' } satisfies Order, () => undefined)
  }

  /** It is killed in its next act that comes to this moment. */
  killInAct(kill: Kill): void {
    this.#kill = kill
  }

  /** Ends it the clean way. Answers it opened in this process, to be looked at and closed. */
  async end(): Promise<SimTill> {
    const { child, gone } = this.#living
    child.send({ do: 'end' } satisfies Order)
    const code = await gone
    if (code !== 0) throw new Error(`${this.id} ended with ${code}: ${this.#living.complaint}`)
    this.#life = null
    const till = new SimTill({ id: this.id, storeId: this.storeId, dir: this.#dir, follows: 'all', now: Date.now, template: null, joined: false })
    const kept = till.journal().map(({ hash }) => hash)
    if (kept.join() !== this.#told.join()) throw new Error(`${this.id} has told of ${this.#told.length} events and has ${kept.length}, or others`)
    return till
  }

  /** Ends it as it is, if it still runs: nothing of it is looked at any more. */
  async drop(): Promise<void> {
    this.#life?.child.kill('SIGKILL')
    await this.#life?.gone
  }

  get #living(): Life {
    if (this.#life === null) throw new Error(`${this.id} was not started`)
    return this.#life
  }

  async #start(first: TillParts['first']): Promise<void> {
    const parts: TillParts = { id: this.id, storeId: this.storeId, dir: this.#dir, first, after: this.#told.length }
    const child = fork(PROGRAM, [JSON.stringify(parts)], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    const life: Life = { child, gone: new Promise((resolve) => child.once('exit', resolve)), complaint: '', hear: () => undefined }
    child.stderr?.on('data', (bytes: Buffer) => (life.complaint = `${life.complaint}${bytes.toString()}`.slice(-SAID_MAX)))
    child.on('message', (said: Said) => (said.is === 'begins' || said.is === 'wrote' ? this.#maybeKill(child, said.is) : life.hear(said)))
    this.#life = life
    this.#killed = false
    const said = await this.#next(life)
    if (said?.is !== 'up') throw new Error(`${this.id} did not start: ${life.complaint}`)
    this.#settleUnheard(this.#take(said.events))
  }

  /** An act whose answer died with the process was done as a whole or not at all; nothing else came into the journal. */
  #settleUnheard(left: string): void {
    const act = this.#asked
    if (left !== '' && (act === null || left !== expected(act))) throw new Error(`${this.id} was killed when it was to ${JSON.stringify(act)}, and has written ${left}`)
    if (act !== null) this.unheard[left === '' ? 'undone' : 'done'] += 1
    if (left !== '') this.acts += 1
    this.#asked = null
  }

  #maybeKill(child: ChildProcess, moment: Kill['moment']): void {
    if (this.#kill?.moment !== moment) return
    setTimeout(() => {
      this.#killed = true
      child.kill('SIGKILL')
    }, this.#kill.after_ms)
    this.#kill = null
  }

  /** Null: it was killed before it answered, and is up again. */
  async #ask(order: Order): Promise<Said | null> {
    const life = this.#living
    const answer = this.#next(life)
    life.child.send(order, () => undefined)
    const said = await answer
    if (said !== null) return said
    if (!this.#killed) throw new Error(`${this.id} ended by itself: ${life.complaint}`)
    this.kills += 1
    await this.#start(null)
    return null
  }

  #next(life: Life): Promise<Said | null> {
    return Promise.race([new Promise<Said>((resolve) => (life.hear = resolve)), life.gone.then(() => null)])
  }

  /** Notes the events that came. Answers them in words: their kinds, and the pieces they speak of. */
  #take(events: readonly Event[]): string {
    for (const { seq, hash } of events) {
      if (seq !== this.#told.length + 1) throw new Error(`${this.id} tells of event ${seq} after ${this.#told.length}`)
      this.#told.push(hash)
    }
    return events.map(({ kind, unitId }) => (unitId === null ? kind : `${kind} ${unitId}`)).join(' ')
  }
}

/** What an act leaves in the journal in one transaction; with a sale goes its money. */
const expected = ({ do: what, unitId }: Act): string => (what === 'sell' ? `settled sold ${unitId} booked` : `returned ${unitId}`)
