import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClaimAct, UnitService } from '../../../contract/service-view.ts'
import { addMonths } from '../../../contract/days.ts'
import { say } from '../../../contract/words/say.ts'
import { CustomerDesk } from '../../../electron/core/customers/customer-desk.ts'
import { CustomerKey } from '../../../electron/core/customers/customer-key.ts'
import { judgeUnit, unitOf } from '../../../electron/core/facts/judge.ts'
import type { Ground } from '../../../electron/core/ground.ts'
import { ServiceDesk } from '../../../electron/core/service/service-desk.ts'
import { recordEvent } from '../../../electron/core/store/journal.ts'
import { documentOf } from '../../../electron/core/store/papers.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

let till: { readonly ground: Ground; readonly service: ServiceDesk; readonly customers: CustomerDesk }
let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('manager')
  const { ground, desk } = floor
  const key = new CustomerKey(randomBytes(32))
  const customers = new CustomerDesk({ ground, desk, key })
  till = { ground, customers, service: new ServiceDesk({ ground, desk, key, customers }) }
})
afterEach(() => floor.close())

const must = <T>(result: { ok: true; value: T } | { ok: false; fault: { code: string } }): T => {
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}
const claimOf = (service: UnitService) => {
  const [claim] = service.claims
  if (!claim) throw new Error('there is no claim')
  return claim
}
const act = (claimId: string, one: ClaimAct) => till.service.actClaim(claimId, one)
/** The code as the person who made the paper sees it; nothing where it can no longer be seen. */
const codeOn = (documentId: string): string => {
  const paper = till.ground.shownOnce.forScreen(documentId, floor.desk.person?.staffId ?? null)
  return (paper?.blocks ?? []).flatMap((block) => (block.kind === 'text' && block.size === 'large' ? [block.text] : []))[0] ?? ''
}
const facts = (unitId: string) => unitOf(till.ground, unitId)?.facts

/** Pieces of the same product that may be handed out, other than this one. */
const another = (unitId: string): string => {
  const productId = unitOf(till.ground, unitId)?.product.id
  const rows = till.ground.mirror.reading.prepare(`SELECT id FROM units WHERE product_id = ? AND custody = 'in-stock' AND title = 'ours' AND store_id = ?`).all(productId, till.ground.place.id) as { id: string }[]
  const free = rows.find(({ id }) => {
    const unit = unitOf(till.ground, id)
    return id !== unitId && unit !== null && judgeUnit(till.ground, 'sell', unit, null).verdict.outcome === 'accept'
  })
  if (!free) throw new Error('nothing to hand out')
  return free.id
}
/** A sold piece of a product of which another one stands here. */
const soldWithSpare = (): string => {
  const rows = till.ground.mirror.reading.prepare(`SELECT s.id FROM units s WHERE s.title = 'sold' AND s.custody = 'with-customer' AND s.more IS NULL
    AND s.sold_store_id = ? AND EXISTS (SELECT 1 FROM units o WHERE o.product_id = s.product_id AND o.custody = 'in-stock' AND o.title = 'ours' AND o.store_id = ? AND o.more IS NULL)
    ORDER BY s.sold_at DESC`).all(till.ground.place.id, till.ground.place.id) as { id: string }[]
  const sold = rows.find(({ id }) => facts(id)?.cover.some(({ layer, end }) => layer === 'legal' && end > '2026-11-22'))
  if (!sold) throw new Error('the demo sold nothing of what it has')
  return sold.id
}

