import { once } from 'node:events'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

const FOLD = `
const { parentPort, workerData } = require('node:worker_threads')
const Database = require(workerData.sqlite)
const db = new Database(workerData.file, { fileMustExist: true })
parentPort.on('message', (asked) => {
  if (asked === 'end') {
    db.close()
    parentPort.close()
  } else parentPort.postMessage(db.pragma('wal_checkpoint(' + asked + ')')[0].log)
})`

/**
 * Brings what lies in the log of a database to its file, in a thread of its own: thousands of pages all over a large file
 * and the waiting for the disk take half a second, and as a part of a commit somebody who scans would wait for it.
 * Whoever makes one calls `end`.
 */
export class LogFolding {
  readonly #file: string
  #thread: { readonly worker: Worker; readonly gone: Promise<never> } | null = null

  constructor(file: string) {
    this.#file = file
  }

  /** A thread takes as long to begin as a thousand rows to be put in: who knows that he will fold begins it before. */
  begin(): void {
    this.#thread ??= this.#started()
  }

  /**
   * Folds in what is committed, and answers how many pages the log had. As long as nobody writes meanwhile it begins anew
   * after it; beside a writer it goes on to grow. Rejects with what the disk says.
   */
  fold(): Promise<number> {
    return this.#ask('PASSIVE')
  }

  /** Folds in all of it and cuts the log to nothing; where somebody else reads an older state for seconds, it stays. */
  async empty(): Promise<void> {
    // What takes long is done first: while the log is cut nobody can read.
    await this.fold()
    await this.#ask('TRUNCATE')
  }

  /** The thread has let go of the file when it answers. */
  async end(): Promise<void> {
    this.#thread?.worker.postMessage('end')
    await this.#thread?.gone.catch(() => undefined)
    this.#thread = null
  }

  async #ask(mode: 'PASSIVE' | 'TRUNCATE'): Promise<number> {
    const { worker, gone } = (this.#thread ??= this.#started())
    worker.postMessage(mode)
    const [pages] = (await Promise.race([once(worker, 'message'), gone])) as [number]
    return pages
  }

  #started(): { worker: Worker; gone: Promise<never> } {
    const worker = new Worker(FOLD, { eval: true, workerData: { file: this.#file, sqlite: createRequire(import.meta.url).resolve('better-sqlite3') } })
    const gone = once(worker, 'exit').then(() => {
      throw new Error('the folding of a log ended without an answer')
    })
    gone.catch(() => undefined)
    return { worker, gone }
  }
}
