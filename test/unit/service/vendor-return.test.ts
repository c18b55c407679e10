import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import type { VendorParcel } from '../../../contract/vendor-view.ts'
import { timelineOf } from '../../../electron/core/facts/history.ts'
import { inspect } from '../../../electron/core/returns/inspect.ts'
import { actClaim, openClaim } from '../../../electron/core/service/claims.ts'
import { documentOf } from '../../../electron/core/store/papers.ts'
import { sendToVendor } from '../../../electron/core/vendors/send-to-vendor.ts'
import { vendorPieceOf, vendorPieces } from '../../../electron/core/vendors/vendor-pieces.ts'
import { at, lookOver, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('manager')
})
afterEach(() => floor.close())

interface Piece {
  readonly unitId: string
  readonly serial: string
}

/** Each kind once a story: the shelf is asked, and it still has what was sold a moment ago. */
function sold(category: 'audio' | 'watch'): Piece {
  const [piece] = floor.fresh(category)
  if (!piece) throw new Error('nothing on the shelf')
  floor.sell([piece.serial])
  return piece
}

/** A piece that came back faulty and, looked at again, is the maker's affair. */
function forTheMaker(): Piece {
  const piece = sold('audio')
  floor.goReturn()
  floor.scanReturn(piece.serial)
  lookOver(floor, 'open-box', 'faulty')
  at(floor.return({ do: 'refund' }), 'done')
  shown(floor.desk.act(piece.unitId, (deed) => inspect(deed, { unitId: piece.unitId, outcome: 'regraded', condition: 'damaged', next: 'maker', note: 'dead' })))
  return piece
}

/** A customer's piece that was taken in and is to be repaired. */
function forRepair(): Piece & { claimId: string; number: string } {
  const piece = sold('watch')
  let claim = { claimId: '', number: '' }
  shown(floor.desk.act('', (deed) => {
    const opened = openClaim(deed, piece.unitId, 'No sound', '')
    if (opened.ok) claim = opened.value
    return opened
  }))
  shown(floor.desk.act('', (deed) => actClaim(deed, claim.claimId, { do: 'decide', basis: 'legal', remedy: 'repair', note: '' })))
  return { ...piece, ...claim }
}

const send = (pieces: readonly Piece[], parcel: Partial<VendorParcel> = {}, documentId = 'paper-1') =>
  floor.desk.act('', (deed) => sendToVendor(deed, { vendor: 'Fjord AS', reference: 'RMA-77', note: '', unitIds: pieces.map(({ unitId }) => unitId), ...parcel }, documentId))

const paper = (documentId = 'paper-1'): ReceiptDocument => {
  const document = documentOf(floor.ground.store.reading, documentId)
  if (!document) throw new Error('there is no paper')
  return document.body
}
const kinds = ({ unitId }: Piece): string[] => timelineOf(floor.ground, unitId).map(({ kind }) => kind)
const waiting = (): string[] => vendorPieces(floor.ground).map(({ unitId }) => unitId)

describe('goods that go back to their maker', () => {
  it('P68: the paper names each piece by its number, with reason, return, check and the maker’s agreement', () => {
    const piece = forTheMaker()
    expect(vendorPieces(floor.ground)).toContainEqual(expect.objectContaining({ unitId: piece.unitId, reason: 'faulty', away: null }))
    shown(send([piece]))
    const { kind, blocks } = paper()
    const text = JSON.stringify(blocks)
    expect(kind).toBe('vendor-return')
    for (const part of [piece.serial, 'Fjord AS', 'RMA-77', 'T1-V000001', 'T1-G000001', '1 Stück']) expect(text).toContain(part)
    expect(text).toMatch(/Geprüft: C-[0-9a-f]{8}/)
    expect(text).toMatch(/Grund: /)
  })

  it('P67: what was sent is no longer in stock here, told once, and waits no longer', () => {
    const piece = forTheMaker()
    const before = kinds(piece).length
    shown(send([piece]))
    expect(floor.unit(piece.unitId).facts.custody).toEqual({ at: 'at-vendor', vendor: 'Fjord AS' })
    expect(kinds(piece).slice(before)).toEqual(['shipped'])
    expect(waiting()).not.toContain(piece.unitId)
    expect(send([piece], {}, 'paper-2')).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    expect(documentOf(floor.ground.store.reading, 'paper-2')).toBeNull()
  })

  it('takes a claim’s piece along by its claim, and tells that it was sent once', () => {
    const [stock, owned] = [forTheMaker(), forRepair()]
    expect(waiting()).toEqual(expect.arrayContaining([stock.unitId, owned.unitId]))
    shown(send([stock, owned]))
    expect(kinds(owned).filter((kind) => kind === 'sent-to-repair' || kind === 'shipped')).toEqual(['sent-to-repair'])
    expect(floor.unit(owned.unitId).facts).toMatchObject({ custody: { at: 'in-repair', place: 'Fjord AS' }, title: { is: 'sold' } })
    expect(JSON.stringify(paper().blocks)).toContain(owned.number)
    expect(JSON.stringify(paper().blocks)).toContain('No sound')
    expect(waiting()).toEqual([])
  })

  it('writes the paper for what a claim has sent already, and tells nothing again', () => {
    const owned = forRepair()
    shown(floor.desk.act('', (deed) => actClaim(deed, owned.claimId, { do: 'send', to: 'Fjord AS', note: '' })))
    expect(vendorPieces(floor.ground)).toMatchObject([{ unitId: owned.unitId, away: 'Fjord AS', symptom: 'No sound' }])
    const before = kinds(owned)
    shown(send([owned]))
    expect(kinds(owned)).toEqual(before)
    expect(waiting()).toEqual([])
    // Back unrepaired and sent once more: it needs a paper again.
    shown(floor.desk.act('', (deed) => actClaim(deed, owned.claimId, { do: 'receive-back', repaired: false, note: '' })))
    shown(floor.desk.act('', (deed) => actClaim(deed, owned.claimId, { do: 'send', to: 'Fjord AS', note: '' })))
    expect(waiting()).toEqual([owned.unitId])
  })

  it('takes along what is scanned, and nothing that is sold, stolen or in a cart', () => {
    const [free, held] = floor.fresh('phone', 2)
    expect(vendorPieceOf(floor.ground, free!.unitId)).toMatchObject({ reason: null, number: null })
    shown(floor.desk.go('sale', null))
    floor.scan(held!.serial)
    expect(vendorPieceOf(floor.ground, held!.unitId)).toBeNull()
    expect(vendorPieceOf(floor.ground, sold('watch').unitId)).toBeNull()
    shown(send([free!]))
    expect(floor.unit(free!.unitId).facts.custody).toMatchObject({ at: 'at-vendor' })
  })

  it('sends all of a parcel or none of it, and takes no number for none', () => {
    const [good, gone] = [forTheMaker(), sold('watch')]
    expect(send([good, gone])).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    expect(floor.unit(good.unitId).facts.custody.at).toBe('in-stock')
    shown(send([good]))
    expect(documentOf(floor.ground.store.reading, 'paper-1')?.number).toBe('T1-V000001')
  })
})
