import { PGlite } from '@electric-sql/pglite'
import { mayTryAgain, type Database, type Query, type Transaction, type Value } from '../../../hub/database.ts'
import { migrate } from '../../../hub/migrate.ts'

/** Where a transaction is hurt: before its commit, or after it when nobody hears that it happened. */
export type Injury = 'none' | 'before-commit' | 'after-commit'

/** PostgreSQL in this process, behind the port the centre uses. One session, so one transaction at a time. */
export async function pgliteDatabase(injure: () => Injury = () => 'none'): Promise<Database & { readonly pg: PGlite }> {
  const pg = new PGlite()
  await pg.waitReady
  let queue: Promise<unknown> = Promise.resolve()
  const alone = <T>(act: () => Promise<T>): Promise<T> => {
    const next = queue.then(act, act)
    queue = next.catch(() => undefined)
    return next
  }
  return {
    pg,
    // One statement that changes something is a transaction of its own, and may be hurt like one.
    query: (text, values) => (CHANGES.test(text) ? tryAgain(() => alone(() => transact(pg, (tx) => tx.query(text, values), injure))) : alone(() => asked(pg).query(text, values))),
    touch: (text, values) => alone(() => asked(pg).touch(text, values)),
    transaction: (body) => tryAgain(() => alone(() => transact(pg, body, injure))),
    close: () => pg.close(),
  }
}

/** The same, with the tables of the centre in it. */
export async function migratedDatabase(injure?: () => Injury): ReturnType<typeof pgliteDatabase> {
  const db = await pgliteDatabase(injure)
  await migrate(db)
  return db
}

const TRIES_MAX = 8

/** As the centre tries again, but at once: there is nobody here to be out of step with. */
async function tryAgain<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (tries >= TRIES_MAX || !mayTryAgain(error)) throw error
    }
  }
}

const CHANGES = /^\s*(?:WITH|INSERT|UPDATE|DELETE)\b/

const asked = (pg: PGlite): Query => ({
  query: async <Row>(text: string, values: readonly Value[] = []) => (await pg.query<Row>(text, values.map(plain))).rows,
  touch: async (text, values = []) => (await pg.query(text, values.map(plain))).affectedRows ?? 0,
})

const plain = (value: Value): unknown => (Array.isArray(value) ? [...value] : value)

async function transact<T>(pg: PGlite, body: (tx: Transaction) => Promise<T>, injure: () => Injury): Promise<T> {
  await pg.exec('BEGIN')
  try {
    const last: (() => Promise<unknown>)[] = []
    const result = await body({ ...asked(pg), last: (text, values) => void last.push(() => asked(pg).query(text, values)) })
    for (const each of last) await each()
    const injury = injure()
    if (injury === 'before-commit') throw new Hurt('57P01')
    await pg.exec('COMMIT')
    if (injury === 'after-commit') throw new Hurt('08006')
    return result
  } catch (error) {
    if (!(error instanceof Hurt && error.code === '08006')) await pg.exec('ROLLBACK')
    throw error
  }
}

class Hurt extends Error {
  readonly code: string
  constructor(code: string) {
    super(`hurt with ${code}`)
    this.code = code
  }
}
