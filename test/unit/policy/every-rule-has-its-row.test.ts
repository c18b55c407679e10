import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CAUTIOUS_RETURN_RULES } from '../../../contract/cautious-return-rules.ts'
import { Language } from '../../../contract/ids.ts'
import { moneyRules } from '../../../contract/money-rules.ts'
import { cents } from '../../../contract/money.ts'
import { OutsideCheck } from '../../../contract/outside-check.ts'
import { PLAIN_TEMPLATE } from '../../../contract/paper-template.ts'
import { Policy } from '../../../contract/policy.ts'
import { DEMO_POLICY } from '../../../electron/core/demo/demo-policy.ts'
import { RULE_PARTS } from '../../../renderer/panels/policy/rules-editor.tsx'
import { exampleProvider } from '../../support/registers/example-register.ts'
import { Speaking } from '../../../renderer/words/words-context.tsx'

interface Shape {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: Shape | false
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
}

/** Every rule of the document that has a value of its own, as rows name it: `[]` for each of a list, `*` for each name. */
function rulesOf(shape: Shape, path = ''): string[] {
  const choices = shape.anyOf ?? shape.oneOf
  if (choices !== undefined) return [...new Set(choices.filter(({ type }) => type !== 'null').flatMap((one) => rulesOf(one, path)))]
  if (shape.properties !== undefined)
    return Object.entries(shape.properties).flatMap(([name, inside]) => rulesOf(inside, path === '' ? name : `${path}.${name}`))
  if (shape.type === 'object' && typeof shape.additionalProperties === 'object') return rulesOf(shape.additionalProperties, `${path}.*`)
  if (shape.type === 'array' && shape.items?.properties !== undefined) return rulesOf(shape.items, `${path}[]`)
  if (shape.type === 'array' && (shape.items?.oneOf ?? shape.items?.anyOf) !== undefined) return rulesOf(shape.items ?? {}, `${path}[]`)
  return [path]
}

const check = { id: 'r', register: 'R', url: 'https://r.example', method: 'POST', headers: { a: 'b' }, body: '{}', numbers: ['serial'], categories: ['*'], intents: ['check'], limit_ms: 1_000, answerAt: '/a', referenceAt: null, mayKeep: false }

/** A shop that says something of everything it may say something of. */
const FULL = Policy.parse({
  ...DEMO_POLICY,
  returns: {
    ...DEMO_POLICY.returns,
    rules: { ...CAUTIOUS_RETURN_RULES, ...DEMO_POLICY.returns.rules, categories: [{ category: '*', questions: [{ id: 'own', words: { en: 'Own?' }, ifNo: null, stops: true }], accessories: [{ id: 'bag', deduct_cents: cents(5) }], parts: ['motor'], photos: { damaged: 1 } }] },
  },
  activation: [exampleProvider('http://127.0.0.1:1', { headers: { a: 'b' } })],
  outside: [OutsideCheck.parse({ ...check, asks: 'stolen', means: { true: 'listed' } })],
  offline: { kiosk: { after_ms: 60_000, sellUpTo_cents: null, refundUpTo_cents: cents(1), cashBackUpTo_cents: cents(1) } },
  leaseOver: 'stop', sensors: { broken: 'ask', unread: 'stop' }, tagsAtExit: 'mute', customerNeeded: [{ category: '*', from_cents: cents(1) }], stockNotBySerial: ['*'], papers: { '*': PLAIN_TEMPLATE }, money: moneyRules(DEMO_POLICY),
  pin: { ...DEMO_POLICY.pin, badgeAlone: true },
})

const spoken = (language: Language) =>
  function InWords({ children }: { children?: ReactNode }) {
    return Speaking({ language, timeZone: 'Europe/Berlin', children })
  }

/** The row of each rule, as its words stand on the screen. */
function rowsIn(language: Language): Map<string, string> {
  const rows = new Map<string, string>()
  for (const Part of Object.values(RULE_PARTS)) {
    const part = createElement(Part, { draft: FULL, desk: { currency: 'EUR', categories: ['phone', 'drone'], stores: [{ id: 's1', name: 'Berlin' }] }, onDraft: () => undefined })
    const html = renderToStaticMarkup(createElement(spoken(language), null, part))
    for (const [, rules = '', inside = ''] of html.matchAll(/data-rule="([^"]+)"[^>]*>(.*?)(?=data-rule="|$)/gsu))
      for (const rule of rules.split(' ')) rows.set(rule, (rows.get(rule) ?? '') + inside.replaceAll(/<[^>]*>/gu, ' '))
  }
  return rows
}

describe('the rules of the shop as rows', () => {
  const rules = rulesOf(z.toJSONSchema(Policy, { unrepresentable: 'any' }) as Shape)
  let rows: Map<string, string>
  beforeAll(() => {
    rows = rowsIn('en')
  })

  it('have a row for every rule a document may hold; the version, and which rights there were, are given and not chosen', () => {
    expect(rules).toContain('returns.rules.categories[].questions[].words.*')
    expect(rules.filter((rule) => !rows.has(rule))).toEqual(['version', 'rightsKnown'])
  })

  it('have no row for what is no rule', () => {
    expect([...rows.keys()].filter((row) => !rules.includes(row))).toEqual([])
  })

  it.each(Language.options)('explain themselves in words, in %s: none shows the name of a rule, or nothing', (language) => {
    for (const [rule, said] of rowsIn(language)) {
      expect(said, rule).toMatch(/\p{L}{2,}/u)
      expect(said, rule).not.toMatch(/policy\.|_cents|_ms|_bp/u)
    }
  })
})
