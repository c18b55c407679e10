import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeEpc } from '../../../contract/identity/epc/encode.ts'
import { issueSignedLabel, trustedKeyOf } from '../../../electron/core/proofs/signed-label.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { trustLabelKey } from '../../../electron/core/tags/label-keys.ts'
import { enrolSunTag } from '../../../electron/core/tags/sun-tags.ts'
import {
  checkIn, enter, example, saleIn, scan, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill,
} from '../../support/core/till.ts'

const folder = temporaryFolder()
const MIGRATIONS = join(import.meta.dirname, '../../../migrations/shop')
const signer = { keyId: 'k1', privateKey: generateKeyPairSync('ed25519').privateKey }
let till: RunningTill
let client: Client
let leave: () => void

async function start(): Promise<void> {
  till = await startTill(['--data', folder.path, '--seat', 'counter'])
  ;({ client, close: leave } = await enter(till))
}

beforeAll(async () => {
  withDemoMirror(folder.path)
  await start()
})

afterAll(async () => {
  leave()
  await till.end()
  folder.remove()
})

/** Writes into the precious file while no till has it: what the store's own set-up would have brought. */
async function between(write: (store: Store) => void): Promise<void> {
  leave()
  await till.end()
  const store = new Store(join(folder.path, 'shop.db'), MIGRATIONS)
  write(store)
  store.close()
  await start()
}

async function checked(text: string, aim: string | null = null) {
  await client.desk.go({ to: 'check', unitId: null })
  return checkIn(await client.desk.scan({ text, via: 'wedge', aim }))
}

async function resultOf(text: string, aim: string | null = null) {
  const check = await checked(text, aim)
  if (check.at !== 'result') throw new Error(`no result, but ${check.notice?.code ?? 'nothing'}`)
  return check
}

describe('a badge', () => {
  it('chooses its owner on the sign-in screen, still asks for the PIN, and is not taken for goods afterwards', async () => {
    const before = (await client.desk.view()).session
    if (before.at !== 'signed-out') throw new Error(`the till is ${before.at}`)
    expect(before.chosen).toBeNull()
    const { session } = await scan(client, 'BADGE-0002')
    if (session.at !== 'signed-out') throw new Error('a badge alone signed somebody in')
    const chosen = session.staff.find((person) => person.staffId === session.chosen)
    expect(chosen).toBeDefined()
    await expect(scan(client, 'BADGE-9999')).rejects.toMatchObject({ data: { code: 'not-signed-in' } })
    await signIn(client, 'manager')
    const view = await scan(client, 'BADGE-0002')
    expect(view.front.screen).toBe('home')
    expect(view.alarm).toMatchObject({ code: 'badge-of', params: { name: chosen?.name } })
    expect((await scan(client, 'countermark:customer:C-17')).alarm).toMatchObject({ code: 'customer-card', params: { number: 'C-17' } })
    await expect(scan(client, 'countermark:voucher:V-1')).rejects.toMatchObject({ data: { code: 'no-such-credit' } })
  })
})

describe('a check of what has no serial number', () => {
  it('says of plain goods, services and lots what they are, and of an old lot that it is over', async () => {
    expect(await checked(await example(client, 'plain-article'))).toMatchObject({ at: 'scan', notice: { code: 'plain-goods' } })
    expect(await checked(await example(client, 'service'))).toMatchObject({ at: 'scan', notice: { code: 'a-service' } })
    expect(await checked(await example(client, 'lot'))).toMatchObject({ at: 'scan', notice: { code: 'lot-good-until', tone: 'good' } })
    expect(await checked(await example(client, 'expired-lot'))).toMatchObject({ at: 'scan', notice: { code: 'expired-lot', tone: 'stop' } })
  })

  it('knows a product without its piece, and says impossible of what its maker never gave out', async () => {
    const unknown = await resultOf(await example(client, 'unknown-serial'))
    expect([unknown.unit, unknown.verdict.findings.identity.answer]).toEqual([null, 'known-product-unknown-unit'])
    const impossible = await resultOf(await example(client, 'impossible-serial'))
    expect(impossible.verdict.findings.identity).toMatchObject({ answer: 'impossible', reason: 'wrong-format' })
    expect(impossible.verdict.outcome).toBe('refuse')
  })

  it('tells the cashier which part of a label is wrong', async () => {
    await client.sale.begin()
    const impossible = await example(client, 'impossible-serial')
    expect(saleIn(await scan(client, impossible)).notice).toMatchObject({ code: 'wrong-format', params: { text: impossible.slice(21) } })
    const gs1 = (await example(client, 'gs1-code')).replace('\u001d', '')
    expect(saleIn(await scan(client, gs1)).notice).toMatchObject({ code: 'separator-lost' })
    expect(saleIn(await scan(client, 'https://user@id.gs1.org/01/09520000002015')).notice?.code).toBe('broken-label')
  })
})

describe('the shop’s own number', () => {
  it('is put on a piece, finds it from then on, and stands in its life', async () => {
    const unit = (await resultOf(await example(client, 'fresh-phone'))).unit
    const first = await client.units.issueNumber({ unitId: unit?.unitId ?? '' })
    const second = await client.units.issueNumber({ unitId: null })
    expect(first.number).not.toBe(second.number)
    expect(second.left).toBe(first.left - 1)
    const again = await resultOf(first.number)
    expect(again.unit?.unitId).toBe(unit?.unitId)
    expect(again.unit?.aliases).toContainEqual({ kind: 'own', value: first.number, retiredWhy: null })
    const life = again.timeline.filter((entry) => entry.kind === 'relabelled')
    expect(life).toMatchObject([{ params: { to: first.number }, atHub: false }])
    await expect(client.units.issueNumber({ unitId: 'nobody' })).rejects.toMatchObject({ data: { code: 'no-such-unit' } })
  })
})

