import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TradeInAction, TradeInView } from '../../../contract/trade-in-view.ts'
import { timelineOf } from '../../../electron/core/facts/history.ts'
import { inspect } from '../../../electron/core/returns/inspect.ts'
import { broughtPiece, TO_INSPECT_HERE, waitingPieces } from '../../../electron/core/returns/waiting-pieces.ts'
import { tell } from '../../../electron/core/service/claims.ts'
import { actTradeIn, statementFor } from '../../../electron/core/returns/run-trade-in.ts'
import { unitCard } from '../../../electron/core/desk/flow-views.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { at, lookOver, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('supervisor')
})
afterEach(() => floor.close())

const rows = (text: string, ...values: string[]) => sql(floor.ground.store.reading, text).all(...values) as Record<string, unknown>[]
function now(): TradeInView {
  const { front } = floor.desk.view()
  if (front.screen !== 'trade-in') throw new Error(`in front is ${front.screen}`)
  return front.tradeIn
}
const tryAct = (action: TradeInAction) => floor.desk.act(now().flowId, (deed) => actTradeIn(deed, action))
function act(action: TradeInAction): TradeInView {
  shown(tryAct(action))
  return now()
}
function offer(text: string) {
  shown(floor.desk.go('trade-in', null))
  floor.scan(text)
  const view = now()
  if (view.at !== 'assess') throw new Error(`the trade-in is ${view.at}: ${JSON.stringify('notice' in view ? view.notice : null)}`)
  return view
}
/** All that has to be said before anything is bought. */
function sayAll(payAs: 'cash' | 'store-credit' | 'voucher'): TradeInView {
  act({ do: 'all-in-order' })
  act({ do: 'grade', condition: 'open-box' })
  act({ do: 'pay-as', as: payAs })
  act({ do: 'signed', signed: true })
  act({ do: 'identity-seen', seen: true })
  const view = now()
  return view.at === 'assess' && view.missing.includes('approval') ? act({ do: 'approve', note: 'checked' }) : view
}

