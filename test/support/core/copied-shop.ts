import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Core } from '../../../electron/core/start-core.ts'
import { openShop, startInProcess } from './till-in-process.ts'
import { temporaryFolder, withDemoMirror } from './till.ts'

/** One till's folder after some work, and as many copies of it as a test wants to spoil and start. */
export class CopiedShop {
  readonly #whole = temporaryFolder()
  readonly #copies: ReturnType<typeof temporaryFolder>[] = []
  readonly #cores: Core[] = []

  /** Lets the till live what the copies are copies of. */
  async live(work: (core: Core, dir: string) => Promise<void> | void): Promise<void> {
    withDemoMirror(this.#whole.path)
    const core = await startInProcess(this.#whole.path)
    openShop(core)
    await work(core, this.#whole.path)
    await core.stop()
    // Its size is of no interest here, and it is copied many times.
    writeFileSync(join(this.#whole.path, 'reserve.bin'), '')
  }

  copy(): string {
    const place = temporaryFolder()
    this.#copies.push(place)
    cpSync(this.#whole.path, place.path, { recursive: true })
    return place.path
  }

  async start(dir: string): Promise<Core> {
    const core = await startInProcess(dir)
    this.#cores.push(core)
    return core
  }

  async clearCopies(): Promise<void> {
    for (const core of this.#cores.splice(0)) await core.stop()
    for (const place of this.#copies.splice(0)) place.remove()
  }

  remove(): void {
    this.#whole.remove()
  }
}
