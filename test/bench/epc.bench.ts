import { generateKeyPairSync } from 'node:crypto'
import type { Element } from '../../contract/identity/element.ts'
import { decodeEpc, decodeEpcBytes } from '../../contract/identity/epc/decode.ts'
import { encodeEpc } from '../../contract/identity/epc/encode.ts'
import { urisOf } from '../../contract/identity/epc/uri.ts'
import { hashIdOf } from '../../electron/core/epcis/hash-id.ts'
import type { JournalLine } from '../../contract/epcis/journal-line.ts'
import { mapJournal } from '../../contract/epcis/map-journal.ts'
import { verifyOriginality } from '../../electron/core/proofs/originality.ts'
import { issueSignedLabel, trustedKeyOf, verifySignedLabel } from '../../electron/core/proofs/signed-label.ts'
import { verifySun } from '../../electron/core/proofs/sun.ts'

/** One thing to measure; the runner times `run(n)` and divides. */
export interface EpcBench {
  readonly name: string
  readonly unit: string
  run(n: number): void
}

const GTIN = '09521234543213'
const MANY = 4096

/** Different serials, so that no engine can hold the answer. */
function tags(scheme: string, serial: (i: number) => string): string[] {
  return Array.from({ length: MANY }, (_, i) => {
    const tag = encodeEpc(scheme, [['01', GTIN], ['21', serial(i)]], { filter: 1, gcpLength: 7 })
    if (!tag.ok) throw new Error(tag.code)
    return tag.hex
  })
}

const SGTIN_96 = tags('SGTIN-96', (i) => String((i + 1) * 67_108_000))
const SGTIN_96_BYTES = SGTIN_96.map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')))
const SGTIN_198 = tags('SGTIN-198', (i) => `SN/${i}-abc`)
const SGTIN_PLUS = tags('SGTIN+', (i) => `00${i}`)
const PIECE: readonly Element[] = [['01', GTIN], ['21', '12345']]

const SIGNER = { keyId: 'k1', privateKey: generateKeyPairSync('ed25519').privateKey }
const TRUSTED = [trustedKeyOf(SIGNER)]
const LABEL = issueSignedLabel(PIECE, SIGNER, '2026-01-01', '2027-12-31')
const ZERO_KEY = '00'.repeat(16)
const TAP = { piccData: 'EF963FF7828658A599F3041510671E88', sdmmac: '94EED9EE65337086', macInput: '' }
const CHIP = {
  key: '048A9B380AF2EE1B98DC417FECC263F8449C7625CECE82D9B916C992DA'
    + '209D68422B81EC20B65A66B5102A61596AF3379200599316A00A1410',
  uid: '04518DFAA96180',
  signature: 'D1940D17CFEDA4BFF80359AB975F9F6514313E8F90C1D3CAAF5941AD'
    + '744A1CDF9A83F883CAFE0FE95D1939B1B7E47113993324473B785D21',
}
const SALE: JournalLine = {
  id: '01a7b3c4-0000-7000-8000-000000000001', kind: 'sold', unitId: 'u', at: '2026-03-01T09:00:00.000Z',
  storeId: 's', tillId: 'POS1', params: { receipt: '7' },
}
const WORLD = {
  base: 'https://shop.example/',
  stores: { s: { gln: '9521234567899', timeZone: 'Europe/Berlin' } },
  units: { u: { gtin: GTIN, serial: '12345' } },
}
const EVENT = { ...mapJournal([SALE], WORLD).events[0] }

/** Counts the good answers, so that no round is optimised away and none fails unseen. */
function must(n: number, round: (i: number) => boolean): void {
  let good = 0
  for (let i = 0; i < n; i++) if (round(i)) good++
  if (good !== n) throw new Error(`${n - good} of ${n} rounds went wrong`)
}

export const benches: readonly EpcBench[] = [
  { name: 'SGTIN-96 from hexadecimal', unit: 'tags', run: (n) => must(n, (i) => decodeEpc(SGTIN_96[i % MANY]!).ok) },
  {
    name: 'SGTIN-96 from bytes',
    unit: 'tags',
    run: (n) => must(n, (i) => decodeEpcBytes(SGTIN_96_BYTES[i % MANY]!).ok),
  },
  { name: 'SGTIN-198', unit: 'tags', run: (n) => must(n, (i) => decodeEpc(SGTIN_198[i % MANY]!).ok) },
  { name: 'SGTIN+', unit: 'tags', run: (n) => must(n, (i) => decodeEpc(SGTIN_PLUS[i % MANY]!).ok) },
  {
    name: 'SGTIN-96 with both its names',
    unit: 'tags',
    run: (n) => must(n, (i) => {
      const tag = decodeEpc(SGTIN_96[i % MANY]!)
      return tag.ok && urisOf(tag) !== null
    }),
  },
  {
    name: 'write SGTIN-96',
    unit: 'tags',
    run: (n) => must(n, () => encodeEpc('SGTIN-96', PIECE, { filter: 1, gcpLength: 7 }).ok),
  },
  {
    name: 'NTAG 424 tap',
    unit: 'taps',
    run: (n) => must(n, () => verifySun(TAP, { metaReadKey: ZERO_KEY, fileReadKey: ZERO_KEY }).ok),
  },
  {
    name: 'our own signed label',
    unit: 'labels',
    run: (n) => must(n, () => LABEL.ok && verifySignedLabel(LABEL.text, TRUSTED, '2026-11-22').is === 'proven'),
  },
  {
    name: 'originality signature',
    unit: 'chips',
    run: (n) => must(n, () => verifyOriginality(CHIP.key, CHIP.uid, CHIP.signature).ok),
  },
  {
    name: 'journal line to EPCIS',
    unit: 'events',
    run: (n) => must(n, () => mapJournal([SALE], WORLD).events.length === 1),
  },
  { name: 'EPCIS hash id', unit: 'events', run: (n) => must(n, () => hashIdOf(EVENT, []).eventID !== '') },
]