describe('a claim', () => {
  it('goes from the counter to the workshop and back, and the piece is never lost between', () => {
    const unitId = soldWithSpare()
    const opened = must(till.service.openClaim(unitId, 'No sound', 'left side'))
    const { claimId, number } = claimOf(opened)
    expect(number).toMatch(/^T1-C\d{6}$/)
    expect(facts(unitId)?.custody).toMatchObject({ at: 'in-repair' })
    must(act(claimId, { do: 'decide', basis: 'legal', remedy: 'repair', note: '' }))
    must(act(claimId, { do: 'send', to: 'Workshop Berlin', note: '' }))
    expect(facts(unitId)?.custody).toEqual({ at: 'in-repair', place: 'Workshop Berlin' })
    expect(act(claimId, { do: 'hand-back', note: '' })).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    must(act(claimId, { do: 'receive-back', repaired: true, note: 'New speaker' }))
    const closed = claimOf(must(act(claimId, { do: 'hand-back', note: '' })))
    expect(closed.state).toBe('closed')
    expect(closed.steps.map(({ what }) => what)).toEqual(['opened', 'decide', 'send', 'receive-back', 'hand-back'])
    expect(facts(unitId)?.custody).toEqual({ at: 'with-customer' })
    expect(act(claimId, { do: 'note', note: 'too late' })).toMatchObject({ ok: false })
  })

  it('P61: a repair under warranty restarts no period; what was mended gets one of its own', () => {
    const unitId = soldWithSpare()
    const before = facts(unitId)?.cover ?? []
    const { claimId } = claimOf(must(till.service.openClaim(unitId, 'No sound', '')))
    must(act(claimId, { do: 'decide', basis: 'legal', remedy: 'repair', note: '' }))
    must(act(claimId, { do: 'send', to: 'Workshop', note: '' }))
    must(act(claimId, { do: 'receive-back', repaired: true, note: '' }))
    must(act(claimId, { do: 'hand-back', note: '' }))
    const after = facts(unitId)?.cover ?? []
    const dates = (layers: typeof before) => layers.filter(({ layer }) => layer !== 'repair').map(({ layer, start, end }) => ({ layer, start, end })).toSorted((a, b) => a.layer.localeCompare(b.layer))
    // The law lengthens its own guarantee by a year from where it would have ended, not from the day of the repair.
    const lengthened = (layers: typeof before) => layers.map((one) => (one.layer === 'legal' ? { ...one, end: addMonths(one.start, 36) } : one))
    expect(dates(before).find(({ layer }) => layer === 'legal')?.end).toBe(addMonths(before[0]?.start ?? '', 24))
    expect(dates(after)).toEqual(dates(lengthened(before)))
    expect(after.find(({ layer }) => layer === 'repair')).toMatchObject({ start: '2026-11-22', end: '2027-11-22', basis: 'delivery' })
    expect(after.find(({ layer }) => layer === 'legal')?.claimsUsed).toBe(1)
    // And once, however often it is mended.
    const again = claimOf(must(till.service.openClaim(unitId, 'No sound again', '')))
    must(act(again.claimId, { do: 'decide', basis: 'legal', remedy: 'repair', note: '' }))
    must(act(again.claimId, { do: 'send', to: 'Workshop', note: '' }))
    must(act(again.claimId, { do: 'receive-back', repaired: true, note: '' }))
    must(act(again.claimId, { do: 'hand-back', note: '' }))
    expect(dates(facts(unitId)?.cover ?? [])).toEqual(dates(lengthened(before)))
  })

  it.each([['sold before the law', '2026-07-30', {}], ['where the law knows nothing of it', '2026-08-01', { afterRepairMonths: 0 }]])(
    'a repair under the guarantee lengthens nothing of what was %s', (_, soldOn, law) => {
      const unitId = soldWithSpare()
      floor.rules((policy) => ({ ...policy, legalGuarantee: { DE: { months: 24, presumedMonths: 12, afterRepairMonths: 12, ...law } } }))
      const told = facts(unitId)
      if (told?.title.is !== 'sold') throw new Error('the piece is not sold')
      const { purchase } = told.title
      till.ground.store.write((db) => recordEvent(db, {
        id: 'earlier', kind: 'corrected', unitId, at: till.ground.now(), storeId: till.ground.place.id, tillId: 't', staffId: null, who: null, params: {},
        facts: { ...told, cover: [], title: { is: 'sold', purchase: { ...purchase, soldAt: `${soldOn}T10:00:00.000Z` } } },
      }))
      const { claimId } = claimOf(must(till.service.openClaim(unitId, 'No sound', '')))
      must(act(claimId, { do: 'decide', basis: 'legal', remedy: 'repair', note: '' }))
      must(act(claimId, { do: 'send', to: 'Workshop', note: '' }))
      must(act(claimId, { do: 'receive-back', repaired: true, note: '' }))
      must(act(claimId, { do: 'hand-back', note: '' }))
      expect(facts(unitId)?.cover.find(({ layer }) => layer === 'legal')?.end).toBe(addMonths(soldOn, 24))
    },
  )

  it('P60: a replacement inherits what is left of the cover, with the claims it has carried', () => {
    const unitId = soldWithSpare()
    const fresh = another(unitId)
    const { claimId } = claimOf(must(till.service.openClaim(unitId, 'Screen is dark', '')))
    must(act(claimId, { do: 'decide', basis: 'legal', remedy: 'replace', note: '' }))
    const old = facts(unitId)
    must(act(claimId, { do: 'replace', withUnitId: fresh, note: '' }))
    const inherited = facts(fresh)
    const dates = (layers: NonNullable<typeof old>['cover']) => layers.map(({ layer, start, end, claimsUsed }) => ({ layer, start, end, claimsUsed })).toSorted((a, b) => a.layer.localeCompare(b.layer))
    expect(dates(inherited?.cover ?? [])).toEqual(dates(old?.cover ?? []))
    expect(inherited?.title).toEqual(old?.title)
    expect(inherited?.custody).toEqual({ at: 'with-customer' })
    expect(facts(unitId)).toMatchObject({ title: { is: 'returned' }, custody: { at: 'in-stock', area: 'quarantine' }, condition: 'damaged' })
  })

  it('keeps photographs of the piece as it came in, with their hash in its history, each once and none after its end', () => {
    const unitId = soldWithSpare()
    const { claimId } = claimOf(must(till.service.openClaim(unitId, 'Glass is cracked', '')))
    const shot = (last: number) => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0, last]).toString('base64')
    must(till.service.photo(claimId, shot(1)))
    must(till.service.photo(claimId, shot(1)))
    const { photos, steps } = claimOf(must(till.service.photo(claimId, shot(2))))
    expect(photos).toHaveLength(2)
    expect(steps.flatMap(({ params }) => params['hash'] ?? [])).toEqual(photos.map(({ hash }) => hash))
    expect(till.service.photo(claimId, Buffer.from('no picture at all').toString('base64'))).toMatchObject({ ok: false, fault: { code: 'unusable-picture' } })
    must(act(claimId, { do: 'hand-back', note: '' }))
    expect(till.service.photo(claimId, shot(3))).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    expect(claimOf(must(till.service.unit(unitId))).photos).toHaveLength(2)
  })

  it('is taken in once: the same piece cannot be in two', () => {
    const unitId = soldWithSpare()
    must(till.service.openClaim(unitId, 'No sound', ''))
    expect(till.service.openClaim(unitId, 'Again', '')).toMatchObject({ ok: false, fault: { code: 'claim-open' } })
  })

  it('lends a piece and does not end before it is back', () => {
    const unitId = soldWithSpare()
    const loan = another(unitId)
    const { claimId } = claimOf(must(till.service.openClaim(unitId, 'No sound', '')))
    const lent = claimOf(must(act(claimId, { do: 'lend', unitId: loan, note: '' })))
    expect(lent.loan?.unitId).toBe(loan)
    expect(judgeUnit(till.ground, 'sell', unitOf(till.ground, loan)!, null).verdict.outcome).not.toBe('accept')
    expect(act(claimId, { do: 'hand-back', note: '' })).toMatchObject({ ok: false, fault: { code: 'loan-out' } })
    must(act(claimId, { do: 'take-loan-back', note: '' }))
    expect(facts(loan)?.custody).toMatchObject({ at: 'in-stock' })
    must(act(claimId, { do: 'hand-back', note: '' }))
  })

  it('is decided only on what is open today', () => {
    const unitId = soldWithSpare()
    const { claimId } = claimOf(must(till.service.openClaim(unitId, 'No sound', '')))
    expect(act(claimId, { do: 'decide', basis: 'legal', remedy: 'refund', note: '' })).toMatchObject({ ok: false, fault: { code: 'remedy-not-open' } })
    expect(act(claimId, { do: 'decide', basis: 'plan', remedy: 'repair', note: '' })).toMatchObject({ ok: false, fault: { code: 'remedy-not-open' } })
    must(act(claimId, { do: 'decide', basis: 'none', remedy: 'paid-repair', note: '' }))
  })

  it('is not opened on what is ours, and not on what is looked for', () => {
    const rows = till.ground.mirror.reading.prepare(`SELECT id FROM units WHERE title = 'ours' AND custody = 'in-stock' LIMIT 1`).all() as { id: string }[]
    expect(till.service.openClaim(rows[0]?.id ?? '', 'No sound', '')).toMatchObject({ ok: false, fault: { code: 'not-sold' } })
    const stolen = till.ground.mirror.reading.prepare(`SELECT id FROM units WHERE more LIKE '%stolen-reported%' AND title = 'sold' LIMIT 1`).all() as { id: string }[]
    expect(till.service.openClaim(stolen[0]?.id ?? '', 'No sound', '')).toMatchObject({ ok: false, fault: { code: 'piece-looked-for' } })
  })

  it('keeps its numbers when it is refused: none is lost and none is given twice', () => {
    const unitId = soldWithSpare()
    must(till.service.openClaim(unitId, 'No sound', ''))
    till.service.openClaim(unitId, 'Again', '')
    const { claimId } = claimOf(must(till.service.unit(unitId)))
    must(act(claimId, { do: 'decide', basis: 'none', remedy: 'return-unrepaired', note: '' }))
    must(act(claimId, { do: 'hand-back', note: '' }))
    const next = claimOf(must(till.service.openClaim(unitId, 'Again', '')))
    expect(next.number).toBe('T1-C000002')
  })

  it('is taken in with photographs in one act: all of it, or nothing', () => {
    const picture = (n: number) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(40, n)]).toString('base64')
    const unitId = soldWithSpare()
    expect(till.service.openClaim(unitId, 'Glass is cracked', '', [picture(1), Buffer.from('no picture at all').toString('base64')]))
      .toMatchObject({ ok: false, fault: { code: 'unusable-picture' } })
    expect(must(till.service.unit(unitId)).claims).toEqual([])
    expect(facts(unitId)?.custody).toEqual({ at: 'with-customer' })

    const claim = claimOf(must(till.service.openClaim(unitId, 'Glass is cracked', '', [picture(1), picture(2), picture(1)])))
    expect(claim.number).toBe('T1-C000001')
    expect(claim.photos).toHaveLength(2)
    expect(claim.steps.map(({ what, params }) => [what, params['hash']])).toEqual([['opened', undefined], ...claim.photos.map(({ hash }) => ['note', hash])])
  })

  it('has a paper that names the piece, the fault and the decision', () => {
    const unitId = soldWithSpare()
    const { claimId } = claimOf(must(till.service.openClaim(unitId, 'No sound on the left', '')))
    must(act(claimId, { do: 'decide', basis: 'legal', remedy: 'repair', note: '' }))
    const { documentId } = must(till.service.claimPaper(claimId))
    const paper = JSON.stringify(documentOf(till.ground.store.reading, documentId)?.body)
    expect(paper).toContain('No sound on the left')
    expect(paper).toContain(unitOf(till.ground, unitId)?.aliases[0]?.value)
  })
})

