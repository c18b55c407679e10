import type { CountSaid } from '../../../contract/counting-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Params } from '../../../contract/ids.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { nextPlace } from '../../../contract/verdicts/next-place.ts'
import { judgeUnit } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { actsOn, sayFound } from '../marks/mark-piece.ts'
import { RECALL_AREA } from '../recalls/pull-list.ts'
import { areaOf as areaOfPlace } from '../returns/routes.ts'
import { isAside, type Aside, type Found } from '../scans/found.ts'
import { wholeOf } from '../sets/set-of.ts'
import { recordEvent } from '../store/journal.ts'
import { pieceOfCount, recordFound, recordSaid, type CountedRow, type CountRow } from './count-rows.ts'
import { tillName } from './counts-of-others.ts'
import { areaOf, countPiece, isHere, isSold, wouldBeAsked } from './stock-here.ts'

/** Who counts, and by what: a tag that lies on the pad is read again and again, which nobody has to be told. */
export interface Counting {
  readonly count: CountRow
  readonly who: { readonly staffId: string; readonly name: string }
  readonly by: 'scan' | 'tag'
}

/** A piece that no rule of the count asks for, with what the records say of it. */
type Remark = Pick<CountSaid, 'reason' | 'step'>
type Answer = Omit<CountSaid, 'at' | 'who' | 'text'>

const NOTHING: Omit<Answer, 'is' | 'tone'> = { piece: null, reason: null, step: null, before: null, choices: [] }

/**
 * One scan of a count, counted and kept before anybody hears of it. Null where there is nothing to say: a tag that was
 * read before, or one that is no piece of ours. Refuses a payment card, of which nothing is kept; of any other card no
 * number is.
 */
export function countScan(deed: Deed, counting: Counting, found: Found | Aside): Result<CountSaid | null> {
  if (found.is === 'nothing' && found.why === 'card-number') return refused('card-number')
  const said = answerTo(deed, counting, found)
  return ok(said === null ? null : kept(deed, counting, said, isAside(found) ? '' : found.text))
}

/** The same for a piece that somebody has chosen among several with one number. */
export function countUnit(deed: Deed, counting: Counting, unit: KnownUnit): CountSaid | null {
  const said = unitAnswer(deed, counting, unit)
  return said === null ? null : kept(deed, counting, said, unit.aliases[0]?.value ?? unit.id)
}

/** A piece that the records had elsewhere was taken into this store: it stays among what turned up, and is told so. */
export function countTakenIn(deed: Deed, counting: Counting, unit: KnownUnit): CountSaid {
  const before = pieceOfCount(deed.db, counting.count.id, unit.id)
  const { reason } = before === null ? { reason: null } : remarkOf(before)
  seen(deed, counting, unit, { reason, step: 'to-area' })
  return kept(deed, counting, { ...NOTHING, is: 'taken-in', tone: 'good', piece: countPiece(unit), step: 'to-area' }, unit.aliases[0]?.value ?? unit.id)
}

function kept(deed: Deed, { count, who }: Counting, answer: Answer, text: string): CountSaid {
  const said: CountSaid = { ...answer, at: deed.ground.now(), who: who.name, text: text.slice(0, 128) }
  recordSaid(deed.db, count.id, who.staffId, said)
  return said
}

function answerTo(deed: Deed, counting: Counting, found: Found | Aside): Answer | null {
  if (isAside(found)) return counting.by === 'tag' ? null : { ...NOTHING, is: 'no-piece', tone: 'info' }
  switch (found.is) {
    case 'unit':
      return unitAnswer(deed, counting, found.hit.unit)
    case 'many':
      return { ...NOTHING, is: 'which', tone: 'again', choices: found.hits.slice(0, 20).map((hit) => countPiece(hit.unit)) }
    case 'product': {
      const { product, strangeSerial } = found
      if (product.tracking !== 'serial') return { ...NOTHING, is: 'no-piece', tone: 'info' }
      const step = strangeSerial === null ? 'scan-the-serial' : 'ask'
      return { ...NOTHING, is: strangeSerial === null ? 'no-piece' : 'unknown', tone: strangeSerial === null ? 'info' : 'stop', step }
    }
    case 'receipt':
      return { ...NOTHING, is: 'no-piece', tone: 'info' }
    case 'nothing':
      // A stranger's tag is in many a coat; a number that somebody scanned on purpose is another thing.
      return counting.by === 'tag' ? null : { ...NOTHING, is: 'unknown', tone: 'stop', step: 'ask' }
    default:
      return unreachable(found)
  }
}

