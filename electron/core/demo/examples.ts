import type { Database } from 'better-sqlite3'
import type { LifeRow } from '../../../contract/sync/unit-lives.ts'
import { livesIn } from '../mirror/lives-in.ts'
import { AIM_GS1_DATAMATRIX, UNIT_STORIES } from './example-stories.ts'
import type { Piece, UnitStory } from './example-stories.ts'

/** One thing to scan. `story` has words as `story.<code>`; the text is what a scanner would send, or a person type. */
export interface DemoExample {
  readonly story: string
  readonly text: string
  readonly name: string
  readonly price_cents: number | null
}

export interface ExampleOptions {
  /** The store of this till; without it the demo's first. */
  readonly storeId?: string
  /** The present, UTC; without it the moment the demo was made for. Windows of return are counted from it. */
  readonly now?: string
  /** True for a unit this till has already done something to: its story is not the one told here any more. */
  readonly isTouched?: (unitId: string) => boolean
}

interface Scope {
  readonly store: string
  readonly now: string
  /** Id of the last unit that is looked at. */
  readonly last: string
}

/** Showpieces stand first (`unit-plan.ts`): a story that is not among so many units is not looked for further on. */
const LOOKED_THROUGH = 5_000

const FIND_PIECES = (where: string): string => `
  SELECT u.id, p.name || ', ' || p.variant AS name, COALESCE(u.price_cents, p.price_cents) AS price_cents, p.gtin,
    u.produced_on, u.receipt_number,
    (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND a.retired_why IS NULL AND kind IN ('own', 'serial', 'vin')
      ORDER BY kind, value LIMIT 1) AS number,
    (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND kind = 'imei' ORDER BY value LIMIT 1) AS imei,
    (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND kind = 'contract' LIMIT 1) AS plan,
    (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND a.retired_why IS NOT NULL LIMIT 1) AS retired
  FROM units u CROSS JOIN products p ON p.id = u.product_id
  WHERE u.id <= @last AND ${where}
  ORDER BY u.id`

/**
 * One thing to scan for each story worth seeing, in the order of telling, found by what is in the file and nothing
 * else. A story of which no piece is left is left out. Empty for a mirror that is not a demo's.
 */
export function demoExamples(db: Database, options: ExampleOptions = {}): DemoExample[] {
  const find = db.prepare<[string], { value: string }>('SELECT value FROM about WHERE key = ?')
  const about = (key: string): string => find.get(key)?.value ?? ''
  if (about('demo') !== '1') return []
  const scope: Scope = {
    store: options.storeId ?? about('home_store'),
    now: options.now ?? about('as_of'),
    last: lastLookedAt(db),
  }
  const isTouched = options.isTouched ?? (() => false)
  const used = new Set<string>()
  const lives = livesIn(db)
  const units = UNIT_STORIES.flatMap((story) => {
    const piece = pieceOf(db, story, scope, (id) => !used.has(id) && !isTouched(id) && hasLived(lives.of(id), story))
    if (piece === null) return []
    used.add(piece.id)
    return exampleOf(story.story, story.text(piece), piece)
  })
  return [...units, ...plainExamples(db, scope), ...wrongExamples(db, units)]
}

function lastLookedAt(db: Database): string {
  const find = db.prepare<[number], { id: string }>('SELECT id FROM units ORDER BY id LIMIT 1 OFFSET ?')
  return find.get(LOOKED_THROUGH - 1)?.id ?? '~'
}

function pieceOf(db: Database, { where }: UnitStory, scope: Scope, isFit: (unitId: string) => boolean): Piece | null {
  const found = db.prepare<[Scope], Piece>(FIND_PIECES(where)).iterate(scope)
  for (const piece of found) if (isFit(piece.id)) return piece
  return null
}

const hasLived = (life: readonly LifeRow[], { lived = {} }: UnitStory): boolean =>
  Object.entries(lived).every(([kind, times]) => life.filter((line) => line.kind === kind).length === times)

function exampleOf(story: string, text: string | null, { name, price_cents }: Named): DemoExample[] {
  return text === null ? [] : [{ story, text, name, price_cents }]
}

interface Named {
  readonly name: string
  readonly price_cents: number | null
}

