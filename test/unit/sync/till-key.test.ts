import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NO_KEY_STORE, type KeyStore } from '../../../contract/key-store.ts'
import { KeptTillKey, type TillKey } from '../../../electron/core/sync/till-key.ts'
import { systemKeyStore } from '../../../electron/shell/key-store.ts'
import { SafeStorage } from '../../standin/safe-storage.ts'

const PLAIN = 'till-key.pem'
const SEALED = 'till-key.sealed'

let folder: string
let dir: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-key-'))
  dir = mkdtempSync(join(folder, 'till-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The place for secrets of one user of a computer. */
const placeOn = (computer: string): KeyStore =>
  systemKeyStore(new SafeStorage({ isReady: () => true, backend: 'gnome_libsecret', keyRing: join(folder, computer) }), 'linux')

const publicKeyOf = async (store: KeyStore): Promise<string | undefined> => (await KeptTillKey.read(dir, store)).key?.publicKey

function isSignedBy(key: TillKey | null, text: string): boolean {
  const x = Buffer.from(key?.publicKey ?? '', 'base64').toString('base64url')
  return verify(null, Buffer.from(text), createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), Buffer.from(key?.sign(text) ?? '', 'base64'))
}

async function madeWith(store: KeyStore): Promise<string> {
  const kept = await KeptTillKey.read(dir, store)
  expect(kept).toMatchObject({ place: 'none', key: null })
  const key = await kept.made()
  expect(isSignedBy(key, 'a batch')).toBe(true)
  return key?.publicKey ?? ''
}

describe('the key with which a till shows itself to its centre', () => {
  it('is made once, however often joining is pressed, and is the same after every start', async () => {
    const kept = await KeptTillKey.read(dir, NO_KEY_STORE)
    const [first, second] = await Promise.all([kept.made(), kept.made()])
    expect(second?.publicKey).toBe(first?.publicKey)
    expect(await publicKeyOf(NO_KEY_STORE)).toBe(first?.publicKey)
  })

  it('lies where only its owner may read it on a system without a place for secrets, and that is said', async () => {
    await madeWith(NO_KEY_STORE)
    expect(readdirSync(dir)).toEqual([PLAIN])
    if (process.platform !== 'win32') expect(statSync(join(dir, PLAIN)).mode & 0o777).toBe(0o600)
    expect((await KeptTillKey.read(dir, NO_KEY_STORE)).place).toBe('file')
  })

  it('is never on the disk in the plain where the system seals it', async () => {
    await madeWith(placeOn('counter'))
    expect(readdirSync(dir)).toEqual([SEALED])
    expect(Buffer.from(readFileSync(join(dir, SEALED), 'utf8'), 'base64').toString('latin1')).not.toContain('PRIVATE KEY')
    expect((await KeptTillKey.read(dir, placeOn('counter'))).place).toBe('key-store')
  })

  it('that lay in a file is sealed at the next start, and is the same till', async () => {
    const before = await madeWith(NO_KEY_STORE)
    expect(await publicKeyOf(placeOn('counter'))).toBe(before)
    expect(readdirSync(dir)).toEqual([SEALED])
    expect(await publicKeyOf(placeOn('counter'))).toBe(before)
  })

  it('is still there when the power goes between sealing it and removing its file', async () => {
    const before = await madeWith(NO_KEY_STORE)
    const plain = readFileSync(join(dir, PLAIN))
    await KeptTillKey.read(dir, placeOn('counter'))
    writeFileSync(join(dir, PLAIN), plain)
    writeFileSync(join(dir, `${SEALED}.new`), 'half of it')
    expect(await publicKeyOf(placeOn('counter'))).toBe(before)
    expect(existsSync(join(dir, PLAIN))).toBe(false)
  })

  it('is not replaced by the one that a program made which looks for none elsewhere; that one is kept apart', async () => {
    const before = await madeWith(placeOn('counter'))
    const sealed = readFileSync(join(dir, SEALED))
    rmSync(join(dir, SEALED))
    const other = await madeWith(NO_KEY_STORE)
    writeFileSync(join(dir, SEALED), sealed)
    expect(await publicKeyOf(placeOn('counter'))).toBe(before)
    expect(other).not.toBe(before)
    expect(readdirSync(dir).sort()).toEqual([`${PLAIN}.other`, SEALED])
  })

  it('stays in its file when the disk takes no sealed one, and the till starts', async () => {
    const before = await madeWith(NO_KEY_STORE)
    mkdirSync(join(dir, `${SEALED}.new`))
    expect(await KeptTillKey.read(dir, placeOn('counter'))).toMatchObject({ place: 'file', key: { publicKey: before } })
    rmSync(join(dir, `${SEALED}.new`), { recursive: true })
    expect(await KeptTillKey.read(dir, placeOn('counter'))).toMatchObject({ place: 'key-store', key: { publicKey: before } })
  })

  it('stays in its file when the system would not give back what it sealed', async () => {
    const before = await madeWith(NO_KEY_STORE)
    const forgetful: KeyStore = { seal: placeOn('counter').seal, open: placeOn('another').open }
    const kept = await KeptTillKey.read(dir, forgetful)
    expect(kept).toMatchObject({ place: 'file', key: { publicKey: before } })
    expect(readdirSync(dir)).toEqual([PLAIN])
  })

  it('is sealed once more when the system has a newer key', async () => {
    const before = await madeWith(placeOn('counter'))
    const old = readFileSync(join(dir, SEALED), 'utf8')
    const { seal, open } = placeOn('counter')
    const renewed: KeyStore = { seal, open: async (sealed) => ({ text: (await open(sealed))?.text ?? '', sealAnew: sealed === old }) }
    expect(await publicKeyOf(renewed)).toBe(before)
    expect(readFileSync(join(dir, SEALED), 'utf8')).not.toBe(old)
    expect(await publicKeyOf(placeOn('counter'))).toBe(before)
  })

  it('is made at the next press when the disk was full at the first', async () => {
    const kept = await KeptTillKey.read(dir, NO_KEY_STORE)
    rmSync(dir, { recursive: true })
    await expect(kept.made()).rejects.toThrow('ENOENT')
    mkdirSync(dir)
    expect(isSignedBy(await kept.made(), 'a batch')).toBe(true)
    expect(readdirSync(dir)).toEqual([PLAIN])
  })

  it('opens when it is asked for again after the key ring was unlocked, without a restart', async () => {
    const before = await madeWith(placeOn('counter'))
    let isLocked = true
    const { seal, open } = placeOn('counter')
    const kept = await KeptTillKey.read(dir, { seal, open: (sealed) => (isLocked ? Promise.resolve(null) : open(sealed)) })
    expect(await kept.again()).toBeNull()
    isLocked = false
    expect((await kept.again())?.publicKey).toBe(before)
    expect(kept.place).toBe('key-store')
  })

  it('of a folder that was carried to another computer does not open there, and no other one is made', async () => {
    const before = await madeWith(placeOn('counter'))
    const carried = readFileSync(join(dir, SEALED))
    for (const store of [placeOn('another'), NO_KEY_STORE]) {
      const kept = await KeptTillKey.read(dir, store)
      expect(kept).toMatchObject({ place: 'elsewhere', key: null })
      expect(await kept.made()).toBeNull()
      expect(readFileSync(join(dir, SEALED))).toEqual(carried)
      expect(readdirSync(dir)).toEqual([SEALED])
    }
    expect(await publicKeyOf(placeOn('counter'))).toBe(before)
  })
})

describe('the place of the system for secrets', () => {
  const safe = (backend: 'basic_text' | 'gnome_libsecret', isReady = true): SafeStorage =>
    new SafeStorage({ isReady: () => isReady, backend, keyRing: join(folder, 'ring') })

  it('gives back what it sealed, and nothing that was changed', async () => {
    const store = systemKeyStore(safe('gnome_libsecret'), 'linux')
    const sealed = (await store.seal('a secret')) ?? ''
    expect(await store.open(sealed)).toEqual({ text: 'a secret', sealAnew: false })
    const bytes = Buffer.from(sealed, 'base64')
    bytes[bytes.length - 1]! ^= 1
    expect(await store.open(bytes.toString('base64'))).toBeNull()
    expect(await store.open('')).toBeNull()
  })

  it('is none on Linux without a key ring, where Chromium seals with a password that anybody can read', async () => {
    const { publicKey } = generateKeyPairSync('ed25519')
    expect(await systemKeyStore(safe('basic_text'), 'linux').seal(publicKey.export({ format: 'pem', type: 'spki' }).toString())).toBeNull()
    expect(await systemKeyStore(safe('gnome_libsecret', false), 'linux').seal('too early')).toBeNull()
    expect(existsSync(join(folder, 'ring'))).toBe(false)
  })

  it('is none when a key ring waits for a password that nobody types', async () => {
    const waiting = Object.assign(safe('gnome_libsecret'), { encryptStringAsync: () => new Promise<Buffer>(() => undefined) })
    expect(await systemKeyStore(waiting, 'linux', 1).seal('a secret')).toBeNull()
  })
})
