import type { PolicyAnswer } from '../../../contract/policy-view.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { sql } from '../store/store.ts'

/** What the centre said to a version made at this till, by its name, which is the till's alone; null while it said nothing. */
export const answerTo = (mirror: Mirror, version: string): PolicyAnswer | null =>
  (sql(mirror.reading, 'SELECT answer, who, at, note FROM policy_answers WHERE version = ?').get(version) as PolicyAnswer | undefined) ?? null
