import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { chanceOf } from '../../simulation/random.ts'
import { quickFolder } from '../quick-folder.ts'
import { filesOf, judge, runUntil, type PowerReport } from './replay.ts'
import { readCalls, STRACE, type DiskCall } from './system-calls.ts'

const ROOT = join(import.meta.dirname, '../../..')
const TILL = join(ROOT, 'test/support/power/swapping-till.ts')
const FILES = ['shop.db', 'mirror']

/**
 * A till under strace gets mirror after mirror until it has sold so many times; then each disk that a power cut may have
 * left is looked at. `careless`: what is to be done before and after a swap is left out, as a control that must spoil mirrors.
 */
export async function cutSwaps(how: 'careful' | 'careless', sales: number, images: number, seed: number): Promise<PowerReport> {
  const folder = mkdtempSync(join(quickFolder(), 'countermark-swaps-'))
  try {
    const dir = join(folder, 'till')
    mkdirSync(dir)
    await runUntil(ROOT, [], [TILL, dir, how], 4)
    const before = filesOf(dir, FILES)
    const log = join(folder, 'calls.txt')
    await runUntil(ROOT, ['strace', ...STRACE, '-o', log], [TILL, dir, how], sales)
    const calls = await readCalls(log, dir, FILES, [...before.keys()])
    const chance = chanceOf(seed)
    const moments = [...calls.keys()]
    const newlyNamed = whereNewlyNamed(calls)
    const cuts = Array.from({ length: images }, () => chance.pick(chance.is(0.7) ? newlyNamed : moments)).sort((a, b) => a - b)
    return judge(before, calls, cuts, chance, join(folder, 'image'), found)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The calls after a file was put in the place of the mirror, up to where the folder that names it is on the disk. */
function whereNewlyNamed(calls: readonly DiskCall[]): number[] {
  let isNew = false
  return [...calls.entries()].flatMap(([n, call]) => {
    if (call.does === 'name' && call.names.some(([name, file]) => name === 'mirror.db' && file !== null)) isNew = true
    if (call.does === 'sync-folder') isNew = false
    return isNew ? [n] : []
  })
}

function found(dir: string, promised: ReadonlySet<string>): readonly string[] {
  try {
    return [...wrongInShop(dir, promised), ...wrongInMirror(dir, promised)]
  } catch (error) {
    return [`the till does not open: ${error instanceof Error ? error.message : String(error)}`]
  }
}

function wrongInShop(dir: string, promised: ReadonlySet<string>): string[] {
  const store = new Store(join(dir, 'shop.db'), join(ROOT, 'migrations/shop'))
  try {
    const sold = new Set(store.reading.prepare('SELECT id FROM journal').pluck().all())
    return [...promised].filter((number) => number.startsWith('T1-R') && !sold.has(number)).map((number) => `${number} was sold and is not in the books`)
  } finally {
    store.close()
  }
}

/** Every change is one of all pieces, and each mirror has an area of its own: a mixed one shows. */
function wrongInMirror(dir: string, promised: ReadonlySet<string>): string[] {
  const mirror = new Mirror(join(dir, 'mirror.db'), join(ROOT, 'migrations/mirror'))
  try {
    const db = mirror.reading
    const whole = db.pragma('integrity_check', { simple: true })
    if (whole !== 'ok') return [`the mirror is spoiled: ${String(whole)}`]
    const states = db.prepare('SELECT DISTINCT area, ver, price_cents FROM units').all() as { area: string; ver: number; price_cents: number }[]
    const [state] = states
    if (state === undefined || states.length > 1) return [`the mirror is mixed: ${JSON.stringify(states)}`]
    const mirrorNo = Math.floor(state.ver / 1_000)
    const changes = (db.prepare('SELECT seq FROM sync_cursors').pluck().get() as number) / mirror.unitCount
    const numbers = db.prepare('SELECT count(*) FROM unit_aliases WHERE value LIKE ?').pluck().get(`SN-${mirrorNo}-%`)
    if (state.area !== `area-${mirrorNo}` || state.price_cents !== state.ver || state.ver !== mirrorNo * 1_000 + changes || numbers !== mirror.unitCount)
      return [`the mirror is mixed: ${JSON.stringify({ ...state, changes, numbers })}`]
    const kept = [...promised].filter((number) => number.startsWith('T1-G')).map((number) => Number(number.slice(4)))
    return kept.every((no) => no <= mirrorNo) ? [] : [`mirror ${Math.max(...kept)} was on the disk, and mirror ${mirrorNo} is here`]
  } finally {
    mirror.close()
  }
}
