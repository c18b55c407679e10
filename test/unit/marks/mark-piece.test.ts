import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MarkAct } from '../../../contract/mark-view.ts'
import { timelineOf } from '../../../electron/core/facts/history.ts'
import { judgeUnit } from '../../../electron/core/facts/judge.ts'
import { actsOn, liftable, markPiece } from '../../../electron/core/marks/mark-piece.ts'
import { MISSING_HERE, missingPieces } from '../../../electron/core/marks/missing-pieces.ts'
import { unitCard } from '../../../electron/core/desk/flow-views.ts'
import { pullPiece, RECALL_AREA } from '../../../electron/core/recalls/pull-list.ts'
import { inspect } from '../../../electron/core/returns/inspect.ts'
import { waitingPieces } from '../../../electron/core/returns/waiting-pieces.ts'
import { isAside } from '../../../electron/core/scans/found.ts'
import { lookAt } from '../../../electron/core/scans/look.ts'
import { partsOf } from '../../../electron/core/sets/set-of.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('manager')
})
afterEach(() => floor.close())

/** `done`, or the code of the refusal. */
function say(unitId: string, act: MarkAct): string {
  const said = floor.turn((deed) => markPiece(deed, unitId, act))
  return 'refused' in said ? said.refused : 'done'
}
const onShelf = (): string => floor.fresh('phone')[0]?.unitId ?? ''
const facts = (unitId: string) => floor.unit(unitId).facts
const verdict = (unitId: string, intent: 'sell' | 'return' = 'sell') => judgeUnit(floor.ground, intent, floor.unit(unitId), null).verdict
const lastEvents = (unitId: string, count: number) => timelineOf(floor.ground, unitId).slice(-count).map(({ kind, params }) => [kind, params])
const ofStory = (story: string): string => {
  const found = lookAt(floor.ground, floor.story(story))
  if (isAside(found) || found.is !== 'unit') throw new Error(`${story} is no piece`)
  return found.hit.unit.id
}

describe('a mark', () => {
  it('RC-13: puts a piece apart from the counter, with who and why, and lets it go again', () => {
    const unitId = onShelf()
    expect(say(unitId, { do: 'mark', mark: 'quarantine', reason: 'Swollen battery seen' })).toBe('done')
    expect(facts(unitId)).toMatchObject({ custody: { at: 'in-stock', area: 'quarantine' }, flags: [{ kind: 'quarantine', reason: 'Swollen battery seen' }] })
    expect(verdict(unitId).outcome).not.toBe('accept')
    expect(say(unitId, { do: 'mark', mark: 'quarantine', reason: 'again' })).toBe('not-in-this-state')
    expect(say(unitId, { do: 'move', area: 'shelf' })).toBe('not-in-this-state')
    expect(say(unitId, { do: 'unmark', mark: 'quarantine', reason: 'New battery' })).toBe('done')
    expect(facts(unitId)).toMatchObject({ custody: { area: 'shelf' }, flags: [] })
    expect(verdict(unitId).outcome).toBe('accept')
    expect(lastEvents(unitId, 4)).toEqual([
      ['flagged', { flag: 'quarantine', reason: 'Swollen battery seen' }], ['moved', { from: 'shelf', to: 'quarantine' }],
      ['unflagged', { flag: 'quarantine', reason: 'New battery' }], ['moved', { from: 'quarantine', to: 'shelf' }],
    ])
  })

  it('is for a piece of a customer too, and changes nothing of where that is', () => {
    const unitId = ofStory('may-be-returned')
    expect(say(unitId, { do: 'mark', mark: 'counterfeit-suspected', reason: 'The engraving is wrong' })).toBe('done')
    expect(facts(unitId).custody).toEqual({ at: 'with-customer' })
    expect(verdict(unitId, 'return').quiet).toBe(true)
    expect(actsOn(floor.ground, floor.unit(unitId))).toEqual(['mark', 'unmark'])
  })

  it('is seen at once on the check that lies open behind it', () => {
    const [piece] = floor.fresh('phone')
    floor.desk.go('check', null)
    const checked = () => {
      const { front } = floor.desk.view()
      return front.screen === 'check' && front.check.at === 'result' ? front.check.verdict?.outcome : null
    }
    floor.scan(piece?.serial ?? '')
    expect(checked()).toBe('accept')
    say(piece?.unitId ?? '', { do: 'write-off', why: 'stolen', reason: 'Showcase broken open' })
    expect(checked()).toBe('ask-staff')
  })

  it('of the centre, put on while two tills disagree, is not lifted here', () => {
    const unitId = onShelf()
    const disputed = { kind: 'hold', source: 'centre', at: floor.ground.now(), reason: 'disputed', reference: 'case-1' } as const
    expect(liftable({ ...facts(unitId), flags: [disputed] })).toEqual([])
  })

  it('asks for the right to mark pieces; a colleague may lend it', () => {
    const unitId = onShelf()
    floor.enter('cashier')
    for (const act of [
      { do: 'mark', mark: 'hold', reason: 'For Mrs Hart' }, { do: 'write-off', why: 'destroyed', reason: 'Fell' },
      { do: 'regrade', condition: 'damaged', reason: 'Fell' },
    ] as const)
      expect(say(unitId, act), act.do).toBe('no-right')
    expect(facts(unitId).flags).toEqual([])
  })
})

