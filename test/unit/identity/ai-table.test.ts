import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AI_LENGTH_BY_PREFIX, AI_SPECS, SPEC_BY_NUMBER, specOfAi } from '../../../contract/identity/ai-table.ts'
import { AI_ROWS } from '../../../contract/identity/ai-rows.ts'
import { valueChecks } from '../../../contract/identity/value-checks.ts'

const Row = z.object({
  ai: z.string(),
  title: z.string(),
  predef: z.boolean(),
  dlAttr: z.boolean(),
  parts: z.array(z.object({
    t: z.enum(['N', 'X', 'Y', 'Z']), min: z.number(), max: z.number(),
    opt: z.boolean().optional(), lint: z.array(z.string()).optional(),
  })),
  req: z.array(z.array(z.array(z.string()))).optional(),
  ex: z.array(z.string()).optional(),
  path: z.array(z.array(z.string())).optional(),
})
const fixture = z.object({ rows: z.array(Row) }).parse(
  JSON.parse(readFileSync(new URL('../../fixtures/identity/gs1-ai-table.json', import.meta.url), 'utf8')),
)

/** A row of the fixture in the notation of the program. */
function written(row: z.infer<typeof Row>): string[] {
  const parts = row.parts.map(({ t, min, max, opt, lint = [] }) => {
    const text = [`${t}${min === max ? max : `..${max}`}`, ...lint].join(',')
    return opt === true ? `[${text}]` : text
  })
  return [
    row.ai, row.title, parts.join(' '), `${row.predef ? 'P' : ''}${row.dlAttr ? 'Q' : ''}`,
    (row.req ?? []).map((groups) => groups.map((group) => group.join('+')).join(' ')).join(' & '),
    (row.ex ?? []).join(' '),
    (row.path ?? []).map((order) => (order.length === 0 ? '-' : order.join('>'))).join(' '),
  ]
}

describe('the table of Application Identifiers', () => {
  it('says what the GS1 Syntax Dictionary says, row by row', () => {
    expect(AI_ROWS).toHaveLength(224)
    expect(AI_ROWS).toEqual(fixture.rows.map(written))
  })

  it('has all 541 of them, each found by its text and by its number', () => {
    expect(AI_SPECS).toHaveLength(541)
    expect(new Set(AI_SPECS.map((spec) => spec.ai)).size).toBe(541)
    for (const spec of AI_SPECS) {
      expect(specOfAi(spec.ai)).toBe(spec)
      expect(SPEC_BY_NUMBER[Number(spec.ai)]).toBe(spec)
      expect(AI_LENGTH_BY_PREFIX[Number(spec.ai.slice(0, 2))]).toBe(spec.ai.length)
    }
  })

  it('knows a check for every rule that a row names', () => {
    const names = new Set(AI_SPECS.flatMap((spec) => spec.parts.flatMap((part) => part.lints)))
    expect([...names].filter((name) => valueChecks[name] === undefined)).toEqual([])
    expect(names.size).toBe(34)
  })

  it('keeps predefined lengths to the AIs whose length every decoder knows', () => {
    const predefined = AI_SPECS.filter((spec) => spec.predefined)
    expect(predefined.every((spec) => /^(?:0[0-3]|1[1-35-7]|20|3[1-6]\d\d|41[0-7])$/.test(spec.ai))).toBe(true)
    expect(predefined.every((spec) => spec.min === spec.max)).toBe(true)
  })
})
