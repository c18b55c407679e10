import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueSignedLabel, trustedKeyOf } from '../../../electron/core/proofs/signed-label.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { proofByLabel, trustLabelKey } from '../../../electron/core/tags/label-keys.ts'
import { sealKeys } from '../../../electron/core/tags/seal-keys.ts'
import { enrolSunTag, readTap } from '../../../electron/core/tags/sun-tags.ts'
import { temporaryFolder } from '../../support/core/till.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations/shop')
// The worked example of NXP's application note AN12196: its chip has a key of zeros.
const UID = '04DE5F1EACC040'
const KEY = '00'.repeat(16)
const OTHER_KEY = 'A1B2C3D4E5F60718293A4B5C6D7E8F90'
const TAP = 'https://tag.example/v?picc_data=EF963FF7828658A599F3041510671E88&cmac=94EED9EE65337086'
const TODAY = '2026-11-22'
const signer = { keyId: 'k1', privateKey: generateKeyPairSync('ed25519').privateKey }

let folder: ReturnType<typeof temporaryFolder>
let store: Store
const file = (): string => join(folder.path, 'shop.db')
const open = (): Store => new Store(file(), MIGRATIONS)
const onDisk = (): string => [file(), `${file()}-wal`].map((name) => (existsSync(name) ? readFileSync(name, 'latin1') : '')).join('')
const rows = (): unknown[] => [...store.reading.prepare('SELECT * FROM sun_tags ORDER BY uid').all(), ...store.reading.prepare('SELECT * FROM label_keys').all()]

function label(): string {
  const issued = issueSignedLabel([['01', '09521234543213'], ['21', 'S1']], signer, '2026-01-01', '2027-12-31')
  if (!issued.ok) throw new Error(issued.code)
  return issued.text
}

/** As a till of an earlier day wrote them. */
function inThePlain(): void {
  store.write((db) => {
    const tag = db.prepare('INSERT INTO sun_tags VALUES (?, ?, ?, ?, ?)')
    tag.run(UID, 'unit-1', KEY, KEY, 7)
    tag.run('04AAAAAAAAAAAA', 'unit-2', OTHER_KEY, KEY, 0)
    tag.run('04BBBBBBBBBBBB', 'unit-3', OTHER_KEY, null, 0)
    db.prepare('INSERT INTO label_keys VALUES (?, ?, ?)').run('k1', trustedKeyOf(signer).publicKey, TODAY)
  })
}

beforeEach(() => {
  folder = temporaryFolder()
  store = open()
})
afterEach(() => {
  store.close()
  folder.remove()
})

describe('the keys of chips and labels', () => {
  it('are nowhere in the file: whoever copies it can prove no chip and forge none', () => {
    store.write((db) => {
      enrolSunTag(db, { uid: UID, unitId: 'unit-1', fileKey: OTHER_KEY, metaKey: OTHER_KEY })
      trustLabelKey(db, trustedKeyOf(signer), TODAY)
    })
    expect(onDisk()).toContain(UID)
    expect(onDisk()).not.toContain(OTHER_KEY)
    expect(onDisk()).not.toContain(trustedKeyOf(signer).publicKey)
  })

  it('that stood in the plain are sealed at the next start and wiped where they stood; everything is proven as before', () => {
    inThePlain()
    store.close()
    store = open()
    expect(onDisk()).toContain(OTHER_KEY)
    sealKeys(store)
    expect(onDisk()).not.toContain(OTHER_KEY)
    expect(onDisk()).not.toContain(trustedKeyOf(signer).publicKey)
    expect(readTap(store.reading, TAP)).toMatchObject({ unitId: 'unit-1', counter: 61, proof: { says: 'proven' } })
    expect(proofByLabel(store.reading, label(), TODAY)).toMatchObject({ says: 'proven' })
    expect(store.reading.prepare('SELECT counter FROM sun_tags WHERE uid = ?').pluck().get(UID)).toBe(7)
    // One key of a kind of chips is one text, so that few are tried at a tap.
    expect(store.reading.prepare('SELECT count(DISTINCT meta_key) FROM sun_tags').pluck().get()).toBe(1)
  })

  it('are sealed once: a second start changes nothing, and a till without any makes no key', () => {
    sealKeys(store)
    expect(existsSync(join(folder.path, 'secrets.key'))).toBe(false)
    inThePlain()
    sealKeys(store)
    const sealed = rows()
    sealKeys(store)
    expect(rows()).toEqual(sealed)
  })

  it('are all sealed or none: a till that ends in between seals them at its next start', () => {
    inThePlain()
    const before = rows()
    store.endEachWith(() => {
      throw new Error('power')
    })
    expect(() => sealKeys(store)).toThrow('power')
    expect(rows()).toEqual(before)
    store.close()
    store = open()
    sealKeys(store)
    expect(readTap(store.reading, TAP)).toMatchObject({ proof: { says: 'proven' } })
  })

  it('say nothing for or against a chip where the file came without its key, or a row was moved to another chip', () => {
    inThePlain()
    sealKeys(store)
    store.write((db) => db.prepare("UPDATE sun_tags SET file_key = (SELECT file_key FROM sun_tags WHERE uid = '04AAAAAAAAAAAA') WHERE uid = ?").run(UID))
    expect(readTap(store.reading, TAP)).toBeNull()
    store.close()
    rmSync(join(folder.path, 'secrets.key'))
    store = open()
    expect(readTap(store.reading, TAP)).toBeNull()
    expect(proofByLabel(store.reading, label(), TODAY)).toBeNull()
  })
})
