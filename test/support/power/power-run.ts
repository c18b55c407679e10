import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { chanceOf, type Chance } from '../../simulation/random.ts'
import { quickFolder } from '../quick-folder.ts'
import { withDemoMirror } from '../core/till.ts'
import { look } from '../kill/kill-run.ts'
import { imagesOf } from './disk-images.ts'
import { readCalls, STRACE, type DiskCall } from './system-calls.ts'

const ROOT = join(import.meta.dirname, '../../..')
const FILE = 'shop.db'
const TILL = 'test/support/kill/selling-till.ts'
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
 * A till sells under strace until it has promised so many receipts; then the disk is built anew as it may be after a
 * power cut at so many moments, and each is looked at as the next start would. `durability`: FULL is the product;
 * NORMAL is the same program with that one word changed, as a control that must lose receipts.
 */
export async function cutPower(durability: 'FULL' | 'NORMAL', receipts: number, images: number, seed: number): Promise<PowerReport> {
  const folder = mkdtempSync(join(quickFolder(), 'countermark-power-'))
  const printer = await startPrinterServer()
  try {
    const program = durability === 'FULL' ? ROOT : weakened(join(folder, 'program'))
    const dir = join(folder, 'till')
    mkdirSync(dir)
    withDemoMirror(dir)
    await sellUntil(program, [], dir, printer.address, seed, 2)
    const before = filesOf(dir)
    const log = join(folder, 'calls.txt')
    await sellUntil(program, ['strace', ...STRACE, '-o', log], dir, printer.address, seed + 1, receipts)
    const calls = await readCalls(log, dir, FILE, [...before.keys()])
    return judge(before, calls, images, chanceOf(seed), join(folder, 'image'))
  } finally {
    await printer.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A copy of the program in which the precious file is opened as the disposable one is. */
function weakened(place: string): string {
  for (const path of ['contract', 'native', 'electron', 'migrations', 'test/support', 'test/simulation', 'package.json'])
    cpSync(join(ROOT, path), join(place, path), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'))
  const file = join(place, 'electron/core/store/open-database.ts')
  const changes = [["durability === 'precious' ? 'FULL' : 'NORMAL'", "'NORMAL'"], ['synchronous !== 2', 'synchronous !== 1']] as const
  let text = readFileSync(file, 'utf8')
  for (const [word, instead] of changes) {
    if (text.split(word).length !== 2) throw new Error(`"${word}" stands ${text.split(word).length - 1} times in open-database.ts`)
    text = text.replace(word, instead)
  }
  writeFileSync(file, text)
  return place
}

/** Starts the selling till, waits for so many receipts, and kills it. The last thing it does may be half done. */
async function sellUntil(program: string, under: readonly string[], dir: string, printer: string, seed: number, receipts: number): Promise<void> {
  const [first, ...words] = [...under, process.execPath, join(program, TILL), dir, printer, String(seed)]
  // A group of its own: strace, when it is killed, leaves the till behind.
  const child = spawn(first, words, { cwd: program, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let said = ''
  let wrong = ''
  child.stderr.on('data', (bytes: Buffer) => (wrong += bytes.toString()))
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let late: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      late = setTimeout(() => reject(new Error(`the till has not sold ${receipts} times: ${said.slice(-200)} ${wrong.slice(-500)}`)), START_MS_MAX)
      child.once('error', reject)
      void gone.then(() => reject(new Error(`the till ended: ${wrong.slice(-500)}`)))
      child.stdout.on('data', (bytes: Buffer) => {
        said += bytes.toString()
        if (said.split('done ').length > receipts) resolve()
      })
    })
    // The till alone: strace has still to write down what it saw.
    process.kill(Number(/^selling (\d+)$/m.exec(said)?.[1]), 'SIGKILL')
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

const filesOf = (dir: string): Map<string, Buffer> =>
  new Map(readdirSync(dir).filter((name) => name.startsWith(FILE) && !name.endsWith('-shm')).map((name) => [name, readFileSync(join(dir, name))]))

function judge(before: ReadonlyMap<string, Buffer>, calls: readonly DiskCall[], images: number, chance: Chance, dir: string): PowerReport {
  // A cut before the first receipt has left proves little; right after a call of the disk it proves most.
  const first = calls.findIndex(({ does }) => does === 'promise')
  const cuts = Array.from({ length: images }, () => first + chance.below(calls.length - first)).sort((a, b) => a - b)
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
  return { images, promised, syncs: calls.filter(({ does }) => does === 'sync').length, faults }
}

function found(dir: string, promised: ReadonlySet<string>): readonly string[] {
  if (!existsSync(join(dir, FILE))) return ['there is no file any more']
  try {
    return look(dir, promised).faults
  } catch (error) {
    return [`the file cannot be opened: ${error instanceof Error ? error.message : String(error)}`]
  }
}
