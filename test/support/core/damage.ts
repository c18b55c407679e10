import { closeSync, openSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'

const PAGE = 4_096

export function zero(file: string, at: number, bytes: number): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(bytes), 0, bytes, at)
  closeSync(handle)
}

/** The pages of one tree of the file: its root, and its leaves in the order of its rows. */
export function pagesOf(file: string, name: string): { readonly leaves: readonly number[]; readonly root: number } {
  const db = new Database(file, { readonly: true })
  const rows = db.prepare('SELECT pageno, pagetype FROM dbstat WHERE name = ? ORDER BY path').all(name) as { pageno: number; pagetype: string }[]
  const root = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name) as number
  db.close()
  return { leaves: rows.filter(({ pagetype }) => pagetype === 'leaf').map(({ pageno }) => pageno), root }
}

/** A page of which the disk has nothing any more. */
export const zeroPage = (file: string, page: number): void => zero(file, (page - 1) * PAGE, PAGE)
