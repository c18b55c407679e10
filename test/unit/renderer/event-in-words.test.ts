import { expect, it } from 'vitest'
import { sayCode } from '../../../contract/words/say.ts'
import { eventInWords } from '../../../renderer/words/event-in-words.ts'

const german = { sayCode: (key: string, params = {}, otherwise?: string) => sayCode('de', key, params, otherwise) }

it('tells what happened without a code in it: a mark, a place and a means of payment have words of their own', () => {
  expect(eventInWords(german, 'flagged', { flag: 'stolen-reported', reason: 'Einbruch' })).toBe('Vermerk: Als gestohlen gemeldet')
  expect(eventInWords(german, 'routed', { place: 'quarantine' })).not.toContain('quarantine')
  expect(eventInWords(german, 'settled', { number: 'T1-R000001', amount_cents: 64_900, currency: 'EUR', tender: 'cash' })).toBe('T1-R000001: 649,00\u00a0€ mit Bargeld')
})

it('leaves a code that nobody has words for as it came', () => {
  expect(eventInWords(german, 'flagged', { flag: 'of-tomorrow' })).toBe('Vermerk: of-tomorrow')
})