describe('an owner', () => {
  const MINA = { name: 'Mina Hartmann', contact: '+49 30 1' }
  const OLE = { name: 'Ole Berg', contact: '' }

  it('is recorded, and the earlier ones are only counted', () => {
    const unitId = soldWithSpare()
    must(till.service.transfer(unitId, MINA, { by: 'both-present' }))
    const now = must(till.service.transfer(unitId, OLE, { by: 'both-present' }))
    expect(now.owner).toMatchObject({ name: 'Ole Berg', how: 'both-present' })
    expect(now.ownersBefore).toBe(1)
    expect(JSON.stringify(now)).not.toContain('Mina')
  })

  it('is masked for who may not see customers', () => {
    const unitId = soldWithSpare()
    must(till.service.transfer(unitId, MINA, { by: 'both-present' }))
    floor.enter('cashier')
    expect(must(till.service.unit(unitId)).owner).toMatchObject({ name: 'M••• H•••', contact: '' })
  })

  it('lies sealed in the file: nobody reads a name from a stolen disk', () => {
    const unitId = soldWithSpare()
    must(till.service.transfer(unitId, MINA, { by: 'both-present' }))
    const rows = till.ground.store.reading.prepare('SELECT * FROM unit_owners').all()
    expect(JSON.stringify(rows)).not.toContain('Mina')
    const events = till.ground.store.reading.prepare('SELECT body FROM journal').all()
    expect(JSON.stringify(events)).not.toContain('Mina')
  })

  it('gives the piece away by a code that works once and for this piece alone', () => {
    const unitId = soldWithSpare()
    const code = codeOn(must(till.service.ownerCode(unitId)).documentId)
    expect(code).toMatch(/^[A-Z0-9]{5}-[A-Z0-9]{5}$/)
    expect(till.service.transfer(unitId, OLE, { by: 'code', code: 'AAAAA-AAAAA' })).toMatchObject({ ok: false, fault: { code: 'wrong-code' } })
    must(till.service.transfer(unitId, OLE, { by: 'code', code: code.toLowerCase() }))
    expect(till.service.transfer(unitId, MINA, { by: 'code', code })).toMatchObject({ ok: false, fault: { code: 'wrong-code' } })
  })

  it('gives the code out once: the paper that is kept, and every file of the till, holds none', () => {
    const unitId = soldWithSpare()
    const { documentId } = must(till.service.ownerCode(unitId))
    const code = codeOn(documentId)
    const kept = documentOf(till.ground.store.reading, documentId)?.body.blocks ?? []
    expect(JSON.stringify(kept)).not.toContain(code)
    expect(JSON.stringify(kept)).toContain(say('de', 'receipt.owner-code-left-out'))
    const tables = till.ground.store.reading.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[]
    for (const table of tables) expect(JSON.stringify(till.ground.store.reading.prepare(`SELECT * FROM "${table}"`).all())).not.toContain(code)
    // Whoever comes to the till after, and whoever looks for the paper later, sees the one that is kept.
    const nobodyElse = till.ground.shownOnce.forScreen(documentId, 'somebody else')
    expect(nobodyElse).toBeNull()
    floor.later(11 * 60_000)
    expect(codeOn(documentId)).toBe('')
    expect(till.ground.shownOnce.forPrinter(documentId)).toBeNull()
  })

  it('ends the old code with a new one, for which somebody answers', async () => {
    const unitId = soldWithSpare()
    const lost = codeOn(must(till.service.ownerCode(unitId)).documentId)
    floor.enter('cashier')
    expect(till.service.ownerCode(unitId)).toMatchObject({ ok: false, fault: { code: 'no-right', params: { right: 'flag-unit' } } })
    await floor.stepUp('manager', 'flag-unit', 'the owner lost the paper')
    const fresh = codeOn(must(till.service.ownerCode(unitId)).documentId)
    expect(fresh).not.toBe(lost)
    expect(till.service.transfer(unitId, OLE, { by: 'code', code: lost })).toMatchObject({ ok: false, fault: { code: 'wrong-code' } })
    must(till.service.transfer(unitId, OLE, { by: 'code', code: fresh }))
  })

  it('keeps the cover: it protects the thing and not the person', () => {
    const unitId = soldWithSpare()
    const before = facts(unitId)?.cover
    must(till.service.transfer(unitId, MINA, { by: 'both-present' }))
    expect(facts(unitId)?.cover).toEqual(before)
  })

  it('reports a theft, and every look from then on says so; clearing it tells who and why', () => {
    const unitId = soldWithSpare()
    must(till.service.reportStolen(unitId, 'POL-1', 'Taken from the car'))
    const verdict = must(till.service.unit(unitId)).verdict
    expect(verdict.findings.stolen.answer).toBe('flagged')
    expect(till.service.transfer(unitId, MINA, { by: 'both-present' })).toMatchObject({ ok: false })
    const cleared = must(till.service.clearStolen(unitId, 'Found again'))
    expect(cleared.theft).toBeNull()
    expect(cleared.verdict.findings.stolen.answer).not.toBe('flagged')
  })
})

