import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ReturnAction } from '../../../contract/return-view.ts'
import { CustomerDesk } from '../../../electron/core/customers/customer-desk.ts'
import { CustomerKey } from '../../../electron/core/customers/customer-key.ts'
import { piecesOf } from '../../../electron/core/search/search-desk.ts'
import { ServiceDesk } from '../../../electron/core/service/service-desk.ts'
import { documentOf, jobsGoingOn, markJob } from '../../../electron/core/store/papers.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { at, lookOver, ShopFloor, shown } from '../../support/core/shop-floor.ts'

/** Stories at the counter and the service desk in which the models of other tills break. */

const KIT = 'MR-0213'
const KIT_CAMERA = 'product-0142'

let floor: ShopFloor
let customers: CustomerDesk
let service: ServiceDesk
beforeEach(() => {
  floor = new ShopFloor('counter', 'T1', { hasPrinter: () => true })
  floor.enter('manager')
  const { ground, desk } = floor
  const key = new CustomerKey(randomBytes(32))
  customers = new CustomerDesk({ ground, desk, key })
  service = new ServiceDesk({ ground, desk, key, customers })
})
afterEach(() => floor.close())

const must = <T>(result: { ok: true; value: T } | { ok: false; fault: { code: string } }): T => {
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}
const rows = (text: string, ...values: string[]) => sql(floor.ground.store.reading, text).all(...values) as Record<string, unknown>[]

function saleNow() {
  const { front } = floor.desk.view()
  if (front.screen !== 'sale') throw new Error(`in front is ${front.screen}`)
  return front.sale
}

/** Two fresh pieces of one article. */
function twins(category = 'audio') {
  const all = floor.fresh(category, 20)
  const productOf = (unitId: string) => floor.unit(unitId).product.id
  const first = all.find((one) => all.some((other) => other !== one && productOf(other.unitId) === productOf(one.unitId)))
  const second = all.find((other) => first !== undefined && other !== first && productOf(other.unitId) === productOf(first.unitId))
  if (!first || !second) throw new Error(`no two fresh pieces of one article of ${category}`)
  return [first, second] as const
}

