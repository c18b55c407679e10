import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CustomerKey } from '../../electron/core/customers/customer-key.ts'
import { Ground } from '../../electron/core/ground.ts'
import { Mirror } from '../../electron/core/mirror/mirror.ts'
import { searchFor } from '../../electron/core/search/search-desk.ts'
import { Store } from '../../electron/core/store/store.ts'
import { BENCH_NOW, benchMirror } from '../support/bench-mirror.ts'
import { percentiles } from '../support/percentiles.ts'

const UNITS = 1_000_000
const ROUNDS = 40
const MIGRATIONS = join(import.meta.dirname, '../../migrations')

/** Every question that comes up while these are typed, letter by letter: names, features, serials and receipts. */
function questions(mirror: Mirror): string[] {
  const all = mirror.reading
  const names = all.prepare('SELECT brand || \' \' || name AS text FROM products ORDER BY id LIMIT 20').all() as { text: string }[]
  const serials = all.prepare("SELECT value AS text FROM unit_aliases WHERE kind = 'serial' LIMIT 20 OFFSET 5000").all() as { text: string }[]
  const receipts = all.prepare('SELECT receipt_number AS text FROM units WHERE receipt_number IS NOT NULL LIMIT 5').all() as { text: string }[]
  const typed = [...names, ...serials, ...receipts].map(({ text }) => text)
  return typed.flatMap((text) => Array.from({ length: Math.min(text.length, 14) - 1 }, (_, more) => text.slice(0, more + 2)))
}

function measure(say: (sentence: string) => void) {
  const mirror = new Mirror(benchMirror(UNITS, say), join(MIGRATIONS, 'mirror'))
  const folder = mkdtempSync(join(tmpdir(), 'countermark-search-'))
  const store = new Store(join(folder, 'shop.db'), join(MIGRATIONS, 'shop'))
  try {
    const [place] = mirror.stores()
    if (place === undefined) throw new Error('the demo has a store')
    const clock = { now: () => Date.parse(BENCH_NOW), after: () => () => undefined }
    const ground = new Ground({ store, mirror, clock, seat: 'counter', till: { id: 't', code: 'T1', name: 'T1' }, place })
    const key = new CustomerKey(Buffer.alloc(32, 1))
    // Nobody is kept in this file, but the questions are hashed and looked up as they are in the shop.
    const customers = (text: string): [] => (store.reading.prepare('SELECT 1 FROM customer_keys WHERE key = ?').get(key.finding(text)), [])
    const asked = questions(mirror)
    const ask = (text: string): void => void searchFor(ground, text, customers)
    const bare = mirror.reading.prepare('SELECT unit_id FROM unit_aliases WHERE value = ?')
    for (const text of asked) ask(text)
    const found = percentiles(asked, ROUNDS, ask)
    const limit = percentiles(asked, ROUNDS, (text) => void bare.get(text))
    return { ...found, limit_us: limit.median_us, limitP99_us: limit.p99_us }
  } finally {
    store.close()
    mirror.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

export const benches = [
  // A frame of the screen lasts 16.7 ms: an answer between two of them is there at once.
  { name: 'as you type, everything of a shop with 1,000,000 pieces', promised_us: 8_000, limitName: 'one prepared SQLite lookup', measure },
]
