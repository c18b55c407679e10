import { join } from 'node:path'
import type { NumberedRow } from '../../../contract/sync/wire.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { emptyLog, keepName } from '../../../electron/core/mirror/swap.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { cursorsOf, followScopes, takeRows } from '../../../electron/core/sync/take-rows.ts'

/**
 * A till that gets mirror after mirror until it is killed, with changes of all pieces and sales in between. Started as a
 * process of its own: `swapping-till.ts DATA HOW`, where a `careless` one leaves out what is to be done before and after.
 * Its word: `done T1-R…` of a sale, and `on the disk T1-G…` of a mirror.
 */
const [dataDir = '', how = 'careful'] = process.argv.slice(2)
const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
const PIECES = 200
const CHANGES = 3

const store = new Store(join(dataDir, 'shop.db'), join(MIGRATIONS, 'shop'))
const mirror = new Mirror(join(dataDir, 'mirror.db'), join(MIGRATIONS, 'mirror'))
const number = (letter: string, n: number): string => `T1-${letter}${String(n).padStart(6, '0')}`

/** All pieces, of so many changes before. Of each mirror another area. */
function change(one: Mirror, mirrorNo: number): void {
  followScopes(one, ['north'])
  const seq = cursorsOf(one)['north'] ?? 0
  const ver = mirrorNo * 1_000 + seq / PIECES + 1
  const rows = Array.from({ length: PIECES }, (_, n): NumberedRow => {
    const id = `piece-${n}`
    const row = { id, product_id: 'lamp', custody: 'in-stock', store_id: 'north', area: `area-${mirrorNo}`, title: 'ours', condition: 'new', price_cents: ver, ver }
    const aliases = [{ value: `SN-${mirrorNo}-${n}`, kind: 'serial' as const, match_key: null, retired_why: null }]
    return { seq: seq + n + 1, row: { t: 'unit', id, ver, home: 'north', flagged: false, aliases, events: [], row } }
  })
  takeRows(one, 'north', rows)
}

function sell(): void {
  const last = store.reading.prepare('SELECT coalesce(max(seq), 0) FROM journal').pluck().get() as number
  const sale = number('R', last + 1)
  store.write((db) => void db.prepare("INSERT INTO journal (seq, id, hash, kind, unit_id, at, body) VALUES (?, ?, x'00', 'sold', 'a', '2026-11-22T12:00:00.000Z', '{}')").run(last + 1, sale))
  process.stdout.write(`done ${sale}\n`)
}

async function swap(mirrorNo: number): Promise<void> {
  if (how === 'careful') await emptyLog(mirror)
  const ready = join(dataDir, 'mirror-next.db')
  const next = mirror.beside(ready)
  change(next, mirrorNo)
  next.close()
  mirror.replaceWith(ready)
  if (how === 'careful') await keepName(mirror)
}

process.stdout.write(`swapping ${process.pid}\n`)
const first = Math.floor(((mirror.reading.prepare('SELECT max(ver) FROM units').pluck().get() as number | null) ?? 0) / 1_000)
for (let mirrorNo = first + 1; ; mirrorNo += 1) {
  await swap(mirrorNo)
  for (let n = 0; n < CHANGES; n += 1) {
    change(mirror, mirrorNo)
    sell()
    if (n === 1 && mirror.isOnDisk()) process.stdout.write(`on the disk ${number('G', mirrorNo)}\n`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