interface Article extends Named {
  readonly gtin: string | null
  readonly sku: string
  readonly lot: string | null
  readonly expiry: string | null
}

const FIND_ARTICLE = `
  SELECT p.name || ', ' || p.variant AS name, p.price_cents, p.gtin, p.sku, NULL AS lot, NULL AS expiry
  FROM products p WHERE p.tracking = @tracking ORDER BY p.id LIMIT 1`
const FIND_LOT = (expiry: string): string => `
  SELECT p.name || ', ' || p.variant AS name, p.price_cents, p.gtin, p.sku, l.lot, l.expiry
  FROM lots l JOIN products p ON p.id = l.product_id
  WHERE l.store_id = @store AND l.expiry ${expiry} substr(@now, 1, 10) ORDER BY p.picture DESC, p.id, l.lot LIMIT 1`

/** Goods without a number of their own: an EAN as a scanner sends it without an identifier, a lot, a service. */
function plainExamples(db: Database, scope: Scope): DemoExample[] {
  const article = (tracking: string): Article | undefined =>
    db.prepare<[{ tracking: string }], Article>(FIND_ARTICLE).get({ tracking })
  const lot = (expiry: '<' | '>='): Article | undefined => {
    const { store, now } = scope
    return db.prepare<[{ store: string; now: string }], Article>(FIND_LOT(expiry)).get({ store, now })
  }
  const told = (story: string, found: Article | undefined, text: (article: Article) => string | null): DemoExample[] =>
    found === undefined ? [] : exampleOf(story, text(found), found)
  return [
    ...told('plain-article', article('none'), ({ gtin }) => gtin?.slice(1) ?? null),
    ...told('lot', lot('>='), lotCode),
    ...told('expired-lot', lot('<'), lotCode),
    ...told('service', article('service'), ({ sku }) => sku),
  ]
}

function lotCode({ gtin, lot, expiry }: Article): string | null {
  if (gtin === null || lot === null || expiry === null) return null
  return `${AIM_GS1_DATAMATRIX}01${gtin}17${expiry.slice(2).replaceAll('-', '')}10${lot}`
}

/**
 * Numbers that are wrong: one that the maker may have given out and nobody here has seen, one of a year to come, which
 * he cannot have, and one with a slip in it. The first two come with their GTIN, or nobody could tell whose they are.
 */
function wrongExamples(db: Database, units: readonly DemoExample[]): DemoExample[] {
  const serial = units.find(({ story }) => story === 'fresh-phone')
  const imei = units.find(({ story }) => story === 'by-imei')
  const gtin = serial === undefined ? undefined : db.prepare<[string], { gtin: string }>(FIND_GTIN).get(serial.text)?.gtin
  const coded = (text: string): string | null =>
    gtin === undefined ? null : `${AIM_GS1_DATAMATRIX}01${gtin}21${text}`
  return [
    ...(serial === undefined ? [] : exampleOf('unknown-serial', coded(unseenAfter(db, serial.text)), serial)),
    ...(serial === undefined ? [] : exampleOf('impossible-serial', coded(ofYearToCome(serial.text)), serial)),
    ...(imei === undefined ? [] : exampleOf('wrong-check-digit', withSlip(imei.text), imei)),
  ]
}

const FIND_GTIN = `SELECT p.gtin FROM unit_aliases a JOIN units u ON u.id = a.unit_id JOIN products p ON p.id = u.product_id
  WHERE a.value = ?`

/** Series leave gaps (`numbering.ts`), so the next number nobody has seen is never far. */
function unseenAfter(db: Database, serial: string): string {
  const isSeen = db.prepare('SELECT 1 FROM unit_aliases WHERE value = ?').pluck()
  const letters = serial.slice(0, -6)
  let number = Number(serial.slice(-6))
  let text: string
  do text = letters + String(++number).padStart(6, '0')
  while (isSeen.get(text) !== undefined)
  return text
}

/** Two letters, then two digits of the year: 99 is in front of every mask's today. */
const ofYearToCome = (serial: string): string => `${serial.slice(0, 2)}99${serial.slice(4)}`

const withSlip = (text: string): string => text.slice(0, -1) + String((Number(text.slice(-1)) + 5) % 10)
