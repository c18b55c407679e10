import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { chanceOf } from '../../simulation/random.ts'
import { quickFolder } from '../quick-folder.ts'
import { withDemoMirror } from '../core/till.ts'
import { look } from '../kill/kill-run.ts'
import { filesOf, judge, runUntil, type PowerReport } from './replay.ts'
import { readCalls, STRACE } from './system-calls.ts'

const ROOT = join(import.meta.dirname, '../../..')
const FILE = 'shop.db'
const TILL = 'test/support/kill/selling-till.ts'

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
    await runUntil(program, [], [join(program, TILL), dir, printer.address, String(seed)], 2)
    const before = filesOf(dir, [FILE])
    const log = join(folder, 'calls.txt')
    await runUntil(program, ['strace', ...STRACE, '-o', log], [join(program, TILL), dir, printer.address, String(seed + 1)], receipts)
    const calls = await readCalls(log, dir, [FILE], [...before.keys()])
    const chance = chanceOf(seed)
    // A cut before the first receipt has left proves little; right after a call of the disk it proves most.
    const first = calls.findIndex(({ does }) => does === 'promise')
    const cuts = Array.from({ length: images }, () => first + chance.below(calls.length - first)).sort((a, b) => a - b)
    return judge(before, calls, cuts, chance, join(folder, 'image'), found)
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

function found(dir: string, promised: ReadonlySet<string>): readonly string[] {
  if (!existsSync(join(dir, FILE))) return ['there is no file any more']
  try {
    return look(dir, promised).faults
  } catch (error) {
    return [`the file cannot be opened: ${error instanceof Error ? error.message : String(error)}`]
  }
}