describe('at the counter', () => {
  it('5.3: kit broken, one child returned: what was paid for it within the set, and the rest of the set for the rest', () => {
    const camera = floor.ground.mirror.reading.prepare(
      `SELECT u.id, (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND a.retired_why IS NULL ORDER BY a.kind = 'serial' DESC LIMIT 1) AS serial FROM units u
       WHERE u.product_id = ? AND u.custody = 'in-stock' AND u.title = 'ours' AND u.store_id = ? AND u.condition = 'new' AND u.more IS NULL LIMIT 1`,
    ).get(KIT_CAMERA, floor.ground.place.id) as { id: string; serial: string }
    const receipt = floor.sell([KIT, camera.serial])
    const lines = rows('SELECT l.unit_id, l.total_cents FROM sale_lines l JOIN sales s ON s.id = l.sale_id WHERE s.number = ?', receipt)
    const inSet = Number(lines.find((line) => line['unit_id'] === camera.id)?.['total_cents'])
    const whole = lines.reduce((sum, line) => sum + Number(line['total_cents']), 0)
    expect(inSet).toBeLessThan(floor.unit(camera.id).price_cents)
    floor.goReturn()
    expect(at(floor.scanReturn(camera.serial), 'assess').refund?.amount_cents).toBe(inSet)
    lookOver(floor)
    at(floor.return({ do: 'refund' }), 'done')
    floor.goReturn()
    const left = at(floor.scanReturn(receipt), 'lines').lines
    expect(left.filter((line) => line.left > 0).reduce((sum, line) => sum + line.paid_cents, 0)).toBe(whole - inSet)
    expect(left.find((line) => line.unitId === camera.id)?.left).toBe(0)
  })

  it('5.3: a recalled unit already in a parked cart: the campaign that came meanwhile stops it at the tender', () => {
    const [piece] = floor.fresh('audio')
    if (!piece) throw new Error('no fresh piece')
    shown(floor.desk.go('sale', null))
    floor.scan(piece.serial)
    const { flowId } = saleNow()
    floor.sale({ do: 'park', name: 'back in a minute' })
    floor.recall(piece.serial, floor.unit(piece.unitId).product.id)
    shown(floor.desk.recall(flowId))
    floor.sale({ do: 'pay' })
    expect(saleNow()).toMatchObject({ at: 'open', notice: { code: 'no-longer-sellable', offer: { kind: 'remove-line' } } })
    expect(rows('SELECT id FROM sales')).toEqual([])
  })

  it('5.3: a recalled unit of which the campaign comes while the money is counted: it does not leave, and nothing is written', () => {
    const [piece] = floor.fresh('audio')
    if (!piece) throw new Error('no fresh piece')
    shown(floor.desk.go('sale', null))
    floor.scan(piece.serial)
    floor.sale({ do: 'pay' })
    const tendering = saleNow()
    floor.recall(piece.serial, floor.unit(piece.unitId).product.id)
    if (tendering.at !== 'tendering') throw new Error(`the sale is ${tendering.at}`)
    floor.sale({ do: 'tender', kind: 'cash', given_cents: tendering.due_cents })
    expect(saleNow()).toMatchObject({ at: 'open', notice: { code: 'no-longer-sellable' }, lines: [{ unitId: piece.unitId }] })
    expect(rows('SELECT id FROM sales')).toEqual([])
  })

  it('5.3: the printer dies between payment and paper: paid once, the paper waits under its number and says that nobody knows', () => {
    const [piece] = floor.fresh('audio')
    const number = floor.sell([piece?.serial ?? ''])
    const job = jobsGoingOn(floor.ground.store.reading).find((one) => documentOf(floor.ground.store.reading, one.document_id)?.number === number)
    if (!job) throw new Error('the paper is not in the queue')
    for (const state of ['printing', 'unknown'] as const)
      floor.ground.store.write((db) => markJob(db, job.id, state, state === 'unknown' ? 'lost' : null, floor.ground.now()))
    expect(saleNow()).toMatchObject({ at: 'paid', receiptNumber: number, print: { state: 'unknown', why: 'lost' } })
    expect(floor.desk.view().papers).toContainEqual(expect.objectContaining({ title: number }))
    const { flowId } = saleNow()
    expect(floor.desk.actSale(flowId, { do: 'pay' })).toMatchObject({ ok: false })
    expect(rows('SELECT number FROM sales')).toEqual([{ number }])
  })

  it('P63, 5.3: an upgrade that rebuilds dates: other rules and another catalogue after the sale move no date that was promised with it', () => {
    const [piece, later] = floor.fresh('audio', 2)
    if (!piece || !later) throw new Error('no fresh piece')
    floor.sell([piece.serial])
    const promised = floor.unit(piece.unitId).facts.cover
    expect(promised.map(({ layer, start, end }) => [layer, start, end])).toEqual([['legal', '2026-11-22', '2028-11-22'], ['maker', '2026-11-22', '2028-11-22']])
    floor.article(floor.unit(piece.unitId).product.id, { maker_months: 3 })
    floor.rules((policy) => ({ ...policy, legalGuarantee: { DE: { months: 6, presumedMonths: 6 } } }))
    expect(floor.unit(piece.unitId).facts.cover).toEqual(promised)
    expect(must(service.unit(piece.unitId)).cover).toEqual(promised)
    // What comes back has nothing of it left, and what is sold from now on has what is promised now.
    floor.goReturn()
    floor.scanReturn(piece.serial)
    lookOver(floor, 'new')
    at(floor.return({ do: 'refund' }), 'done')
    expect(floor.unit(piece.unitId).facts.cover).toEqual([])
    floor.article(floor.unit(later.unitId).product.id, { maker_months: 3 })
    floor.sell([later.serial])
    expect(floor.unit(later.unitId).facts.cover.map(({ layer, end }) => [layer, end])).toEqual([['legal', '2027-05-22'], ['maker', '2027-02-22']])
  })

  it('P100: a cart of a hundred pieces takes the next one as the first, each with its own line', () => {
    const pieces = floor.ground.mirror.reading.prepare(
      `SELECT (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND a.retired_why IS NULL ORDER BY a.kind = 'serial' DESC LIMIT 1) AS serial FROM units u
       WHERE u.custody = 'in-stock' AND u.area = 'shelf' AND u.store_id = ? AND u.title = 'ours' AND u.condition = 'new' AND u.more IS NULL ORDER BY u.id`,
    ).all(floor.ground.place.id) as { serial: string }[]
    shown(floor.desk.go('sale', null))
    for (const { serial } of pieces) {
      if (saleNow().lines.length === 101) break
      floor.scan(serial)
    }
    const { lines } = saleNow()
    expect(lines).toHaveLength(101)
    expect(new Set(lines.map(({ unitId }) => unitId)).size).toBe(101)
  })

  it('P52: taking back is a scan and four touches, and nothing is typed', () => {
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''])
    floor.goReturn()
    floor.scanReturn(piece?.serial ?? '')
    lookOver(floor)
    at(floor.return({ do: 'refund' }), 'done')
  })

  it('P56: nobody types a negative quantity: what comes back is counted as it lies there', () => {
    for (const quantity of [-1, 0, 1.5]) expect(ReturnAction.safeParse({ do: 'set-quantity', quantity }).success, String(quantity)).toBe(false)
    expect(ReturnAction.safeParse({ do: 'take-line', lineId: 'l', quantity: -2 }).success).toBe(false)
  })
})

