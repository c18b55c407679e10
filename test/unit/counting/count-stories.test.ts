import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CountScope, CountView } from '../../../contract/counting-view.ts'
import type { Result } from '../../../contract/fault.ts'
import type { MarkAct } from '../../../contract/mark-view.ts'
import { goingCount, lastSaid, sumsOfCount } from '../../../electron/core/counting/count-rows.ts'
import { CountingDesk } from '../../../electron/core/counting/counting-desk.ts'
import { markPiece } from '../../../electron/core/marks/mark-piece.ts'
import { missingPieces } from '../../../electron/core/marks/missing-pieces.ts'
import { isAside } from '../../../electron/core/scans/found.ts'
import { lookAt } from '../../../electron/core/scans/look.ts'
import { partsOf } from '../../../electron/core/sets/set-of.ts'
import { eventsOfUnit } from '../../../electron/core/store/journal.ts'
import { documentOf } from '../../../electron/core/store/papers.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

const ALL: CountScope = { area: null, category: null, sample: null, blind: false }
const PHONES: CountScope = { ...ALL, category: 'phone', area: 'shelf' }

let floor: ShopFloor
let counting: CountingDesk
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('manager')
  counting = new CountingDesk(floor.desk)
})
afterEach(() => floor.close())

function did<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.fault.code}`)
  return result.value
}
const begin = (scope: CountScope): CountView => did(counting.begin(scope))
/** Scans, and answers what was said last. */
function scan(text: string) {
  const [last] = did(counting.scan(text)).said
  if (last === undefined) throw new Error('nothing was said')
  return last
}
const unitIdOf = (text: string): string => {
  const found = lookAt(floor.ground, text)
  if (isAside(found) || found.is !== 'unit') throw new Error(`${text} is no piece`)
  return found.hit.unit.id
}
const isOfOnePiece = (text: string): boolean => {
  const found = lookAt(floor.ground, text)
  return !isAside(found) && found.is === 'unit'
}
const mark = (unitId: string, act: MarkAct) => did(floor.desk.act('', (deed) => markPiece(deed, unitId, act)))
const kindsOf = (unitId: string): string[] => eventsOfUnit(floor.ground.store.reading, unitId).map(({ kind }) => kind)

describe('a count by serial', () => {
  it('P73: counts each piece once, tells the centre, and says of the second scan who was first and when', () => {
    const [phone] = floor.fresh('phone')
    begin(PHONES)
    const first = scan(phone?.serial ?? '')
    expect(first).toMatchObject({ is: 'counted', tone: 'good', piece: { unitId: phone?.unitId } })
    expect(counting.view()).toMatchObject({ found: 1 })
    floor.later(60_000)
    floor.enter('service')
    expect(scan(phone?.serial ?? '')).toMatchObject({ is: 'again', tone: 'again', before: { who: first.who, at: first.at } })
    expect(counting.view()).toMatchObject({ found: 1 })
    expect(kindsOf(phone?.unitId ?? '')).toEqual(['counted'])
  })

  it('asks for what stands where it is told to look, by the records of this very moment', () => {
    const everything = begin(ALL).expected ?? 0
    did(counting.drop())
    floor.sell([floor.fresh('phone')[0]?.serial ?? ''])
    expect(begin(ALL).expected).toBe(everything - 1)
    did(counting.drop())
    const phones = begin(PHONES).expected ?? 0
    expect(phones).toBeGreaterThan(0)
    expect(phones).toBeLessThan(everything)
    expect(scan(floor.fresh('camera')[0]?.serial ?? '')).toMatchObject({ is: 'outside' })
    expect(counting.view()).toMatchObject({ expected: phones, found: 0, surplus: 0 })
  })

  it('refuses a second count beside the first, and one of a place where nothing stands', () => {
    expect(counting.begin({ ...ALL, area: 'the moon' })).toMatchObject({ fault: { code: 'nothing-to-count' } })
    begin(PHONES)
    expect(counting.begin(ALL)).toMatchObject({ fault: { code: 'count-going' } })
    did(counting.drop())
    expect(counting.scan('anything')).toMatchObject({ fault: { code: 'not-in-this-state' } })
  })

  it('draws a sample by lot, keeps it, and asks for nothing beside it', () => {
    const begun = begin({ ...ALL, sample: 5 })
    const db = floor.ground.store.reading
    const drawn = db.prepare('SELECT unit_id FROM count_pieces WHERE count_id = ? ORDER BY unit_id').pluck().all(begun.countId) as string[]
    expect(drawn).toHaveLength(5)
    // The lot may fall on a piece that shares its number with another, which is asked about.
    const numbers = drawn.map((id) => floor.unit(id).aliases[0]?.value ?? '')
    expect(scan(numbers.find(isOfOnePiece) ?? '')).toMatchObject({ is: 'counted' })
    const other = floor.fresh('phone', 8).find(({ unitId }) => !drawn.includes(unitId))
    expect(scan(other?.serial ?? '')).toMatchObject({ is: 'outside', reason: null })
    expect(counting.view()).toMatchObject({ expected: 5, found: 1 })
  })

  it('stands in the file before anybody hears of it: whoever opens that after a power cut goes on with the same count', () => {
    const [phone] = floor.fresh('phone')
    const { countId } = begin(PHONES)
    const said = scan(phone?.serial ?? '')
    const reopened = new Database(floor.ground.store.file, { readonly: true })
    expect(goingCount(reopened)).toMatchObject({ id: countId, scope: PHONES })
    expect(sumsOfCount(reopened, countId)).toMatchObject({ found: 1 })
    expect(lastSaid(reopened, countId, 9)).toEqual([said])
    reopened.close()
  })

  it('counts blind without a word of how many there should be, until the differences are asked for', () => {
    expect(begin({ ...PHONES, blind: true }).expected).toBeNull()
    expect(did(counting.differences()).expected).toBeGreaterThan(0)
  })

  it('counts what came in while it was going, and does not miss what was sold', () => {
    const [sold] = floor.fresh('phone')
    const before = begin(PHONES).expected ?? 0
    floor.sell([sold?.serial ?? ''])
    const differences = did(counting.differences())
    expect(differences).toMatchObject({ expected: before, gone: 1, missing: before - 1 })
    expect(differences.missingPieces.map(({ unitId }) => unitId)).not.toContain(sold?.unitId)
  })

  it('does not miss what lies in a cart', () => {
    const [held] = floor.fresh('phone')
    begin(PHONES)
    floor.desk.go('sale', null)
    floor.scan(held?.serial ?? '')
    expect(did(counting.differences()).missingPieces.map(({ unitId }) => unitId)).not.toContain(held?.unitId)
  })
})

describe('a piece that should not be there', () => {
  it.each([
    ['already-sold', 'sold-here-on', 'look-at-sale'], ['in-other-store', 'other-store', 'take-in'], ['in-transit', 'in-transit', 'take-in'], ['in-repair', 'sold-here-on', 'look-at-sale'],
  ])('is told with the reason and what to do: %s', (story, code, step) => {
    begin(ALL)
    const text = floor.story(story)
    expect(scan(text)).toMatchObject({ is: 'not-here', tone: 'stop', reason: { code }, step, before: null })
    expect(counting.view()).toMatchObject({ found: 0, surplus: 1 })
    expect(scan(text)).toMatchObject({ is: 'not-here', before: { who: floor.desk.person?.name } })
    expect(counting.view()).toMatchObject({ surplus: 1 })
  })

  it('is taken into this store when somebody says that it is here, and is among what turned up', () => {
    begin(ALL)
    const text = floor.story('in-other-store')
    scan(text)
    expect(did(counting.takeIn(unitIdOf(text))).said[0]).toMatchObject({ is: 'taken-in' })
    expect(floor.unit(unitIdOf(text)).facts.custody).toMatchObject({ at: 'in-stock', storeId: floor.ground.place.id })
    expect(scan(text)).toMatchObject({ is: 'again' })
    expect(did(counting.differences()).surplusPieces).toMatchObject([{ reason: { code: 'other-store' } }])
  })

  it('a stolen one is told quietly', () => {
    begin(ALL)
    const said = scan(floor.story('stolen'))
    expect(said).toMatchObject({ tone: 'quiet', step: 'keep-aside' })
  })

  it('one in quarantine is counted where it stands, with the reason', () => {
    begin(ALL)
    expect(scan(floor.story('quarantine'))).toMatchObject({ is: 'counted', tone: 'info', reason: { code: 'quarantine' } })
  })

  it('a number nobody knows, goods without numbers and cards are told apart, and no card is kept', () => {
    begin(ALL)
    expect(scan(floor.story('unknown-serial'))).toMatchObject({ is: 'unknown', tone: 'stop' })
    expect(scan(floor.story('plain-article'))).toMatchObject({ is: 'no-piece' })
    expect(counting.scan('4111111111111111')).toMatchObject({ fault: { code: 'card-number' } })
    expect(JSON.stringify(counting.view())).not.toContain('4111111111111111')
  })

  it('one number on two pieces is asked about, and the chosen one is counted', () => {
    begin(ALL)
    const said = scan(floor.story('two-makers'))
    expect(said).toMatchObject({ is: 'which', piece: null })
    expect(said.choices.length).toBeGreaterThan(1)
    const here = said.choices.find(({ unitId }) => floor.unit(unitId).facts.custody.at === 'in-stock')
    expect(did(counting.choose(here?.unitId ?? '')).said[0]).toMatchObject({ piece: { unitId: here?.unitId } })
  })

  it('a set is counted by its own number, and its parts with it', () => {
    begin(ALL)
    const text = floor.story('set')
    const [part] = partsOf(floor.ground, unitIdOf(text))
    expect(did(counting.choose(part?.id ?? '')).said[0]).toMatchObject({ is: 'outside', step: 'scan-the-whole' })
    expect(scan(text)).toMatchObject({ is: 'counted' })
  })
})

describe('a tag on the pad', () => {
  const laid = (text: string) => counting.heard({ text, aim: null, channel: 'rfid', tid: null })

  it('counts its piece, and says nothing when it is read again or is a stranger’s', () => {
    const [phone] = floor.fresh('phone')
    begin(PHONES)
    expect(laid(phone?.serial ?? '')).toBe('good')
    expect(laid(phone?.serial ?? '')).toBeNull()
    expect(laid('E28011700000020F0A1B2C3D')).toBeNull()
    expect(counting.view()).toMatchObject({ found: 1, said: [{ is: 'counted' }] })
  })

  it('belongs to the count only while somebody has it in front', () => {
    const { countId } = begin(PHONES)
    expect(counting.inFront).toBeNull()
    const leave = counting.listen()
    expect(counting.inFront).toBe(countId)
    leave()
    expect(counting.inFront).toBeNull()
  })
})

describe('the end of a count', () => {
  it('marks what nobody found as missing, prints what is different, and holds it for the next sale', () => {
    const phones = floor.fresh('phone', 3)
    const { countId, number, expected } = begin(PHONES)
    for (const { serial } of phones.slice(0, 2)) scan(serial)
    scan(floor.story('already-sold'))
    const lost = phones[2]
    const { documentId } = did(counting.finish())
    expect(floor.unit(lost?.unitId ?? '').facts.custody).toMatchObject({ at: 'missing', storeId: floor.ground.place.id })
    expect(kindsOf(lost?.unitId ?? '')).toEqual(['missed'])
    const paper = JSON.stringify(documentOf(floor.ground.store.reading, documentId)?.body)
    expect(paper).toContain(lost?.serial)
    expect(paper).toContain(number)
    const desk = counting.desk()
    expect(desk.going).toBeNull()
    expect(desk.past).toMatchObject([{ number, found: 2, missing: (expected ?? 0) - 2, documentId }])
    expect(missingPieces(floor.ground).map(({ unitId }) => unitId)).toContain(lost?.unitId)
    const { text } = did(counting.csv(countId))
    expect(text.split('\r\n').filter((line) => line.includes(`,${lost?.serial},`))).toEqual([expect.stringContaining(`${number},missing,`)])
    expect(text.match(/,found,/gu)).toHaveLength(2)
    expect(text.match(/,surplus,/gu)).toHaveLength(1)
  })

  it('is told to the centre as one event with its sums', () => {
    begin({ ...ALL, sample: 3 })
    did(counting.finish())
    const rows = floor.ground.store.reading.prepare(`SELECT body FROM journal WHERE kind = 'counted' AND unit_id IS NULL`).pluck().all() as string[]
    expect(rows.map((row) => (JSON.parse(row) as { params: object }).params)).toMatchObject([{ scope: 'sample', expected: 3, found: 0 }])
  })

  it('by discarding marks nothing', () => {
    const [phone] = floor.fresh('phone')
    begin(PHONES)
    did(counting.drop())
    expect(floor.unit(phone?.unitId ?? '').facts.custody.at).toBe('in-stock')
    expect(counting.view()).toBeNull()
  })
})

describe('a piece that was missing', () => {
  it('SA-13: is found by the next count that sees it, and was not among what that had to find', () => {
    const text = floor.story('missing')
    const { expected } = begin(ALL)
    expect(scan(text)).toMatchObject({ is: 'found-again', reason: { code: 'missing-since' }, step: 'to-area', piece: { area: 'shelf' } })
    expect(floor.unit(unitIdOf(text)).facts.custody).toEqual({ at: 'in-stock', storeId: floor.ground.place.id, area: 'shelf' })
    expect(scan(text)).toMatchObject({ is: 'again' })
    expect(counting.view()).toMatchObject({ expected, found: 0, surplus: 1 })
    expect(missingPieces(floor.ground).map(({ unitId }) => unitId)).not.toContain(unitIdOf(text))
    expect(kindsOf(unitIdOf(text))).toEqual(['found'])
  })

  it('goes and comes back with the parts that are packed with it', () => {
    const text = floor.story('set')
    const [part] = partsOf(floor.ground, unitIdOf(text))
    mark(unitIdOf(text), { do: 'miss' })
    expect(floor.unit(part?.id ?? '').facts.custody.at).toBe('missing')
    begin(ALL)
    scan(text)
    expect(floor.unit(part?.id ?? '').facts.custody.at).toBe('in-stock')
  })

  it('goes to quarantine when it was recalled, however it was found', () => {
    const [phone] = floor.fresh('phone')
    const { unitId, serial } = phone ?? { unitId: '', serial: '' }
    mark(unitId, { do: 'miss' })
    floor.recall(serial, floor.unit(unitId).product.id)
    begin(ALL)
    expect(scan(serial)).toMatchObject({ is: 'found-again', piece: { area: 'quarantine' }, step: 'recall-shelf' })
  })

  it('is not brought back by a scan alone when it was written off, and told quietly when it was stolen', () => {
    const [lost, stolen] = floor.fresh('phone', 2)
    mark(lost?.unitId ?? '', { do: 'write-off', why: 'not-found', reason: 'Yearly count' })
    mark(stolen?.unitId ?? '', { do: 'write-off', why: 'stolen', reason: 'Showcase broken open' })
    begin(ALL)
    expect(scan(lost?.serial ?? '')).toMatchObject({ is: 'not-here', step: 'say-found' })
    expect(scan(stolen?.serial ?? '')).toMatchObject({ is: 'not-here', tone: 'quiet', step: 'keep-aside' })
    const before = [lost, stolen].map((piece) => floor.unit(piece?.unitId ?? '').facts)
    for (const piece of [lost, stolen]) expect(counting.takeIn(piece?.unitId ?? '')).toMatchObject({ fault: { code: 'not-in-this-state' } })
    expect([lost, stolen].map((piece) => floor.unit(piece?.unitId ?? '').facts)).toEqual(before)
    expect(before[0]?.custody.at).toBe('retired')
  })
})
