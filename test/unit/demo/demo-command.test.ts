import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeDataFolder } from '../../../electron/core/data-folder.ts'

const SCRIPT = join(import.meta.dirname, '../../../scripts/demo.ts')

describe('npm run demo', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'countermark-command-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  function demo(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8', timeout: 15_000 })
    return { status, stdout, stderr }
  }

  function shopFile(demoKey: string | null): string {
    const file = join(dir, 'shop.db')
    const db = new Database(file)
    db.exec('CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID')
    if (demoKey !== null) db.prepare("INSERT INTO meta VALUES ('demo', ?)").run(demoKey)
    db.close()
    return file
  }

  it('makes a shop of the size that was asked for, and says where, how large and how fast', () => {
    const { status, stdout, stderr } = demo('--units', '400', '--seed', 'lunch', '--data', join(dir, 'new', 'folder'))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^Units made: 100 % \(400 of 400\)\nA demo shop with 400 units is in .*mirror\.db: \d+ MB, made in \d+\.\d s\.\n$/)
    const db = new Database(join(dir, 'new', 'folder', 'mirror.db'), { readonly: true })
    expect(db.prepare('SELECT count(*) FROM units').pluck().get()).toBe(400)
    expect(db.prepare("SELECT value FROM about WHERE key = 'seed'").pluck().get()).toBe('lunch')
    db.close()
  })

  it('makes a demo shop anew, but never in the folder of a real till', () => {
    for (const key of ['true', '1']) {
      shopFile(key)
      expect(demo('--units', '400', '--data', dir).status).toBe(0)
      rmSync(join(dir, 'mirror.db'))
      rmSync(join(dir, 'shop.db'))
    }
    for (const key of ['false', '0', null]) {
      rmSync(join(dir, 'shop.db'), { force: true })
      const before = readFileSync(shopFile(key))
      const { status, stderr } = demo('--units', '400', '--data', dir)
      expect(status).toBe(1)
      expect(stderr).toMatch(/shop\.db is the shop of a real till/)
      expect(readFileSync(join(dir, 'shop.db'))).toEqual(before)
      expect(readdirSync(dir)).not.toContain('mirror.db')
    }
  })

  it('takes a shop it cannot read for a real one', () => {
    writeFileSync(join(dir, 'shop.db'), 'scrambled')
    const { status, stderr } = demo('--data', dir)
    expect(status).toBe(1)
    expect(stderr).toMatch(/may be a real till's/)
    expect(readFileSync(join(dir, 'shop.db'), 'utf8')).toBe('scrambled')
  })

  it('does not pull the file away from under a running till', () => {
    const folder = takeDataFolder(dir)
    try {
      const { status, stderr } = demo('--units', '400', '--data', dir)
      expect(status).toBe(1)
      expect(stderr).toMatch(/already running/)
    } finally {
      folder.release()
    }
    expect(demo('--units', '400', '--data', dir).status).toBe(0)
  })

  it('answers a wrong wish with one sentence and another exit code', () => {
    for (const args of [['--units', 'many'], ['--units', '12'], ['--units', '1e6'], ['--units', '99999999'], ['--unitz', '400'], ['400']]) {
      const { status, stdout, stderr } = demo(...args, '--data', dir)
      expect({ status, stdout }, args.join(' ')).toEqual({ status: 2, stdout: '' })
      expect(stderr.trim().split('\n'), args.join(' ')).toHaveLength(1)
    }
    expect(readdirSync(dir)).toEqual([])
  })

  it('says when a folder cannot be made', () => {
    writeFileSync(join(dir, 'a file'), '')
    const { status, stderr } = demo('--data', join(dir, 'a file', 'folder'))
    expect(status).toBe(1)
    expect(stderr).toMatch(/^The folder .* cannot be made: .*\.\n$/)
  })

  it('explains itself', () => {
    const { status, stdout } = demo('--help')
    expect(status).toBe(0)
    for (const option of ['--units', '--seed', '--data']) expect(stdout).toContain(option)
  })
})
