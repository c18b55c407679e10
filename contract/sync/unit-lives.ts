import type { ToldEvent } from './wire.ts'

/**
 * Lives of pieces as they lie in a mirror. In a ready-made file most of their lines lie packed, many pieces in a block:
 * as rows they were half of its bytes. Nobody changes a block; what is told after the file was made lies beside it as
 * rows of `unit_events`.
 */

/** Fewer pack worse, and every till fetches that; more, and whoever looks at one of them waits until all are unpacked. */
export const LIVES_IN_A_BLOCK = 64

/** Lines that are looked for by kind and day, over all pieces: they lie as rows in every file, under an index. */
export const liesAsRow = ({ kind }: ToldEvent): boolean => kind === 'returned'

/** A line of a life; `params` is JSON. */
export interface LifeRow {
  readonly at: string
  readonly n: number
  readonly kind: string
  readonly store_id: string | null
  readonly who: string | null
  readonly params: string
}

type PackedLine = [at: string, n: number, kind: string, storeId: string | null, who: string | null, params: ToldEvent['params']]

/** A line of text for each piece: its id, a blank, and its life as JSON, which has no line break of its own. */
export const blockText = (lives: ReadonlyMap<string, readonly ToldEvent[]>): string =>
  [...lives].map(([id, events]) => `${id} ${JSON.stringify(events.map(packedLine))}\n`).join('')

const packedLine = ({ at, n, kind, store_id, who, params }: ToldEvent): PackedLine => [at, n, kind, store_id, who, params]

function lifeIn(text: string, unitId: string): LifeRow[] {
  const head = `${unitId} `
  const start = text.startsWith(head) ? 0 : text.indexOf(`\n${head}`) + 1
  return start === 0 && !text.startsWith(head) ? [] : rowsOf(text.slice(start + head.length, text.indexOf('\n', start)))
}

const rowsOf = (json: string): LifeRow[] =>
  (JSON.parse(json) as PackedLine[]).map(([at, n, kind, store_id, who, params]) => ({ at, n, kind, store_id, who, params: JSON.stringify(params) }))

/** As much of a SQLite connection as is asked here. */
interface Asked {
  prepare(sql: string): { get(...given: unknown[]): unknown; all(...given: unknown[]): unknown[]; iterate(...given: unknown[]): IterableIterator<unknown> }
}

interface Block {
  readonly last_id: string
  readonly lives: Uint8Array
}

const ROWS = 'SELECT at, n, kind, store_id, who, params FROM unit_events WHERE unit_id = ? ORDER BY at, n'
const BLOCK = 'SELECT last_id, lives FROM unit_lives WHERE last_id >= ? ORDER BY last_id LIMIT 1'
/** A mirror of an older program, opened to be read only, has no blocks. */
const HAS_BLOCKS = "SELECT 1 FROM sqlite_schema WHERE name = 'unit_lives'"

/** The lives in one mirror file. `unpack` makes text of a block (zstd); none of one that is to be left out. */
export class UnitLives {
  readonly #db: Asked
  readonly #unpack: (block: Uint8Array) => string
  readonly #rows: ReturnType<Asked['prepare']>
  readonly #block: ReturnType<Asked['prepare']> | null
  /** A scan asks for the life of one piece several times. */
  #last = { id: '', text: '' }

  constructor(db: Asked, unpack: (block: Uint8Array) => string) {
    this.#db = db
    this.#unpack = unpack
    this.#rows = db.prepare(ROWS)
    this.#block = db.prepare(HAS_BLOCKS).get() === undefined ? null : db.prepare(BLOCK)
  }

  /** The life of a piece, oldest line first. A line that was told again is there once, as it was told last. */
  of(unitId: string): LifeRow[] {
    const rows = this.#rows.all(unitId) as LifeRow[]
    const block = this.#block?.get(unitId) as Block | undefined
    if (block === undefined) return rows
    if (block.last_id !== this.#last.id) this.#last = { id: block.last_id, text: this.#unpack(block.lives) }
    return merged(lifeIn(this.#last.text, unitId), rows)
  }

  /** All packed lives of which something `may` be wanted: it sees the text of a whole block before that is read. */
  *packed(may: (text: string) => boolean): Generator<{ readonly unitId: string; readonly rows: readonly LifeRow[] }> {
    if (this.#block === null) return
    for (const { lives } of this.#db.prepare('SELECT lives FROM unit_lives').iterate() as IterableIterator<Block>) {
      const text = this.#unpack(lives)
      if (may(text)) for (const line of text.trimEnd().split('\n')) yield { unitId: line.slice(0, line.indexOf(' ')), rows: rowsOf(line.slice(line.indexOf(' ') + 1)) }
    }
  }
}

function merged(packed: readonly LifeRow[], rows: readonly LifeRow[]): LifeRow[] {
  const isToldAgain = ({ at, n }: LifeRow): boolean => rows.some((row) => row.at === at && row.n === n)
  return [...packed.filter((line) => !isToldAgain(line)), ...rows].sort((a, b) => (a.at === b.at ? a.n - b.n : a.at < b.at ? -1 : 1))
}
