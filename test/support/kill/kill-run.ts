import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startPrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { wrongDocuments } from '../core/books.ts'
import { temporaryFolder, withDemoMirror } from '../core/till.ts'

export interface KillReport {
  readonly kills: number
  /** Receipts that the printer has seen the number of. */
  readonly seenOnPaper: number
  readonly sales: number
  readonly returns: number
  readonly faults: readonly string[]
}

const ROOT = join(import.meta.dirname, '../../..')
/** Mostly short, so that a kill falls into the middle of something; every tenth long enough for paper to come out. */
const LIFE_MS_MAX = 800
const LONG_LIFE_MS = 4_000

/** Several tills with a folder and a printer each, killed side by side: most of a kill is waiting for the next start. */
export async function killRuns(kills: number, lanes: number, seed: number, onKill: () => void = () => undefined): Promise<KillReport> {
  const share = Math.ceil(kills / lanes)
  const reports = await Promise.all(Array.from({ length: lanes }, (_, lane) => killRun(share, seed + lane * 7_919, onKill)))
  const total = (count: (report: KillReport) => number): number => reports.reduce((sum, report) => sum + count(report), 0)
  return {
    kills: total((report) => report.kills),
    seenOnPaper: total((report) => report.seenOnPaper),
    sales: total((report) => report.sales),
    returns: total((report) => report.returns),
    faults: reports.flatMap((report) => report.faults),
  }
}

/**
 * Kills a selling till so many times at random moments, and looks after each: every receipt that reached the printer
 * has its rows, no sale is there twice, the books add up, the chain holds, SQLite finds nothing wrong.
 */
async function killRun(kills: number, seed: number, onKill: () => void): Promise<KillReport> {
  const folder = temporaryFolder()
  const printer = await startPrinterServer()
  withDemoMirror(folder.path)
  const onPaper = new Set<string>()
  const faults: string[] = []
  let random = seed >>> 0 || 1
  let tally = { sales: 0, returns: 0 }
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0
      await sellAndDie(folder.path, printer.address, random, (kill % 10 === 0 ? LONG_LIFE_MS : 0) + ((random >>> 8) % LIFE_MS_MAX))
      for (const number of numbersOn(printer.text())) onPaper.add(number)
      printer.takePaper()
      const looked = look(folder.path, onPaper)
      tally = looked
      faults.push(...looked.faults.map((fault) => `after kill ${kill}: ${fault}`))
      if (faults.length > 20) break
      onKill()
    }
  } finally {
    await printer.close()
    folder.remove()
  }
  return { kills, seenOnPaper: onPaper.size, ...tally, faults }
}

async function sellAndDie(dataDir: string, printer: string, seed: number, after_ms: number): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'test/support/kill/selling-till.ts'), dataDir, printer, String(seed)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const selling = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
  const started = await Promise.race([selling.then(() => true), gone.then(() => false)])
  if (!started) throw new Error(`the till did not start again: ${said}`)
  await wait(after_ms)
  child.kill('SIGKILL')
  const code = await gone
  if (code !== null) throw new Error(`the till ended by itself with ${code}: ${said}`)
}

const numbersOn = (text: string): string[] => [...text.matchAll(/T1-[RG]\d{6}/g)].map((match) => match[0])

/** Reads the books as the next start would find them. `onPaper`: receipts that must be in them. */
export function look(dataDir: string, onPaper: ReadonlySet<string>): { sales: number; returns: number; faults: string[] } {
  const store = new Store(join(dataDir, 'shop.db'), join(ROOT, 'migrations/shop'))
  const db = store.reading
  const one = <T>(sql: string): T => db.prepare(sql).pluck().get() as T
  const faults: string[] = []
  try {
    const integrity = one<string>('PRAGMA integrity_check')
    if (integrity !== 'ok') faults.push(`integrity_check says ${integrity}`)
    const numbers = new Set(db.prepare('SELECT number FROM sales UNION SELECT number FROM returns').pluck().all() as string[])
    for (const number of onPaper) if (!numbers.has(number)) faults.push(`${number} is on paper and not in the books`)
    faults.push(...wrongDocuments(db))
    return { sales: one<number>('SELECT count(*) FROM sales'), returns: one<number>('SELECT count(*) FROM returns'), faults }
  } finally {
    store.close()
  }
}
