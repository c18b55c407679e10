import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Relabel } from '../../../contract/label-view.ts'
import { photosOfFlow } from '../../../electron/core/cases/photos.ts'
import { isNeverIssued, keepBlock } from '../../../electron/core/own-numbers/issue-number.ts'
import { ownBlock } from '../../../electron/core/own-numbers/own-block.ts'
import { confirmLabel, relabelPiece } from '../../../electron/core/own-numbers/relabel-piece.ts'
import { labelOf } from '../../../electron/core/printing/label-printing.ts'
import { isAside } from '../../../electron/core/scans/found.ts'
import { lookAt } from '../../../electron/core/scans/look.ts'
import { eventsOfUnit } from '../../../electron/core/store/journal.ts'
import { setMeta } from '../../../electron/core/store/meta.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

/** The smallest picture that is one by its first bytes. */
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]).toString('base64')

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('manager')
})
afterEach(() => floor.close())

const relabel = (unitId: string, more: Partial<Relabel> = {}): string => {
  const done = floor.turn((deed) => relabelPiece(deed, { unitId, why: 'damaged', photos: [], ...more }))
  if (!('did' in done)) throw new Error(done.refused)
  return done.did.number
}
const confirm = (unitId: string, text: string) => floor.turn((deed) => confirmLabel(deed, unitId, text))
const unitIdBy = (text: string): string | null => {
  const found = lookAt(floor.ground, text)
  return isAside(found) || found.is !== 'unit' ? null : found.hit.unit.id
}
const lifeOf = (unitId: string) => eventsOfUnit(floor.ground.store.reading, unitId).map(({ kind, body }): Record<string, string> => ({ kind, ...(JSON.parse(body) as { params: Record<string, string> }).params }))

