import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeEpc } from '../../../contract/identity/epc/encode.ts'
import { bindTag } from '../../../electron/core/proofs/tid-binding.ts'
import { issueSignedLabel, trustedKeyOf } from '../../../electron/core/proofs/signed-label.ts'
import type { Resolved } from '../../../electron/core/scans/resolve.ts'
import { resolve } from '../../../electron/core/scans/resolve.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { keepBinding } from '../../../electron/core/tags/bindings.ts'
import { trustLabelKey } from '../../../electron/core/tags/label-keys.ts'
import { BAD_HOLDS_MS, GOOD_HOLDS_MS, proofOf, recordReading } from '../../../electron/core/tags/readings.ts'
import { acceptTap, enrolSunTag } from '../../../electron/core/tags/sun-tags.ts'
import { demoKnowledge, NOW, type Bench } from '../../support/core/knowledge.ts'

let till: Bench
beforeAll(() => {
  till = demoKnowledge(400)
})
afterAll(() => till.remove())

/** A saw: its serial has digits only, so that a radio tag of 96 bits can hold it. */
function saw() {
  const { text } = till.story('recalled')
  const { found } = resolve({ text, aim: null }, till.know)
  if (found.is !== 'unit') throw new Error(`it is ${found.is}`)
  return { serial: text, id: found.hit.unit.id, gtin: found.hit.unit.product.gtin ?? '' }
}

function epcOf({ gtin, serial }: { gtin: string; serial: string }, gcpLength = 7): string {
  const epc = encodeEpc('SGTIN-96', [['01', gtin], ['21', serial]], { filter: 1, gcpLength })
  if (!epc.ok) throw new Error(epc.code)
  return epc.hex
}

const unitIn = ({ found }: Resolved): string => (found.is === 'unit' ? found.hit.unit.id : found.is)

describe('a radio tag', () => {
  const TID = 'E280116020001A2B3C4D5E6F'
  const OTHER_CHIP = 'E280116020001A2B3C4D5E70'

  it('names its piece, whoever wrote it and with the protocol word in front', () => {
    const piece = saw()
    for (const text of [epcOf(piece), epcOf(piece).toLowerCase(), epcOf(piece, 9), `3000${epcOf(piece)}`])
      expect(unitIn(resolve({ text, aim: null, channel: 'rfid' }, till.know)), text).toBe(piece.id)
    expect(unitIn(resolve({ text: epcOf(piece), aim: null }, till.know))).toBe(piece.id)
  })

  it('agrees on the chip that it was commissioned with, and is suspect on another', () => {
    const piece = saw()
    const binding = bindTag(epcOf(piece), TID)
    if (!binding.ok) throw new Error(binding.code)
    const read = (tid: string | null) => resolve({ text: epcOf(piece, 9), aim: null, channel: 'rfid', tid }, till.know).proofs
    expect(read(TID)).toEqual([])
    till.store.write((db) => keepBinding(db, piece.id, binding, NOW))
    expect(read(TID)).toMatchObject([{ unitId: piece.id, proof: { says: 'agrees', how: 'tag-id' } }])
    expect(read(OTHER_CHIP)).toMatchObject([{ unitId: piece.id, proof: { says: 'suspect', how: 'TAG_DIFFERS' } }])
    // A reader that could not read the chip says nothing against the piece.
    expect(read(null)).toEqual([])
    expect(unitIn(resolve({ text: TID, aim: null, channel: 'rfid' }, till.know))).toBe(piece.id)
  })
})

