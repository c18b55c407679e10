import pg from 'pg'

export type Value = string | number | boolean | null | Buffer | readonly (string | number | boolean | null | Buffer)[]

/** Something one can put SQL to: the pool, or one transaction of it. */
export interface Query {
  /** Rows of a statement with `$1` parameters. Whole numbers of PostgreSQL come back as numbers, `bytea` as bytes. */
  query<Row>(text: string, values?: readonly Value[]): Promise<Row[]>
  /** How many rows a change touched. Use it after every compare-and-set, and say what must be true. */
  touch(text: string, values?: readonly Value[]): Promise<number>
}

/** A query inside of a transaction. */
export interface Transaction extends Query {
  /**
   * A statement that is sent together with the commit, after everything else: what it locks is held for one journey to
   * the server and no longer. Nobody waits for its rows; where it fails, nothing of the transaction happened.
   */
  last(text: string, values: readonly Value[]): void
}

/**
 * The one way to PostgreSQL. `transaction` is READ COMMITTED and may run its body several times (a deadlock, a failover,
 * a commit whose outcome nobody heard), so a body changes nothing outside of the database and is a no-op when it is
 * repeated: insert with ON CONFLICT DO NOTHING, or compare-and-set.
 */
export interface Database extends Query {
  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const names = new Map<string, string>()

/**
 * Names a statement that is asked all day: each connection parses and plans it once. Its columns are written out, because
 * a plan that is kept does not bear that a `*` becomes more columns while another version of the program migrates.
 */
export function prepared(text: string): string {
  if (!names.has(text)) names.set(text, `hub-${names.size + 1}`)
  return text
}

/**
 * Waits for statements that were sent without waiting for each other. All of them have their answer before this answers
 * or throws: nothing of a change that failed may be sent after its rollback. Throws the error that was the cause, not
 * one of those that only say that the transaction was over.
 */
export async function together<const T extends readonly Promise<unknown>[]>(...sent: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const errors: unknown[] = (await Promise.allSettled(sent)).flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  if (errors.length > 0) throw errors.find((error) => codeOf(error) !== IN_FAILED_TRANSACTION) ?? errors[0]
  return Promise.all(sent)
}

const IN_FAILED_TRANSACTION = '25P02'

/** How often a transaction is tried before its error is the caller's. */
const TRIES_MAX = 8
const WAIT_MS = 5
const WAIT_MS_MAX = 400

/**
 * Serialization failures, deadlocks, lost connections and servers that go away: all of them are tried again. After a
 * lost connection nobody knows whether the commit happened, which is why bodies may be repeated.
 */
export function mayTryAgain(error: unknown): boolean {
  const code = codeOf(error)
  return code === '40001' || code === '40P01' || code.startsWith('08') || code.startsWith('57P') || LOST.has(code) || isCut(error)
}

const LOST = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'])

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** node-postgres tells of a cut connection without a code. */
const isCut = (error: unknown): boolean =>
  error instanceof Error && /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect/.test(error.message)

/** Runs `attempt` until it succeeds or fails for good; waits a little longer, and never in step with others, each time. */
export async function tryAgain<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (tries >= TRIES_MAX || !mayTryAgain(error)) throw error
      const most_ms = Math.min(WAIT_MS_MAX, WAIT_MS * 2 ** tries)
      await new Promise((resolve) => setTimeout(resolve, most_ms / 2 + Math.random() * (most_ms / 2)))
    }
  }
}

/** The number by which PostgreSQL names the type of `bigint`. */
const INT8 = pg.types.builtins.INT8

/**
 * A pool of connections to one PostgreSQL, 15 or newer. A statement that waits 30 s for a lock is given up. Statements
 * that are sent without waiting for each other travel together, in the order they were sent.
 */
export function openPostgres(url: string, connections = 12): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    pipeline: true,
    statement_timeout: 60_000,
    lock_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: (oid, format) => (oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format)) },
  })
  // A connection that dies while idle is replaced by the next question; there is nobody to tell.
  pool.on('error', () => undefined)
  return {
    query: (text, values) => tryAgain(() => askedOf(pool).query(text, values)),
    touch: (text, values) => askedOf(pool).touch(text, values),
    transaction: (body) => tryAgain(() => inTransaction(pool, body)),
    close: () => pool.end(),
  }
}

const askedOf = (client: pg.Pool | pg.PoolClient): Query => ({
  query: async <Row>(text: string, values: readonly Value[] = []) => (await send(client, text, values)).rows as Row[],
  touch: async (text, values = []) => (await send(client, text, values)).rowCount ?? 0,
})

function send(client: pg.Pool | pg.PoolClient, text: string, values: readonly Value[]): Promise<pg.QueryResult> {
  const name = names.get(text)
  return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) })
}

async function inTransaction<T>(pool: pg.Pool, body: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  // An error of a connection in use is thrown by the statement; without a listener Node would end the process.
  const hush = (error: Error): void => void (broken = error)
  client.on('error', hush)
  const last: (() => Promise<unknown>)[] = []
  try {
    // Travels with the first statement of the body; where it fails, so does all that follows.
    const begun = client.query('BEGIN')
    begun.catch(() => undefined)
    const result = await body({ ...askedOf(client), last: (text, values) => void last.push(() => send(client, text, values)) })
    const committed = (await together(begun, ...last.map((each) => each()), client.query('COMMIT'))).at(-1) as pg.QueryResult
    if (committed.command !== 'COMMIT') throw new Error('a statement of the transaction had failed, and nothing was committed')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: unknown) => (broken = lost instanceof Error ? lost : new Error(String(lost))))
    throw error
  } finally {
    client.off('error', hush)
    client.release(broken)
  }
}

/** Throws unless a compare-and-set touched exactly the rows it had to: somebody else was there, or we are wrong. */
export class LostRace extends Error {
  /** A lost race is a serialization failure of our own making: the transaction is tried again. */
  readonly code = '40001'
  constructor(what: string) {
    super(`another process was faster: ${what}`)
    this.name = 'LostRace'
  }
}