function unitAnswer(deed: Deed, counting: Counting, unit: KnownUnit): Answer | null {
  const { ground, db } = deed
  const { count } = counting
  const row = pieceOfCount(db, count.id, unit.id)
  if (counting.by === 'tag' && row !== null && row.found_at !== null) return null
  const isIn = isHere(ground, unit.facts.custody)
  const before = firstSeen(ground, count, row)
  if (before !== null && (row?.expected === 1 || isIn)) return { ...NOTHING, is: 'again', tone: 'again', piece: countPiece(unit), before }
  const piece = countPiece(unit)
  const whole = wholeOf(ground, unit)
  if (whole !== null)
    return { ...NOTHING, is: 'outside', tone: 'info', piece, reason: { code: 'part-of-set', params: { set: whole.product.name } }, step: 'scan-the-whole' }
  if (isMissed(unit)) return foundAgain(deed, counting, unit)
  if (isIn) {
    if (row?.expected === 1 || wouldBeAsked(ground, count.scope, unit)) return counted(deed, counting, unit)
    return outside(ground, counting, unit)
  }
  return notHere(deed, counting, unit, before)
}

/** Who saw it first in this count, when and at which other till; null for one that nobody has seen yet. */
function firstSeen(ground: Ground, count: CountRow, row: CountedRow | null): CountSaid['before'] {
  if (row === null || row.found_at === null) return null
  return { who: row.found_by ?? '', at: row.found_at, till: row.found_till === null ? null : tillName(ground, count.id, row.found_till) }
}

/** What the journal calls a count: of everything, of a part, or of some pieces drawn by lot. */
export const scopeName = ({ scope }: CountRow): 'full' | 'cycle' | 'sample' =>
  scope.sample !== null ? 'sample' : scope.area === null && scope.category === null ? 'full' : 'cycle'

function counted(deed: Deed, counting: Counting, unit: KnownUnit): Answer {
  seen(deed, counting, unit, null)
  note(deed, counting, unit)
  const remark = remarkOn(deed.ground, unit)
  const tone = remark === null ? 'good' : remark.step === 'keep-aside' ? 'quiet' : 'info'
  return { ...NOTHING, is: 'counted', tone, piece: countPiece(unit), ...remark }
}

/** Missing, and no more than that: one that was stolen or written off is for whoever has the right to bring it back. */
export const isMissed = ({ facts }: KnownUnit): boolean =>
  facts.custody.at === 'missing' && !isSold(facts) && !facts.flags.some(({ kind }) => kind === 'stolen-own')

/** Whoever counts has it in the hand: it stands where he counts, unless its flags or its condition keep it from there. */
export function placeOf(ground: Ground, { scope }: CountRow, unit: KnownUnit): string {
  const place = nextPlace('receive', 'accept', judgeUnit(ground, 'receive', unit, null).verdict.findings, unit.facts.condition)
  return place === 'shelf' ? (scope.area ?? 'shelf') : areaOfPlace(place)
}

function foundAgain(deed: Deed, counting: Counting, unit: KnownUnit): Answer {
  const { count } = counting
  const { custody } = unit.facts
  const area = placeOf(deed.ground, count, unit)
  sayFound(deed, unit, area, { number: count.number })
  const unfit = remarkOn(deed.ground, unit)
  const since = custody.at === 'missing' ? { code: 'missing-since', params: { date: custody.since } } : null
  const remark: Remark = { reason: unfit?.reason ?? since, step: unfit?.step ?? 'to-area' }
  seen(deed, counting, unit, remark)
  return { ...NOTHING, is: 'found-again', tone: remark.step === 'keep-aside' ? 'quiet' : 'good', piece: { ...countPiece(unit), area }, ...remark }
}