describe('where a piece stands', () => {
  it('IN-02: is said by anybody on the floor, and told in its life', () => {
    const unitId = onShelf()
    floor.enter('cashier')
    expect(say(unitId, { do: 'move', area: 'safe' })).toBe('done')
    expect(facts(unitId).custody).toMatchObject({ at: 'in-stock', area: 'safe' })
    expect(verdict(unitId).outcome).toBe('accept')
    expect(say(unitId, { do: 'move', area: 'safe' })).toBe('not-in-this-state')
  })

  it('is not changed under a cart', () => {
    const [piece] = floor.fresh('phone')
    floor.desk.go('sale', null)
    floor.scan(piece?.serial ?? '')
    for (const act of [{ do: 'move', area: 'safe' }, { do: 'miss' }, { do: 'write-off', why: 'stolen', reason: 'Gone' }] as const)
      expect(say(piece?.unitId ?? '', act), act.do).toBe('piece-in-cart')
  })

  it('RC-13: is nothing to walk around: what was put apart is missed, found and carried away only by who may let it go', () => {
    const [quarantined, recalled] = floor.fresh('phone', 2)
    say(quarantined?.unitId ?? '', { do: 'mark', mark: 'quarantine', reason: 'Swollen battery seen' })
    floor.recall(recalled?.serial ?? '', floor.unit(recalled?.unitId ?? '').product.id)
    floor.desk.act('', (deed) => pullPiece(deed, recalled?.unitId ?? ''))
    expect(facts(recalled?.unitId ?? '').custody).toMatchObject({ area: RECALL_AREA })
    floor.enter('cashier')
    expect(say(quarantined?.unitId ?? '', { do: 'miss' })).toBe('no-right')
    expect(say(recalled?.unitId ?? '', { do: 'miss' })).toBe('no-right')
    expect(say(recalled?.unitId ?? '', { do: 'move', area: 'shelf' })).toBe('no-right')
    floor.enter('manager')
    expect(say(quarantined?.unitId ?? '', { do: 'miss' })).toBe('done')
    floor.enter('cashier')
    expect(say(quarantined?.unitId ?? '', { do: 'find', area: 'shelf', reason: 'It was behind it' })).toBe('no-right')
    expect(facts(quarantined?.unitId ?? '').custody.at).toBe('missing')
  })

  it('is no business of this store where the piece is a customer’s or another store’s', () => {
    for (const story of ['already-sold', 'in-other-store'])
      for (const act of [{ do: 'miss' }, { do: 'move', area: 'shelf' }, { do: 'write-off', why: 'not-found', reason: 'x' }] as const)
        expect(say(ofStory(story), act), `${story} ${act.do}`).toBe('not-in-this-state')
  })
})

