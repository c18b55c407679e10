import type { HubGround } from '../ground.ts'
import { instant, newId } from '../ground.ts'
import type { Query } from '../database.ts'
import type { Sealing } from '../customers/sealing.ts'

/** What the rooms behind the centre's own face stand on. */
export interface Office extends HubGround {
  readonly sealing: Sealing
}

/** Writes what a person of the centre did, in the transaction in which it was done. */
export async function logAct(db: Query, office: Pick<Office, 'now_ms'>, who: string, act: string, about: string): Promise<void> {
  const at = instant(office.now_ms())
  await db.query('INSERT INTO office_log (day, id, at, who, act, about) VALUES ($1, $2, $3, $4, $5, $6)', [
    at.slice(0, 10), newId(), at, who, act, about.slice(0, 500),
  ])
}
