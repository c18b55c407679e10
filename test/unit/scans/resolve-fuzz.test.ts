import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { resolve } from '../../../electron/core/scans/resolve.ts'
import { demoKnowledge, type Bench } from '../../support/core/knowledge.ts'

let till: Bench
let serials: string[]
beforeAll(() => {
  till = demoKnowledge(400)
  serials = (till.mirror.reading.prepare('SELECT value FROM unit_aliases ORDER BY value').all() as { value: string }[]).map((row) => row.value)
})
afterAll(() => till.remove())

/** Without what people and addresses put between the characters. */
const written = (text: string): string => text.normalize('NFKC').toUpperCase().replace(/[^0-9A-Z]/g, '')

const AIMS = [null, ']C1', ']d2', ']Q3', ']Q1', ']d1', ']E0', ']E4', ']C0', ']I0', ']X9']

/** Texts of every kind: noise, digits, things that begin like a label, and numbers of ours with something done to them. */
const texts = (): fc.Arbitrary<string> => {
  const ours = fc.nat().map((n) => serials[n % serials.length] ?? '')
  return fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.stringMatching(/^[0-9]{1,20}$/),
    fc.stringMatching(/^[0-9A-F]{20,60}$/),
    fc.stringMatching(/^01[0-9]{14}(21[0-9A-Za-z]{1,20})?$/),
    fc.stringMatching(/^https?:\/\/[a-z.]{1,12}\/(01\/[0-9]{14}\/21\/[0-9A-Z]{1,10})?(\?sig=[A-Za-z0-9.]{1,20})?$/),
    fc.tuple(ours, fc.string({ maxLength: 4 })).map(([serial, more]) => serial + more),
    ours.map((serial) => serial.toLowerCase()),
    ours,
  )
}

it('answers 20,000 texts of any kind: it never throws, never writes, and has one truth or a question', () => {
  const before = till.store.reading.prepare('SELECT total_changes() AS n').get()
  fc.assert(
    fc.property(texts(), fc.constantFrom(...AIMS), fc.constantFrom('scanner', 'keyboard', 'rfid', 'nfc', 'camera'), (text, aim, channel) => {
      const scan = { text, aim, channel } as const
      const { found } = resolve(scan, till.know)
      expect(resolve(scan, till.know).found).toEqual(found)
      if (found.is === 'unit') {
        // One truth: every number by which the piece could be found stands in the text, written in whatever way.
        const plain = written(text)
        expect(found.hit.unit.aliases.some(({ value }) => plain.includes(written(value))), text).toBe(true)
      }
      if (found.is === 'many') expect(new Set(found.hits.map((hit) => hit.unit.id)).size).toBe(found.hits.length)
      if (found.is === 'many') expect(found.hits.length + found.products.length).toBeGreaterThan(0)
      if (found.is === 'nothing' && found.why === 'card-number') expect(JSON.stringify(found)).not.toMatch(/\d{13}/)
    }),
    { numRuns: 20_000 },
  )
  expect(till.store.reading.prepare('SELECT total_changes() AS n').get()).toEqual(before)
}, 600_000)

it('finds every number of ours, and answers the longest text that a window may send', () => {
  for (const serial of serials) {
    const { found } = resolve({ text: serial, aim: null }, till.know)
    expect(['unit', 'many'], serial).toContain(found.is)
  }
  for (const character of ['0', '(01)', '9', 'A', '/', '%', '\u001d', '21']) {
    expect(resolve({ text: character.repeat(8_192).slice(0, 8_192), aim: null }, till.know).found.is).toBe('nothing')
    expect(resolve({ text: `https://a.example/${character.repeat(8_000)}`, aim: ']Q1' }, till.know).found.is).toBe('nothing')
  }
})