describe('a tag that signs each tap', () => {
  const KEY = '00'.repeat(16)
  // The worked examples of NXP's application note AN12196: one chip, counter 61.
  const UID = '04DE5F1EACC040'
  const TAP = 'https://tag.example/v?picc_data=EF963FF7828658A599F3041510671E88&cmac=94EED9EE65337086'

  it('says nothing while the chip is not ours, then proves it once and never the same tap again', () => {
    const piece = saw()
    expect(unitIn(resolve({ text: TAP, aim: null, channel: 'nfc' }, till.know))).toBe('nothing')
    till.store.write((db) => enrolSunTag(db, { uid: UID, unitId: piece.id, fileKey: KEY, metaKey: KEY }))
    const first = resolve({ text: TAP, aim: null, channel: 'nfc' }, till.know)
    expect([unitIn(first), first.tap?.counter, first.proofs[0]?.proof.says]).toEqual([piece.id, 61, 'proven'])
    till.store.write((db) => acceptTap(db, first.tap!))
    const again = resolve({ text: TAP, aim: null, channel: 'nfc' }, till.know)
    expect([unitIn(again), again.tap?.counter]).toEqual([piece.id, null])
    expect(again.proofs).toMatchObject([{ proof: { says: 'suspect', how: 'COUNTER_REPLAY' } }])
  })

  it('takes one tap once, also when it was looked at twice before it was taken', () => {
    const piece = saw()
    till.store.write((db) => db.prepare('DELETE FROM sun_tags').run())
    till.store.write((db) => enrolSunTag(db, { uid: UID, unitId: piece.id, fileKey: KEY, metaKey: KEY }))
    const [one, two] = [resolve({ text: TAP, aim: null }, till.know), resolve({ text: TAP, aim: null }, till.know)]
    till.store.write((db) => acceptTap(db, one.tap!))
    expect(() => till.store.write((db) => acceptTap(db, two.tap!))).toThrow(/taken before/)
  })

  it('knows a replay after the till was started again, and a used tap is used only if its act was', () => {
    const piece = saw()
    till.store.write((db) => db.prepare('DELETE FROM sun_tags').run())
    till.store.write((db) => enrolSunTag(db, { uid: UID, unitId: piece.id, fileKey: KEY, metaKey: KEY }))
    const tap = resolve({ text: TAP, aim: null }, till.know).tap
    expect(() => till.store.write((db) => {
      acceptTap(db, tap!)
      throw new Error('the act was refused')
    })).toThrow(/refused/)
    expect(resolve({ text: TAP, aim: null }, till.know).tap?.counter).toBe(61)
    till.store.write((db) => acceptTap(db, tap!))
    const reopened = new Store(till.store.file, 'migrations/shop')
    const after = resolve({ text: TAP, aim: null }, { ...till.know, db: reopened.reading })
    reopened.close()
    expect(after.proofs).toMatchObject([{ proof: { says: 'suspect', how: 'COUNTER_REPLAY' } }])
    expect(() => till.store.write((db) => db.prepare('UPDATE sun_tags SET counter = 1').run())).toThrow(/only rises/)
  })

  it('is suspect where the address is of our chip and the key is not', () => {
    const forged = TAP.replace(/.{4}$/, '0000')
    const read = resolve({ text: forged, aim: null, channel: 'nfc' }, till.know)
    expect(read.proofs).toMatchObject([{ proof: { says: 'suspect', how: 'TAP_FORGED' } }])
    expect(read.tap?.counter ?? null).toBeNull()
  })
})

describe('a label that the shop signed', () => {
  const signer = { keyId: 'k1', privateKey: generateKeyPairSync('ed25519').privateKey }

  it('is an ordinary label to a till that does not know the key, and proven to one that does', () => {
    const piece = saw()
    const label = issueSignedLabel([['01', piece.gtin], ['21', piece.serial]], signer, '2026-01-01', '2027-12-31')
    if (!label.ok) throw new Error(label.code)
    const read = (text: string) => resolve({ text, aim: ']Q1' }, till.know)
    expect([unitIn(read(label.text)), read(label.text).proofs]).toEqual([piece.id, []])
    till.store.write((db) => trustLabelKey(db, trustedKeyOf(signer), NOW))
    expect(read(label.text).proofs).toMatchObject([{ unitId: piece.id, proof: { says: 'proven', how: 'signed-label', detail: 'k1' } }])
    const forged = label.text.replace(/\?sig=k1\.20260101/, '?sig=k1.20260102')
    expect(read(forged).proofs).toMatchObject([{ proof: { says: 'suspect', how: 'LABEL_FORGED' } }])
    expect(() => till.store.write((db) => trustLabelKey(db, trustedKeyOf(signer), NOW))).toThrow()
  })
})

describe('how long a reading holds', () => {
  const at = (ms: number): string => new Date(Date.parse(NOW) + ms).toISOString()

  it('forgets a good one soon, and a bad one only after a day or a better reading', () => {
    const piece = saw()
    const { reading } = till.store
    till.store.write((db) => recordReading(db, piece.id, NOW, { says: 'proven', how: 'sun-tap', detail: 'x' }))
    expect(proofOf(reading, piece.id, at(GOOD_HOLDS_MS))?.says).toBe('proven')
    expect(proofOf(reading, piece.id, at(GOOD_HOLDS_MS + 1))).toBeNull()
    till.store.write((db) => recordReading(db, piece.id, NOW, { says: 'suspect', how: 'TAG_DIFFERS', detail: 'x' }))
    expect(proofOf(reading, piece.id, at(BAD_HOLDS_MS))?.says).toBe('suspect')
    expect(proofOf(reading, piece.id, at(BAD_HOLDS_MS + 1))).toBeNull()
    till.store.write((db) => recordReading(db, piece.id, NOW, { says: 'agrees', how: 'tag-id', detail: 'x' }))
    expect(proofOf(reading, piece.id, NOW)?.says).toBe('agrees')
  })

  it('is never changed or deleted', () => {
    for (const wrong of ["UPDATE proof_readings SET says = 'proven'", 'DELETE FROM proof_readings'])
      expect(() => till.store.write((db) => db.prepare(wrong).run()), wrong).toThrow(/never/)
  })
})
