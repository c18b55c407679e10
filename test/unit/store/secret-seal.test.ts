import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SecretSeal } from '../../../electron/core/store/secret-seal.ts'

let dir: string
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'countermark-seal-')) })
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('a secret of the shop', () => {
  it('is read again with the key beside the shop, whatever it is', () => {
    const seal = new SecretSeal(join(dir, 'shop.db'))
    const again = new SecretSeal(join(dir, 'shop.db'))
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (name, about) => {
      expect(again.open(seal.seal(name, about), about)).toBe(name)
    }))
  })

  it('is never the same twice: equal secrets cannot be told from their seals', () => {
    const seal = new SecretSeal(join(dir, 'shop.db'))
    expect(seal.seal('Ines', 'a')).not.toBe(seal.seal('Ines', 'a'))
  })

  it('cannot be opened elsewhere, changed, or with the key of another till', () => {
    const seal = new SecretSeal(join(dir, 'shop.db'))
    const sealed = seal.seal('Ines Duarte', 'owner 1')
    expect(seal.open(sealed, 'owner 2')).toBeNull()
    const bytes = Buffer.from(sealed, 'base64')
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
    expect(seal.open(bytes.toString('base64'), 'owner 1')).toBeNull()
    expect(seal.open('short', 'owner 1')).toBeNull()
    const other = mkdtempSync(join(tmpdir(), 'countermark-seal-'))
    expect(new SecretSeal(join(other, 'shop.db')).open(sealed, 'owner 1')).toBeNull()
    rmSync(other, { recursive: true })
  })

  it.skipIf(process.platform === 'win32')('has a key that only its user may read', () => {
    expect(new SecretSeal(join(dir, 'shop.db'))).toBeInstanceOf(SecretSeal)
    expect(statSync(join(dir, 'secrets.key')).mode & 0o777).toBe(0o600)
  })

  it('says so when the key file is none', () => {
    writeFileSync(join(dir, 'secrets.key'), 'not a key')
    expect(() => new SecretSeal(join(dir, 'shop.db'))).toThrow('is not a key')
  })
})