describe('a recall', () => {
  const pulls = () => till.service.view().pulls.filter((item) => item.is === 'piece')

  it('lists the pieces of this store, and a scan clears one from the shelf', () => {
    const [first] = pulls()
    if (!first) throw new Error('the demo recalls nothing here')
    expect(first.state).toBe('to-pull')
    const { pulled, left } = must(till.service.pull(first.serial))
    expect(pulled).toMatchObject({ unitId: first.unitId, state: 'pulled' })
    expect(left).toContainEqual(expect.objectContaining({ unitId: first.unitId, state: 'pulled' }))
    expect(facts(first.unitId)?.custody).toMatchObject({ at: 'in-stock', area: 'recall' })
  })

  it('says of a piece nobody recalls that it may stay, and changes nothing', () => {
    const unitId = another(soldWithSpare())
    const before = facts(unitId)
    expect(till.service.pull(unitOf(till.ground, unitId)?.aliases[0]?.value ?? '')).toMatchObject({ ok: false, fault: { code: 'not-recalled' } })
    expect(facts(unitId)).toEqual(before)
  })

  it('ends for one piece when its remedy is done: then it may be sold again', () => {
    const [first] = pulls()
    if (!first) throw new Error('the demo recalls nothing here')
    const sellable = () => judgeUnit(till.ground, 'sell', unitOf(till.ground, first.unitId)!, null).verdict.outcome
    expect(sellable()).not.toBe('accept')
    must(till.service.pull(first.serial))
    const after = must(till.service.remedied(first.unitId, first.campaign, ''))
    expect(after.campaigns[0]?.remediedAt).not.toBeNull()
    expect(sellable()).toBe('accept')
    expect(pulls().some(({ unitId }) => unitId === first.unitId)).toBe(false)
  })

  it('has a list for letters, one row a piece that is with its owner, and nobody’s name without the right', () => {
    const [campaign] = till.service.view().campaigns
    if (!campaign) throw new Error('the demo recalls nothing')
    const sold = till.ground.mirror.reading.prepare(`SELECT id FROM units WHERE title = 'sold' AND sold_store_id = ? AND more LIKE ?`).all(till.ground.place.id, `%${campaign.reference}%`) as { id: string }[]
    const unitId = sold[0]?.id ?? ''
    must(till.service.transfer(unitId, { name: '=Ada, "the" owner', contact: '+49 30 1' }, { by: 'both-present' }))
    const { text } = must(till.service.letters(campaign.reference))
    expect(text.trim().split('\r\n')).toHaveLength(1 + campaign.sold)
    expect(text).toContain(`"'=Ada, ""the"" owner"`)
    floor.enter('cashier')
    expect(must(till.service.letters(campaign.reference)).text).not.toContain('Ada')
  })

  it('knows how many stand here and how many are with customers', () => {
    for (const campaign of till.service.view().campaigns) {
      expect(campaign.here).toBe(pulls().filter(({ campaign: of }) => of === campaign.reference).length)
      expect(campaign.sold).toBeGreaterThan(0)
    }
  })
})