/** It stands in this store by the records, and in another part of it; or the lot did not fall on it. */
function outside(ground: Ground, counting: Counting, unit: KnownUnit): Answer {
  const { area } = counting.count.scope
  const unfit = isSold(unit.facts) ? whyNotHere(ground, unit) : remarkOn(ground, unit)
  const isElsewhere = area !== null && areaOf(unit) !== area
  return {
    ...NOTHING, is: 'outside', tone: 'info', piece: countPiece(unit), reason: unfit?.reason ?? null, step: unfit?.step ?? (isElsewhere ? 'to-area' : null),
  }
}

/** By the records it cannot be here; that it is stands in the count, once. */
function notHere(deed: Deed, counting: Counting, unit: KnownUnit, before: CountSaid['before']): Answer {
  const remark = whyNotHere(deed.ground, unit)
  if (before === null) seen(deed, counting, unit, remark)
  return { ...NOTHING, is: 'not-here', tone: remark.step === 'keep-aside' ? 'quiet' : 'stop', piece: countPiece(unit), ...remark, before }
}

const because = ({ reason, params }: { reason: string; params: Params }): Remark['reason'] => ({ code: reason, params })

function whyNotHere(ground: Ground, unit: KnownUnit): Remark {
  const { findings } = judgeUnit(ground, 'receive', unit, null).verdict
  if (findings.stolen.answer === 'flagged') return { reason: because(findings.stolen), step: 'keep-aside' }
  if (isSold(unit.facts)) return { reason: because(findings.purchase), step: 'look-at-sale' }
  if (actsOn(ground, unit).includes('find')) return { reason: because(findings.custody), step: 'say-found' }
  return { reason: because(findings.custody), step: TAKEN_IN.has(unit.facts.custody.at) ? 'take-in' : 'ask' }
}

/** Whether the count may take a piece into this store that the records have elsewhere: those that it says so of. */
export const mayBeTakenIn = (ground: Ground, unit: KnownUnit): boolean =>
  !isHere(ground, unit.facts.custody) && wholeOf(ground, unit) === null && whyNotHere(ground, unit).step === 'take-in'

/** Where a piece may be, by the records, that somebody holds in the hand here and that this store may take in. */
const TAKEN_IN: ReadonlySet<string> = new Set(['in-stock', 'in-cart', 'in-transit', 'expected', 'unknown'])

/** What is to be done with a piece that stands here rightly and is not fit to stand where it does. */
function remarkOn(ground: Ground, unit: KnownUnit): Remark | null {
  const { stolen, recall, custody } = judgeUnit(ground, 'sell', unit, null).verdict.findings
  if (stolen.answer === 'flagged') return { reason: because(stolen), step: 'keep-aside' }
  if (recall.answer === 'affected') return areaOf(unit) === RECALL_AREA ? null : { reason: because(recall), step: 'recall-shelf' }
  return custody.answer === 'on-hold' ? { reason: because(custody), step: null } : null
}

function seen({ ground, db }: Deed, { count, who }: Counting, unit: KnownUnit, why: Remark | null): void {
  recordFound(db, count.id, { unitId: unit.id, at: ground.now(), by: who.name, why: why === null ? null : JSON.stringify(why) })
}

/** The centre hears of every piece that was counted; nothing about the piece has changed. */
function note({ ground, db }: Deed, { count, who }: Counting, unit: KnownUnit): void {
  recordEvent(db, {
    id: ground.newId(), kind: 'counted', unitId: unit.id, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
    staffId: who.staffId, who: who.name, params: { number: count.number, scope: scopeName(count) }, facts: null,
  })
}

/** Why a piece that turned up is none of those that were to be found, as it was said then. */
export const remarkOf = (row: CountedRow): Remark => (row.why === null ? { reason: null, step: null } : (JSON.parse(row.why) as Remark))
