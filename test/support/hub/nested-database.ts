import { PGlite } from '@electric-sql/pglite'
import { mayTryAgain, type Database, type Query } from '../../../hub/database.ts'

/** PostgreSQL in this process inside of one transaction that is never committed: any moment of it can be come back to. */
export interface NestedDatabase extends Database {
  /** From here on everything can be taken back. Said again where nothing is left to take back, it sweeps up what was. */
  begin(): Promise<void>
  mark(): Promise<void>
  /** Takes back what happened since the last mark, and the mark. */
  rewind(): Promise<void>
}

/** Nobody else is there, so what is lost in a race is lost to itself: a few tries, at once. */
const TRIES_MAX = 3

export async function nestedDatabase(): Promise<NestedDatabase> {
  const pg = new PGlite()
  await pg.waitReady
  let depth = 0
  let isOpen = false
  const asked: Query = {
    query: async <Row>(text: string, values: Parameters<Query['query']>[1] = []) => (await pg.query<Row>(text, values.map(plain))).rows,
    touch: async (text, values = []) => (await pg.query(text, values.map(plain))).affectedRows ?? 0,
  }
  const mark = async (): Promise<void> => {
    depth += 1
    await pg.exec(depth === 1 && !isOpen ? 'BEGIN' : `SAVEPOINT s${depth}`)
  }
  const rewind = async (): Promise<void> => {
    await pg.exec(depth === 1 && !isOpen ? 'ROLLBACK' : `ROLLBACK TO SAVEPOINT s${depth}; RELEASE SAVEPOINT s${depth}`)
    depth -= 1
  }
  const keep = async (): Promise<void> => {
    await pg.exec(depth === 1 && !isOpen ? 'COMMIT' : `RELEASE SAVEPOINT s${depth}`)
    depth -= 1
  }
  return {
    ...asked,
    begin: async () => {
      if (depth > 0) throw new Error(`${depth} marks are left`)
      // What was taken back leaves its dead rows, and every look would go past all of them.
      if (isOpen) await pg.exec('ROLLBACK')
      await pg.exec('VACUUM')
      await pg.exec('BEGIN')
      isOpen = true
    },
    mark,
    rewind,
    transaction: async (body) => {
      for (let tries = 1; ; tries += 1) {
        await mark()
        try {
          const last: (() => Promise<unknown>)[] = []
          const result = await body({ ...asked, last: (text, values) => void last.push(() => asked.query(text, values)) })
          for (const each of last) await each()
          await keep()
          return result
        } catch (error) {
          await rewind()
          if (tries >= TRIES_MAX || !mayTryAgain(error)) throw error
        }
      }
    },
    close: () => pg.close(),
  }
}

const plain = (value: unknown): unknown => (Array.isArray(value) ? [...(value as unknown[])] : value)