describe('a loss', () => {
  it('SA-13: is looked for, the oldest first, until somebody holds it in the hand', () => {
    const [first, second] = floor.fresh('phone', 2)
    const before = missingPieces(floor.ground).length
    floor.enter('cashier')
    expect(say(first?.unitId ?? '', { do: 'miss' })).toBe('done')
    floor.later(60_000)
    expect(say(second?.unitId ?? '', { do: 'miss' })).toBe('done')
    expect(missingPieces(floor.ground).slice(before).map(({ unitId }) => unitId)).toEqual([first?.unitId, second?.unitId])
    expect(verdict(first?.unitId ?? '').findings.custody.answer).toBe('missing')
    expect(say(first?.unitId ?? '', { do: 'find', area: 'back-room', reason: '' })).toBe('done')
    expect(facts(first?.unitId ?? '').custody).toMatchObject({ at: 'in-stock', area: 'back-room' })
    expect(missingPieces(floor.ground).map(({ unitId }) => unitId)).not.toContain(first?.unitId)
  })

  it('F085: has a reason, and what was stolen is refused wherever it is shown, until it is found', () => {
    const unitId = onShelf()
    expect(say(unitId, { do: 'write-off', why: 'stolen', reason: 'Showcase broken open' })).toBe('done')
    expect(verdict(unitId, 'return')).toMatchObject({ outcome: 'refuse', quiet: true })
    expect(lastEvents(unitId, 2)).toEqual([
      ['lost', { why: 'stolen', reason: 'Showcase broken open' }], ['flagged', { flag: 'stolen-own', reason: 'Showcase broken open' }],
    ])
    floor.enter('cashier')
    expect(say(unitId, { do: 'find', area: 'shelf', reason: 'It is here' })).toBe('no-right')
    floor.enter('manager')
    expect(say(unitId, { do: 'find', area: 'shelf', reason: '' })).toBe('reason-missing')
    expect(say(unitId, { do: 'find', area: 'shelf', reason: 'Police brought it' })).toBe('done')
    expect(facts(unitId).flags).toEqual([])
    expect(verdict(unitId).outcome).toBe('accept')
  })

  it('that nobody solves leaves the books and can still turn up; what was destroyed cannot', () => {
    const [lost, broken] = floor.fresh('phone', 2).map(({ unitId }) => unitId) as [string, string]
    expect(say(lost, { do: 'write-off', why: 'not-found', reason: 'Yearly count' })).toBe('done')
    expect(say(broken, { do: 'write-off', why: 'destroyed', reason: 'Burnt' })).toBe('done')
    expect(lastEvents(lost, 1)).toEqual([['lost', { why: 'not-found', reason: 'Yearly count' }]])
    expect(lastEvents(broken, 1)).toEqual([['retired', { why: 'destroyed', reason: 'Burnt' }]])
    for (const unitId of [lost, broken]) expect(verdict(unitId).outcome).toBe('refuse')
    expect(say(lost, { do: 'find', area: 'shelf', reason: 'In another box' })).toBe('done')
    expect(say(broken, { do: 'find', area: 'shelf', reason: 'No' })).toBe('not-in-this-state')
  })

  it('takes what is packed with it along, on the list of what is looked for once, and brings it back with it', () => {
    const whole = ofStory('set')
    const all = [whole, ...partsOf(floor.ground, whole).map(({ id }) => id)]
    expect(all.length).toBeGreaterThan(1)
    expect(say(whole, { do: 'move', area: 'safe' })).toBe('done')
    for (const id of all) expect(facts(id).custody).toMatchObject({ at: 'in-stock', area: 'safe' })
    expect(say(whole, { do: 'write-off', why: 'stolen', reason: 'Showcase broken open' })).toBe('done')
    for (const id of all) expect(facts(id)).toMatchObject({ custody: { at: 'missing' }, flags: [{ kind: 'stolen-own' }] })
    expect(missingPieces(floor.ground).map(({ unitId }) => unitId).filter((id) => all.includes(id))).toEqual([whole])
    expect(say(whole, { do: 'find', area: 'shelf', reason: 'Police brought it' })).toBe('done')
    for (const id of all) expect(facts(id)).toMatchObject({ custody: { at: 'in-stock', area: 'shelf' }, flags: [] })
    expect(say(whole, { do: 'write-off', why: 'destroyed', reason: 'Burnt' })).toBe('done')
    for (const id of all) expect(facts(id).custody).toEqual({ at: 'retired', why: 'destroyed' })
  })

  it('of worth is a grade: a damaged piece is not sold as new, a mended one again', () => {
    const unitId = onShelf()
    expect(say(unitId, { do: 'regrade', condition: 'damaged', reason: 'Fell from the shelf' })).toBe('done')
    expect(verdict(unitId).findings.custody.reason).toBe('damaged')
    expect(say(unitId, { do: 'regrade', condition: 'refurbished', reason: 'New housing' })).toBe('done')
    expect(verdict(unitId).outcome).toBe('accept')
    expect(lastEvents(unitId, 1)).toEqual([['inspected', { outcome: 'regraded', condition: 'refurbished', reason: 'New housing' }]])
  })

  it('that nobody can judge at the counter is sent to be looked at, also a second time', () => {
    const unitId = onShelf()
    const waits = () => waitingPieces(floor.ground, unitCard).some(({ unit }) => unit.unitId === unitId)
    for (const reason of ['Rattles', 'Rattles again']) {
      expect(say(unitId, { do: 'regrade', condition: 'to-inspect', reason })).toBe('done')
      expect(waits()).toBe(true)
      floor.later(60_000)
      floor.desk.act(unitId, (deed) => inspect(deed, { unitId, outcome: 'released', condition: 'open-box', next: 'shelf', note: '' }))
      expect(waits()).toBe(false)
      floor.later(60_000)
    }
  })

  it('is found in the mirror by its own index, however many pieces the shop has', () => {
    const plan = JSON.stringify(floor.ground.mirror.reading.prepare(`EXPLAIN QUERY PLAN ${MISSING_HERE}`).all('s'))
    expect(plan).toContain('units_missing')
  })
})