describe('what a tag proves', () => {
  const TID = 'E280116020001A2B3C4D5E6F'
  const TAP = 'https://tag.example/v?picc_data=EF963FF7828658A599F3041510671E88&cmac=94EED9EE65337086'

  it('makes a copied tag suspect: the identity is right and the chip is another', async () => {
    const serial = await example(client, 'recalled-sold')
    const unit = (await resultOf(serial)).unit
    const epc = encodeEpc('SGTIN-96', [['01', unit?.gtin ?? ''], ['21', serial]], { filter: 1, gcpLength: 7 })
    if (!epc.ok) throw new Error(epc.code)
    const read = (tid: string) => client.desk.scan({ text: epc.hex, via: 'rfid', aim: null, tid })
    const bind = (unitId: string, tid: string) => client.units.bindTag({ unitId, epc: epc.hex, tid })
    await expect(bind(unit?.unitId ?? '', 'E2801160')).rejects.toMatchObject({ data: { code: 'unreadable-tag' } })
    const other = (await resultOf(await example(client, 'by-imei'))).unit?.unitId ?? ''
    await expect(bind(other, TID)).rejects.toMatchObject({ data: { code: 'unreadable-tag', params: { code: 'OTHER_PIECE' } } })
    expect(await bind(unit?.unitId ?? '', TID)).toEqual({ stid: 'urn:epc:stid:x801.x160.x1A2B3C4D5E6F' })
    await client.desk.go({ to: 'check', unitId: null })
    const good = checkIn(await read(TID))
    if (good.at !== 'result') throw new Error('no result')
    expect(good.verdict.findings.authenticity.answer).toBe('consistent')
    const copied = checkIn(await read('E280116020001A2B3C4D5E70'))
    if (copied.at !== 'result') throw new Error('no result')
    expect(copied.verdict.findings.authenticity).toMatchObject({ answer: 'suspect', evidence: ['tag-differs'] })
  })

  it('proves a signed label and a tap; the same tap is refused after the till was started again', async () => {
    const serial = await example(client, 'gs1-code')
    const gtin = serial.slice(5, 19)
    const number = serial.slice(21).split('\u001d')[0] ?? ''
    const piece = (await resultOf(serial)).unit
    const tapped = (await resultOf(await example(client, 'frame-number'))).unit
    const label = issueSignedLabel([['01', gtin], ['21', number]], signer, '2026-01-01', '2099-12-31')
    if (!label.ok) throw new Error(label.code)
    await between((store) => store.write((db) => {
      trustLabelKey(db, trustedKeyOf(signer), '2026-11-22T09:00:00.000Z')
      enrolSunTag(db, { uid: '04DE5F1EACC040', unitId: tapped?.unitId ?? '', fileKey: '00'.repeat(16), metaKey: '00'.repeat(16) })
    }))
    const proven = await resultOf(label.text, ']Q1')
    expect([proven.unit?.unitId, proven.verdict.findings.authenticity.answer]).toEqual([piece?.unitId, 'proven'])
    const tap = await resultOf(TAP)
    expect([tap.unit?.unitId, tap.verdict.findings.authenticity.answer]).toEqual([tapped?.unitId, 'proven'])
    await between(() => undefined)
    const replayed = await resultOf(TAP)
    expect(replayed.unit?.unitId).toBe(tapped?.unitId)
    expect(replayed.verdict.findings.authenticity).toMatchObject({ answer: 'suspect', evidence: ['counter-replay'] })
  })
})

describe('“What is this code?”', () => {
  const read = async (text: string, hex = false) => client.devices.explain({ text, hex })

  it('takes a label apart field by field, with its bytes and its symbology', async () => {
    const explained = await read(']d2010952000000101821VM26001000\u001d17301231')
    expect(explained.aim).toBe(']d2')
    expect(explained.bytesHex).toMatch(/^5d6432/)
    expect(explained.readings[0]).toMatchObject({ what: 'gs1-element-string', ok: true })
    expect(explained.readings[0]?.fields.map((field) => field.name)).toEqual(['(01) GTIN', '(21) SERIAL', '(17) USE BY or EXPIRY', '(17) USE BY or EXPIRY ='])
  })

  it('reads bytes in hexadecimal as they came, and a tag as a tag', async () => {
    const bytes = Buffer.from(']d2010952000000101821VM26001000').toString('hex')
    expect((await read(bytes, true)).readings[0]).toMatchObject({ what: 'gs1-element-string', ok: true })
    expect((await read('3074257BF7194E4000001A85', true)).readings[0]).toMatchObject({ what: 'epc-hex', ok: true })
    expect((await read('3000 3074257BF7194E4000001A85', true)).readings[0]).toMatchObject({ what: 'epc-hex', ok: true })
  })

  it.each(['5d6', '5g64', 'hello', '   '])('refuses %j as bytes instead of making something of it', async (text) => {
    await expect(read(text, true)).rejects.toMatchObject({ data: { code: 'not-hexadecimal' } })
  })

  it('says why not, and does not repeat a card', async () => {
    const wrong = await read('4012345678902')
    expect(wrong.readings).toContainEqual(expect.objectContaining({ what: 'gtin-13', ok: false, code: 'CHECK_DIGIT' }))
    const card = await read('4111111111111111')
    expect(JSON.stringify(card)).not.toContain('1111111111')
    expect(card.readings).toMatchObject([{ code: 'card-number' }])
    const cardBytes = await read(Buffer.from('4111111111111111').toString('hex'), true)
    expect(JSON.stringify(cardBytes)).not.toContain('313131')
  })
})
