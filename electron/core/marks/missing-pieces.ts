import { fullName } from '../../../contract/product-name.ts'
import type { MissingPiece } from '../../../contract/mark-view.ts'
import { unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import { wholeOf } from '../sets/set-of.ts'
import { sql } from '../store/store.ts'

const LIST_MAX = 500

/** What the mirror knows as missing in a store. Its index holds the missing alone. */
export const MISSING_HERE = `SELECT id FROM units WHERE store_id = ? AND custody = 'missing' LIMIT ${LIST_MAX}`

/** What this till said of a piece and the mirror does not show yet. */
const MISSING_SINCE = "SELECT unit_id AS id FROM unit_overlays WHERE json_extract(facts, '$.custody.at') = 'missing'"

/** The pieces that are looked for in this store, missing for the longest time first; of a set that is missing the whole alone. */
export function missingPieces(ground: Ground): MissingPiece[] {
  const told = sql(ground.mirror.reading, MISSING_HERE).all(ground.place.id) as { id: string }[]
  const here = sql(ground.store.reading, MISSING_SINCE).all() as { id: string }[]
  const ids = new Set([...told, ...here].map(({ id }) => id))
  return [...ids]
    .flatMap((id): MissingPiece[] => {
      const unit = unitOf(ground, id)
      const custody = unit?.facts.custody
      if (!unit || custody?.at !== 'missing' || custody.storeId !== ground.place.id) return []
      if (wholeOf(ground, unit)?.facts.custody.at === 'missing') return []
      return [{ unitId: id, name: fullName(unit.product.brand, unit.product.name), serial: unit.aliases[0]?.value ?? id, since: custody.since }]
    })
    .sort((a, b) => Date.parse(a.since) - Date.parse(b.since) || (a.serial < b.serial ? -1 : 1))
}
