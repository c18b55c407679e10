import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Chance } from '../../simulation/random.ts'
import { imagesOf } from './disk-images.ts'
import type { DiskCall } from './system-calls.ts'

const START_MS_MAX = 120_000

export interface PowerReport {
  readonly images: number
  /** Receipts that had left the till when the last image was made. */
  readonly promised: number
  readonly syncs: number
  /** Images that lacked a receipt which had left, or that were not whole, in words. */
  readonly faults: readonly string[]
}

/** Why no power cut can be replayed on this machine; null: it can. */
export function whyNoStrace(): string | null {
  if (process.platform !== 'linux') return 'strace is of Linux'
  const tried = spawnSync('strace', ['-f', '--seccomp-bpf', '-e', 'trace=close', '-o', '/dev/null', 'true'], { encoding: 'utf8' })
  if (tried.error) return 'strace is not installed (apt install strace)'
  return tried.status === 0 ? null : `strace may not look at processes here: ${tried.stderr.trim().slice(0, 200)}`
}

/**
 * Starts a program that says its own id first and a line with `done` for each thing it has done, waits for so many, and
 * kills it. The last thing it does may be half done.
 */
export async function runUntil(program: string, under: readonly string[], task: readonly string[], times: number): Promise<void> {
  const [first = '', ...words] = [...under, process.execPath, ...task]
  // A group of its own: strace, when it is killed, leaves the till behind.
  const child = spawn(first, words, { cwd: program, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let said = ''
  let wrong = ''
  child.stderr.on('data', (bytes: Buffer) => (wrong += bytes.toString()))
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let late: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      late = setTimeout(() => reject(new Error(`it has not come to ${times} times: ${said.slice(-200)} ${wrong.slice(-500)}`)), START_MS_MAX)
      child.once('error', reject)
      void gone.then(() => reject(new Error(`it ended: ${wrong.slice(-500)}`)))
      child.stdout.on('data', (bytes: Buffer) => {
        said += bytes.toString()
        if (said.split('done ').length > times) resolve()
      })
    })
    // It alone: strace has still to write down what it saw.
    process.kill(Number(/^\w+ (\d+)$/m.exec(said)?.[1]), 'SIGKILL')
    await gone
  } finally {
    clearTimeout(late)
    if (child.pid !== undefined) endGroup(child.pid)
  }
}

/** Ends what still runs of a process and all that it started; nothing, where all of them are gone. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** What stands in a folder under names that begin so. */
export const filesOf = (dir: string, beginnings: readonly string[]): Map<string, Buffer> =>
  new Map(
    readdirSync(dir)
      .filter((name) => beginnings.some((beginning) => name.startsWith(beginning)) && !name.endsWith('-shm'))
      .map((name) => [name, readFileSync(join(dir, name))]),
  )

/** Builds the disk anew as it may be after a cut right after each of these calls, and has each looked at by `found`, which answers in words. */
export function judge(
  before: ReadonlyMap<string, Buffer>, calls: readonly DiskCall[], cuts: readonly number[], chance: Chance, dir: string,
  found: (dir: string, promised: ReadonlySet<string>) => readonly string[],
): PowerReport {
  const faults: string[] = []
  let promised = 0
  let n = 0
  mkdirSync(dir)
  for (const image of imagesOf(before, calls, cuts, chance)) {
    promised = image.promised.size
    for (const name of readdirSync(dir)) rmSync(join(dir, name))
    for (const [name, bytes] of image.files) writeFileSync(join(dir, name), bytes)
    faults.push(...found(dir, image.promised).map((fault) => `after call ${cuts[n]} of ${calls.length}: ${fault}`))
    n += 1
  }
  return { images: n, promised, syncs: calls.filter(({ does }) => does === 'sync').length, faults }
}