describe('a trade-in', () => {
  it('P62, 5.3: of a unit we sold: it becomes ours again with the history it has, and with what its maker still promises', () => {
    const [watch] = floor.fresh('watch')
    floor.sell([watch?.serial ?? ''])
    const offered = offer(watch?.serial ?? '')
    expect(offered.piece.unitId).toBe(watch?.unitId)
    sayAll('store-credit')
    const done = act({ do: 'buy' })
    if (done.at !== 'done') throw new Error(`the trade-in is ${done.at}`)
    expect(done.credits).toHaveLength(1)
    const unit = floor.unit(watch?.unitId ?? '')
    expect(unit.facts).toMatchObject({ title: { is: 'ours' }, custody: { at: 'in-stock' }, condition: 'to-inspect' })
    expect(timelineOf(floor.ground, unit.id).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sold', 'received', 'routed']))
    const [maker, ...others] = unit.facts.cover
    expect(maker).toMatchObject({ layer: 'maker', start: '2026-11-22' })
    expect(others).toEqual([])
    // Whoever buys it next has the law anew, and of the maker what is left.
    shown(floor.desk.act(unit.id, (deed) => inspect(deed, { unitId: unit.id, outcome: 'regraded', condition: 'refurbished', next: 'shelf', note: '' })))
    floor.later(30 * 86_400_000)
    floor.enter('manager')
    floor.sell([watch?.serial ?? ''])
    expect(floor.unit(unit.id).facts.cover.map(({ layer, start, end }) => [layer, start, end])).toEqual([['legal', '2026-12-22', '2028-12-22'], ['maker', '2026-11-22', maker?.end]])
  })

  it('of a piece we have never had: it gets a key of its own and answers to its number', () => {
    const text = floor.story('unknown-serial')
    const offered = offer(text)
    expect(offered.piece.unitId).toBeNull()
    const ready = sayAll('cash')
    if (ready.at !== 'assess' || ready.offer_cents === null) throw new Error('nothing is offered')
    const done = act({ do: 'buy' })
    if (done.at !== 'done') throw new Error(`the trade-in is ${done.at}`)
    expect(rows("SELECT amount_cents, what FROM money_moves WHERE number = ?", done.number)).toEqual([{ amount_cents: -ready.offer_cents, what: 'paid-out' }])
    shown(floor.desk.go('check', null))
    const { front } = floor.scan(offered.piece.serial)
    expect(front.screen === 'check' && front.check.at === 'result' ? front.check.unit?.facts.title.is : null).toBe('ours')
    expect(rows('SELECT product_id FROM own_units')).toHaveLength(1)
  })

  it('keeps nothing of the person but that an identity was looked at, and wants the signature first', () => {
    offer(floor.story('unknown-serial'))
    act({ do: 'all-in-order' })
    act({ do: 'grade', condition: 'open-box' })
    act({ do: 'pay-as', as: 'cash' })
    expect(act({ do: 'buy' })).toMatchObject({ at: 'assess', notice: { code: 'needs-signed' } })
    act({ do: 'signed', signed: true })
    expect(act({ do: 'buy' })).toMatchObject({ at: 'assess', notice: { code: 'needs-identity' } })
    const columns = floor.ground.store.reading.prepare("SELECT name FROM pragma_table_info('trade_ins')").pluck().all() as string[]
    expect(columns).toContain('identity_seen')
    expect(columns.filter((name) => /name|address|birth|card|customer/.test(name))).toEqual([])
  })

  it('is over when the money is out: a late key begins no second one in it', () => {
    offer(floor.story('unknown-serial'))
    sayAll('cash')
    const done = act({ do: 'buy' })
    for (const action of [{ do: 'start-over' }, { do: 'signed', signed: false }, { do: 'buy' }] as const)
      expect(tryAct(action)).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    expect(now()).toEqual(done)
  })

  it('prints the statement before anything is bought', () => {
    const view = offer(floor.story('unknown-serial'))
    let documentId = ''
    shown(floor.desk.act(view.flowId, (deed) => {
      const made = statementFor(deed)
      if (made.ok) ({ documentId } = made.value)
      return made
    }))
    expect(rows('SELECT kind FROM documents WHERE id = ?', documentId)).toEqual([{ kind: 'trade-in' }])
    expect(rows('SELECT id FROM trade_ins')).toEqual([])
  })

  it('buys nothing that is stolen: quiet, and a case', () => {
    const view = offer(floor.story('stolen'))
    expect(view).toMatchObject({ offer_cents: null, verdict: { quiet: true, outcome: 'refuse' } })
    expect(act({ do: 'hand-over' }).at).toBe('handed-over')
    expect(rows('SELECT quiet FROM cases')).toEqual([{ quiet: 1 }])
  })

  it('pays less for what is missing or broken', () => {
    const whole = (() => {
      offer(floor.story('unknown-serial'))
      act({ do: 'all-in-order' })
      const view = act({ do: 'grade', condition: 'open-box' })
      return view.at === 'assess' ? view.offer_cents : null
    })()
    const damaged = act({ do: 'grade', condition: 'damaged' })
    expect(damaged.at === 'assess' ? damaged.offer_cents ?? 0 : 0).toBeLessThan(whole ?? 0)
  })
})

describe('the inspection', () => {
  const waiting = () => waitingPieces(floor.ground, unitCard).map(({ unit }) => unit.unitId)
  function takeBack(): { unitId: string; serial: string } {
    const [piece] = floor.fresh('audio')
    if (!piece) throw new Error('no piece')
    floor.sell([piece.serial])
    floor.goReturn()
    floor.scanReturn(piece.serial)
    lookOver(floor)
    at(floor.return({ do: 'refund' }), 'done')
    return piece
  }
  const find = (unitId: string, found: Partial<Parameters<typeof inspect>[1]>) =>
    floor.desk.act(unitId, (deed) => inspect(deed, { unitId, outcome: 'released', condition: 'open-box', next: 'shelf', note: '', ...found }))

  it('releases a piece to the shelf, and it can be sold again', () => {
    const { unitId, serial } = takeBack()
    expect(waiting()).toContain(unitId)
    shown(find(unitId, {}))
    expect(waiting()).not.toContain(unitId)
    expect(floor.unit(unitId).facts).toMatchObject({ condition: 'open-box', custody: { area: 'shelf' } })
    expect(floor.sell([serial])).toMatch(/^T1-R/)
  })

  it('shows what came back elsewhere and stands in this store, as far as the mirror has heard; and only that', () => {
    const { mirror, place } = floor.ground
    const there = (mirror.reading.prepare(TO_INSPECT_HERE).all(place.id) as { id: string }[]).map(({ id }) => id)
    expect(there.length).toBeGreaterThan(0)
    expect(waiting()).toEqual(expect.arrayContaining(there))
    for (const unitId of waiting()) expect(floor.unit(unitId).facts).toMatchObject({ condition: 'to-inspect', custody: { at: 'in-stock', storeId: place.id } })
    const [first = ''] = there
    shown(find(first, { outcome: 'refused', note: 'another serial inside' }))
    expect(waiting()).not.toContain(first)
  })

  it('P31: shows a piece bought from a customer at once, and sells it when it was looked at, with no centre to tell of it', () => {
    const { piece } = offer(floor.story('unknown-serial'))
    sayAll('store-credit')
    act({ do: 'buy' })
    const [own] = rows('SELECT id FROM own_units') as { id: string }[]
    expect(waiting()).toContain(own?.id)
    shown(find(own?.id ?? '', { outcome: 'regraded', condition: 'refurbished', next: 'shelf' }))
    expect(waiting()).not.toContain(own?.id)
    expect(floor.sell([piece.serial])).toMatch(/^T1-R/)
  })

  it('takes in hand what another store sent here, which its books still have there or under way', () => {
    const { mirror, place } = floor.ground
    const away = mirror.reading.prepare(
      "SELECT id FROM units WHERE condition = 'to-inspect' AND custody = 'in-stock' AND store_id <> ? LIMIT 1",
    ).pluck().get(place.id) as string
    expect(waiting()).not.toContain(away)
    const there = floor.unit(away).facts.custody
    expect(broughtPiece(floor.ground, away, unitCard)).toMatchObject({ unit: { unitId: away }, from: expect.stringMatching(/^Morgenrot/) as unknown })
    shown(find(away, { outcome: 'regraded', condition: 'refurbished', next: 'shelf' }))
    expect(there).not.toMatchObject({ storeId: place.id })
    expect(floor.unit(away).facts).toMatchObject({ condition: 'refurbished', custody: { at: 'in-stock', storeId: place.id, area: 'shelf' } })
    expect(rows(`SELECT kind FROM journal WHERE unit_id = '${away}' ORDER BY seq`)).toEqual([{ kind: 'received' }, { kind: 'inspected' }, { kind: 'routed' }])
  })

  it('takes in hand what is under way to this store, and nothing that is under way to another or waits for nobody', () => {
    const { place } = floor.ground
    const { unitId } = takeBack()
    const ship = (toStoreId: string) =>
      shown(floor.desk.act('', (deed) => {
        tell(deed, unitId, 'shipped', { to: toStoreId }, (facts) => ({ ...facts, custody: { at: 'in-transit', fromStoreId: 'store-lyon', toStoreId } }))
        return { ok: true, value: null }
      }))
    ship('store-zurich')
    expect(broughtPiece(floor.ground, unitId, unitCard)).toBeNull()
    expect(find(unitId, {})).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    ship(place.id)
    expect(broughtPiece(floor.ground, unitId, unitCard)).toMatchObject({ from: 'Morgenrot Lyon' })
    shown(find(unitId, {}))
    expect(broughtPiece(floor.ground, unitId, unitCard)).toBeNull()
    expect(broughtPiece(floor.ground, floor.fresh('phone')[0]?.unitId ?? '', unitCard)).toBeNull()
  })

  it('finds them by their own index, whatever else stands in the store', () => {
    const plan = JSON.stringify(floor.ground.mirror.reading.prepare(`EXPLAIN QUERY PLAN ${TO_INSPECT_HERE}`).all('s'))
    expect(plan).toContain('units_to_inspect')
  })

  it('P67: what goes back to its maker goes by its number, and is sold from no shelf meanwhile', () => {
    const { unitId, serial } = takeBack()
    shown(find(unitId, { outcome: 'regraded', condition: 'damaged', next: 'maker', note: 'cracked housing' }))
    expect(waiting()).not.toContain(unitId)
    shown(floor.desk.go('sale', null))
    floor.scan(serial)
    const { front } = floor.desk.view()
    expect(front.screen === 'sale' && front.sale.lines).toEqual([])
  })

  it('5.3: unit refunded but refused by inspection: quarantine, a case, and the refund stands', () => {
    const { unitId } = takeBack()
    expect(find(unitId, { outcome: 'refused' })).toMatchObject({ ok: false, fault: { code: 'reason-missing' } })
    shown(find(unitId, { outcome: 'refused', note: 'bricks in the box' }))
    expect(floor.unit(unitId).facts.custody).toMatchObject({ area: 'quarantine' })
    expect(rows('SELECT kind FROM cases')).toEqual([{ kind: 'inspection-refused' }])
    expect(rows('SELECT id FROM returns')).toHaveLength(1)
  })

  it('looks at a piece once, and at none that does not wait', () => {
    const { unitId } = takeBack()
    shown(find(unitId, { outcome: 'regraded', condition: 'damaged', next: 'refurbish' }))
    expect(find(unitId, {})).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    expect(floor.unit(unitId).facts.condition).toBe('damaged')
  })
})