describe('a piece without a label that can be read', () => {
  it('F003, F017: gets a number of the shop, is found by it at once, and the serial of its maker stays valid', () => {
    const [piece] = floor.fresh('phone')
    const number = relabel(piece?.unitId ?? '', { photos: [PNG] })
    expect(number).toMatch(/^CM26\d{8}$/)
    expect([unitIdBy(number), unitIdBy(piece?.serial ?? '')]).toEqual([piece?.unitId, piece?.unitId])
    const [told] = lifeOf(piece?.unitId ?? '')
    expect(told).toMatchObject({ kind: 'relabelled', to: number, why: 'damaged' })
    const eventId = (floor.ground.store.reading.prepare("SELECT id FROM journal WHERE kind = 'relabelled'").get() as { id: string }).id
    expect(photosOfFlow(floor.ground.store.reading, eventId).map(({ hash }) => hash)).toEqual([told?.['photos']])
  })

  it('loses its label a second time: the label before is known, and known to be no longer valid', () => {
    const [piece] = floor.fresh('camera')
    const unitId = piece?.unitId ?? ''
    const first = relabel(unitId)
    const second = relabel(unitId, { why: 'lost' })
    expect(floor.unit(unitId).aliases).toContainEqual({ kind: 'own', value: first, retiredWhy: 'lost' })
    expect(unitIdBy(first)).toBe(unitId)
    expect(lifeOf(unitId)).toMatchObject([{ to: first }, { to: second, from: first, why: 'lost' }])
  })

  it('loses both of two labels: each is told as ended, so that no other till believes the second', () => {
    const [piece] = floor.fresh('camera')
    const unitId = piece?.unitId ?? ''
    const both = [relabel(unitId, { why: 'none' }), relabel(unitId, { why: 'none' })]
    const third = relabel(unitId, { why: 'lost', photos: [PNG] })
    expect(lifeOf(unitId).slice(2)).toMatchObject(both.map((from) => ({ kind: 'relabelled', to: third, from, why: 'lost' })))
    expect(lifeOf(unitId).filter(({ photos }) => photos !== undefined)).toHaveLength(1)
    expect(floor.unit(unitId).aliases.filter(({ kind, retiredWhy }) => kind === 'own' && retiredWhy === null)).toEqual([{ kind: 'own', value: third, retiredWhy: null }])
  })

  it('keeps its labels where it only never had one of another kind', () => {
    const [piece] = floor.fresh('camera')
    const unitId = piece?.unitId ?? ''
    const first = relabel(unitId, { why: 'none' })
    relabel(unitId, { why: 'none' })
    expect(floor.unit(unitId).aliases).toContainEqual({ kind: 'own', value: first, retiredWhy: null })
  })

  it('gets a label on which its new number stands, in the code and to be read', () => {
    const [piece] = floor.fresh('phone')
    const number = relabel(piece?.unitId ?? '')
    const unit = floor.unit(piece?.unitId ?? '')
    const label = labelOf(unit, number)
    expect(label?.lines[0]).toBe(number)
    expect(unitIdBy(label?.code.payload ?? '')).toBe(piece?.unitId)
    expect(labelOf(unit)?.lines[0]).toBe(piece?.serial)
    expect(labelOf({ ...unit, product: { ...unit.product, gtin: null } }, number)?.code).toEqual({ gs1: false, payload: number })
  })

  it('ID-05: is scanned back: the right label is told in its life, another one is said to be another', () => {
    const [one, other] = floor.fresh('phone', 2)
    const number = relabel(one?.unitId ?? '')
    expect(confirm(other?.unitId ?? '', number)).toEqual({ did: false })
    expect(confirm(one?.unitId ?? '', 'NOBODY-KNOWS-1')).toEqual({ did: false })
    expect(lifeOf(other?.unitId ?? '')).toEqual([])
    expect(confirm(one?.unitId ?? '', number)).toEqual({ did: true })
    expect(lifeOf(one?.unitId ?? '').at(-1)).toMatchObject({ kind: 'checked', label: number })
  })

  it('gets no number under letters that another till may have by now: the till goes on under its own', () => {
    const [one, other] = floor.fresh('phone', 2)
    const called = (code: string) => floor.ground.store.write((db) => setMeta(db, 'till', { id: 't', code, name: code }))
    called('T1')
    expect(relabel(one?.unitId ?? '')).toBe('CM2601000001')
    called('QX7B')
    expect(relabel(other?.unitId ?? '')).toBe('CM26QX7B000001')
    expect(['CM2601000002', 'CM26QX7B000002'].map((number) => isNeverIssued(floor.ground.store.reading, number, 2026))).toEqual([false, true])
    called('T1')
    expect(relabel(other?.unitId ?? '')).toBe('CM2601000002')
  })

  it('goes on where it was with a block that was named by its year alone', () => {
    const [piece] = floor.fresh('phone')
    const { store } = floor.ground
    store.write((db) => {
      setMeta(db, 'till', { id: 't', code: 'T1', name: 'T1' })
      keepBlock(db, { ...ownBlock('T1', '2026-02-01T00:00:00.000Z'), id: 'own-2026', next: 41 }, '2026-02-01T00:00:00.000Z')
      keepBlock(db, ownBlock('T1', '2026-03-01T00:00:00.000Z'), '2026-03-01T00:00:00.000Z')
    })
    expect(relabel(piece?.unitId ?? '')).toBe('CM2601000041')
    expect(store.reading.prepare('SELECT id FROM number_blocks').pluck().all()).toEqual(['own-2026'])
  })

  it('is left as it was when a picture cannot be kept, or nobody knows it: no number is lost', () => {
    const [piece] = floor.fresh('phone')
    const first = relabel(piece?.unitId ?? '')
    expect(floor.turn((deed) => relabelPiece(deed, { unitId: piece?.unitId ?? '', why: 'wrong', photos: ['bm8='] }))).toEqual({ refused: 'unusable-picture' })
    expect(floor.turn((deed) => relabelPiece(deed, { unitId: 'nobody', why: 'none', photos: [] }))).toEqual({ refused: 'no-such-unit' })
    expect(floor.unit(piece?.unitId ?? '').aliases).toContainEqual({ kind: 'own', value: first, retiredWhy: null })
    expect(Number(relabel(piece?.unitId ?? '').slice(-6))).toBe(Number(first.slice(-6)) + 1)
  })
})
