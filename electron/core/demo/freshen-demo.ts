import type { Database } from 'better-sqlite3'

/** In the demo shop nobody sends fresh lists; they are as fresh as the start, or the demo would grow old and cautious. */
export function freshenDemo(mirror: Database, now: string): void {
  mirror.transaction(() => {
    mirror.prepare('UPDATE lists SET as_of = ?').run(now)
    mirror.prepare("UPDATE about SET value = ? WHERE key = 'as_of'").run(now)
  })()
}
