/**
 * Work beside the selling that nobody waits for while the shop is open. What goes wrong with it is told on standard
 * error and ends nothing; when the shop closes it is told to stop, and waited for: the files are closed after it.
 */
export class Errands {
  readonly #stop = new AbortController()
  readonly #going = new Set<Promise<void>>()

  /** Ends when the shop closes. */
  get signal(): AbortSignal {
    return this.#stop.signal
  }

  /** Begins at once; nothing is begun any more once the shop closes. */
  run(errand: () => Promise<unknown>): void {
    void this.over(errand)
  }

  /** The same, for whoever wants to know when it is over: it resolves, whatever became of it. */
  over(errand: () => Promise<unknown>): Promise<void> {
    if (this.signal.aborted) return Promise.resolve()
    const going = ended(errand).finally(() => this.#going.delete(going))
    this.#going.add(going)
    return going
  }

  stop(): void {
    this.#stop.abort()
  }

  async close(): Promise<void> {
    this.stop()
    await Promise.all(this.#going)
  }
}

async function ended(errand: () => Promise<unknown>): Promise<void> {
  try {
    await errand()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  }
}