describe('at the service desk', () => {
  it('5.3: a replacement unit of the service desk returned later: for what was paid for the first one, once', () => {
    const [old, fresh] = twins()
    const receipt = floor.sell([old.serial])
    const paid_cents = floor.unit(old.unitId).price_cents
    const [claim] = must(service.openClaim(old.unitId, 'Screen is dark', '')).claims
    must(service.actClaim(claim?.claimId ?? '', { do: 'decide', basis: 'legal', remedy: 'replace', note: '' }))
    must(service.actClaim(claim?.claimId ?? '', { do: 'replace', withUnitId: fresh.unitId, note: '' }))
    floor.goReturn()
    expect(at(floor.scanReturn(old.serial), 'assess').refund).toBeNull()
    floor.return({ do: 'start-over' })
    const back = at(floor.scanReturn(fresh.serial), 'assess')
    expect(back.refund).toMatchObject({ amount_cents: paid_cents, receiptNumbers: [receipt], pays: [{ kind: 'cash', amount_cents: paid_cents }] })
    lookOver(floor)
    at(floor.return({ do: 'refund' }), 'done')
    floor.goReturn()
    expect(at(floor.scanReturn(fresh.serial), 'assess').refund).toBeNull()
  })

  it('P73: a piece that was used for a repair is out of the stock with it: counted nowhere, offered to nobody, sold to nobody', () => {
    const [old, spare] = twins()
    floor.sell([old.serial])
    const productId = floor.unit(spare.unitId).product.id
    const standing = () => piecesOf(floor.ground, productId).flatMap((hit) => (hit.kind === 'unit' ? [hit.unitId] : []))
    const before = standing()
    expect(before).toContain(spare.unitId)
    const [claim] = must(service.openClaim(old.unitId, 'Screen is dark', '')).claims
    must(service.actClaim(claim?.claimId ?? '', { do: 'decide', basis: 'legal', remedy: 'replace', note: '' }))
    must(service.actClaim(claim?.claimId ?? '', { do: 'replace', withUnitId: spare.unitId, note: '' }))
    expect(standing()).not.toContain(spare.unitId)
    expect(floor.unit(spare.unitId).facts.custody).toEqual({ at: 'with-customer' })
    shown(floor.desk.go('sale', null))
    floor.scan(spare.serial)
    expect(saleNow()).toMatchObject({ lines: [], notice: { code: 'already-sold' } })
  })

  it('5.3: a warranty query for an erased customer: the cover is the piece’s, and no name is left to be shown', () => {
    const [piece] = floor.fresh('audio')
    if (!piece) throw new Error('no fresh piece')
    shown(floor.desk.go('sale', null))
    floor.scan(piece.serial)
    const rosa = must(customers.create({ name: 'Rosa Núñez', email: 'rosa@example.org', phone: '', card: '', address: '', note: '', language: 'es' }, [], saleNow().flowId))
    floor.sale({ do: 'pay' })
    const due = saleNow()
    if (due.at !== 'tendering') throw new Error(`the sale is ${due.at}`)
    floor.sale({ do: 'tender', kind: 'cash', given_cents: due.due_cents })
    const before = must(service.unit(piece.unitId)).options
    shown(customers.erase(rosa.customerId))
    const after = must(service.unit(piece.unitId))
    expect(after.options).toEqual(before)
    expect(after.options.map(({ basis }) => basis)).toContain('legal')
    expect(JSON.stringify(after)).not.toMatch(/Rosa|Núñez|rosa@/)
  })

  it('P64: the file of a device by its number: every earlier repair with its dates and notes', () => {
    const [piece] = twins()
    floor.sell([piece.serial])
    const claimId = must(service.openClaim(piece.unitId, 'No sound', 'left side')).claims[0]?.claimId ?? ''
    must(service.actClaim(claimId, { do: 'decide', basis: 'legal', remedy: 'repair', note: '' }))
    must(service.actClaim(claimId, { do: 'send', to: 'Workshop Berlin', note: '' }))
    must(service.actClaim(claimId, { do: 'receive-back', repaired: true, note: 'New speaker' }))
    must(service.actClaim(claimId, { do: 'hand-back', note: '' }))
    const found = service.findPiece(piece.serial)
    const file = must(service.unit(found?.unitId ?? ''))
    expect(file.claims).toMatchObject([{ symptom: 'No sound', state: 'closed' }])
    expect(file.claims[0]?.steps.map(({ note }) => note)).toEqual(expect.arrayContaining(['left side', 'New speaker']))
  })

  it('P68: the paper that goes with a claim carries the serial of the piece', () => {
    const [piece] = twins()
    floor.sell([piece.serial])
    const claimId = must(service.openClaim(piece.unitId, 'No sound', '')).claims[0]?.claimId ?? ''
    const { documentId } = must(service.claimPaper(claimId))
    expect(JSON.stringify(documentOf(floor.ground.store.reading, documentId)?.body)).toContain(piece.serial)
  })
})
