import type { KioskSlot } from '../../../contract/policy.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

/** How many pieces lie in a slot since it was last emptied. */
export function insideOf(db: Reading, slot: string): number {
  const row = sql(
    db,
    `SELECT count(*) AS n FROM slot_steps WHERE slot = ? AND step = 'put'
     AND n > coalesce((SELECT max(n) FROM slot_steps WHERE slot = ? AND step = 'emptied'), 0)`,
  ).get(slot, slot) as { n: number }
  return row.n
}

/**
 * Where a piece of a category goes in: the first slot that takes it and has room. A kiosk without slots has one hole
 * for everything, without a name. Null: there are slots for it and all of them are full, or none takes it.
 */
export function slotFor(db: Reading, slots: readonly KioskSlot[] | undefined, category: string): { readonly name: string | null } | null {
  if (slots === undefined || slots.length === 0) return { name: null }
  const fits = slots.filter(({ categories }) => categories.includes(category) || categories.includes('*'))
  const free = fits.find(({ name, holds }) => insideOf(db, name) < holds)
  return free ? { name: free.name } : null
}

export function recordPut(db: Writing, entry: { slot: string; unitId: string; returnNumber: string; at: string }): void {
  sql(db, "INSERT INTO slot_steps (slot, step, unit_id, return_number, at) VALUES (?, 'put', ?, ?, ?)").run(
    entry.slot, entry.unitId, entry.returnNumber, entry.at,
  )
}

export function recordEmptied(db: Writing, slot: string, at: string, who: string): void {
  sql(db, "INSERT INTO slot_steps (slot, step, at, who) VALUES (?, 'emptied', ?, ?)").run(slot, at, who)
}
