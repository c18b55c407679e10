import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FirstLine, FirstPlace } from '../../../contract/sync/wire.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { takeFirstRows } from '../../../electron/core/sync/first-mirror.ts'
import { cursorsOf } from '../../../electron/core/sync/take-rows.ts'

const NEVER = new AbortController().signal

let folder: string
let file: string
let mirror: Mirror
/** From where the centre was asked for rows. */
let asked: (FirstPlace | null)[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-first-rows-'))
  file = join(folder, 'mirror-rows.db')
  mirror = new Mirror(join(folder, 'mirror.db'), join(import.meta.dirname, '../../../migrations/mirror'))
  asked = []
})
afterEach(() => {
  mirror.close()
  rmSync(folder, { recursive: true, force: true })
})

const ALL: readonly FirstLine[] = [
  { is: 'head', gen: 'g', at: '2026-11-22T09:00:00.000Z', cursors: { '*': 7 } },
  { is: 'page', rows: [], after: { unit: 'a' } },
  { is: 'end' },
]

/** The centre's rows, of which so many lines come. */
const rows = (lines = ALL.length): Promise<string> => {
  const firstRows = async (after: FirstPlace | null) => {
    asked.push(after)
    return new Blob(ALL.slice(0, lines).map((line) => `${JSON.stringify(line)}\n`)).stream()
  }
  return takeFirstRows({ firstRows }, mirror, { file, gen: 'g' }, NEVER)
}

async function cutOff(): Promise<void> {
  await expect(rows(2)).rejects.toThrow('cut off')
}

it.each([
  ['that is no database any more', () => writeFileSync(file, 'no database '.repeat(1_000)), 'not a database'],
  ['that has lost most of its pages', () => truncateSync(file, statSync(file).size >> 2), 'malformed'],
])('a mirror %s is begun anew by itself, and nobody has to take a file away', async (_, spoil, said) => {
  await cutOff()
  spoil()
  await expect(rows()).rejects.toThrow(said)
  asked = []
  expect(await rows()).toBe(file)
  expect(asked).toEqual([null])
})

it('a mirror that a newer program has begun is begun anew; one of this program goes on', async () => {
  await cutOff()
  await cutOff()
  expect(asked).toEqual([null, { unit: 'a' }])
  const begun = mirror.beside(file)
  begun.reading.pragma(`user_version = ${begun.schema + 1}`)
  begun.close()
  await expect(rows()).rejects.toThrow('newer Countermark')
  expect(await rows()).toBe(file)
  const whole = mirror.beside(file)
  expect(cursorsOf(whole)).toEqual({ '*': 7 })
  whole.close()
})
