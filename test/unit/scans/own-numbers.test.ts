import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readMask } from '../../../contract/identity/mask.ts'
import {
  isNeverIssued, issueNumber, keepBlock, numbersLeft, wasIssued, type OwnBlock,
} from '../../../electron/core/own-numbers/issue-number.ts'
import { ownBlock } from '../../../electron/core/own-numbers/own-block.ts'
import { Store } from '../../../electron/core/store/store.ts'

const NOW = '2026-11-22T09:00:00.000Z'
const MIGRATIONS = join(import.meta.dirname, '../../../migrations/shop')
const BY = { unitId: null, staffId: 'anna', at: NOW }

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-numbers-'))
  store = new Store(join(folder, 'shop.db'), MIGRATIONS)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const small = (id: string, first: number, last: number): OwnBlock => ({ ...ownBlock('T1', NOW), id, first, last, next: first })
const issue = (): string | null => store.write((db) => issueNumber(db, BY))?.number ?? null

describe('the shop’s own numbers', () => {
  it('come one after the other, each fits its mask, and are known as given out', () => {
    const block = small('b1', 7, 9)
    store.write((db) => keepBlock(db, block, NOW))
    const numbers = [issue(), issue(), issue()]
    expect(numbers).toEqual(['CM2601000007', 'CM2601000008', 'CM2601000009'])
    for (const number of numbers) {
      expect(readMask(block.mask, number ?? '', 2026)).toMatchObject({ ok: true, canonical: number })
      expect(wasIssued(store.reading, number ?? '')).toBe(true)
    }
    expect(wasIssued(store.reading, 'CM2601000010')).toBe(false)
  })

  it('carry the letters of a till of a chain, so that no two tills give out the same', () => {
    const [north, south] = ['QX7B', 'T2'].map((code) => ownBlock(code, NOW))
    store.write((db) => keepBlock(db, north ?? ownBlock('', NOW), NOW))
    expect(issue()).toBe('CM26QX7B000001')
    expect(readMask(north?.mask ?? ownBlock('', NOW).mask, 'CM26QX7B000001', 2026)).toMatchObject({ ok: true, fields: { till: 'QX7B' } })
    expect(south?.fixed).toEqual({ year: '26', till: '02' })
  })

  it('are known as made up where this till alone may give them out and has not', () => {
    store.write((db) => keepBlock(db, small('b1', 7, 9), NOW))
    expect(issue()).toBe('CM2601000007')
    const isMadeUp = (number: string): boolean => isNeverIssued(store.reading, number, 2026)
    expect(['CM2601000007', 'CM2601000008', 'cm26-01-000009'].map(isMadeUp)).toEqual([false, true, true])
    // Of another till, of another block, of no mask of ours: that is not for this till to say.
    expect(['CM2602000008', 'CM2601000010', 'VM26000008'].map(isMadeUp)).toEqual([false, false, false])
  })

  it('end with the block: the till makes none up, and goes on with the next block', () => {
    expect(issue()).toBeNull()
    store.write((db) => keepBlock(db, small('b1', 1, 1), NOW))
    expect([issue(), issue(), numbersLeft(store.reading)]).toEqual(['CM2601000001', null, 0])
    store.write((db) => keepBlock(db, small('b2', 500, 501), NOW))
    expect(issue()).toBe('CM2601000500')
  })

  it('are not given again when the same block comes a second time, or somebody turns it back', () => {
    store.write((db) => keepBlock(db, small('b1', 1, 5), NOW))
    expect([issue(), issue()]).toEqual(['CM2601000001', 'CM2601000002'])
    store.write((db) => keepBlock(db, small('b1', 1, 5), NOW))
    expect(issue()).toBe('CM2601000003')
    expect(() => store.write((db) => db.prepare('UPDATE number_blocks SET next = 1').run())).toThrow(/never given out twice/)
  })

  it('are given back when the act that wanted one fails, and never doubled, whatever fails when', () => {
    store.write((db) => keepBlock(db, small('b1', 1, 100_000), NOW))
    const given = new Set<string>()
    fc.assert(fc.property(fc.boolean(), (fails) => {
      try {
        store.write((db) => {
          const number = issueNumber(db, BY)?.number ?? ''
          if (fails) throw new Error('the paper was missing')
          expect(given.has(number)).toBe(false)
          given.add(number)
        })
      } catch (error) {
        expect(fails, String(error)).toBe(true)
      }
    }), { numRuns: 300 })
  })

  it('of two tills of one shop never meet', () => {
    const first = ownBlock('T1', NOW)
    const blocks = ['T2', 'K1', 'S1', 'T12'].map((code) => ownBlock(code, NOW))
    for (const block of blocks) expect(block.fixed).not.toEqual(first.fixed)
    expect(ownBlock('T1', '2027-01-02T00:00:00.000Z').fixed).not.toEqual(first.fixed)
  })

  it('are lost rather than doubled when the till is killed in the middle', async () => {
    store.write((db) => keepBlock(db, small('b1', 1, 900_000), NOW))
    store.close()
    const seen: string[] = []
    for (let round = 0; round < 4; round++) seen.push(...(await issueUntilKilled(join(folder, 'shop.db'))))
    store = new Store(join(folder, 'shop.db'), MIGRATIONS)
    seen.push(issue() ?? '')
    expect(seen.length).toBeGreaterThan(20)
    expect(new Set(seen).size).toBe(seen.length)
  }, 60_000)
})

/** Another process gives out numbers as fast as it can and says each one; it is killed without warning. */
function issueUntilKilled(file: string): Promise<string[]> {
  const program = join(import.meta.dirname, '../../support/core/issue-forever.ts')
  const child = spawn(process.execPath, [program, file, MIGRATIONS, NOW], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString()
    if (said.split('\n').length > 10) child.kill('SIGKILL')
  })
  // A line that was cut by the kill is no number that anybody has seen.
  return new Promise((resolve) => child.once('close', () => resolve(said.split('\n').slice(0, -1))))
}
