import { z } from 'zod'

/** As much of JSON Schema as our contracts are made of. */
interface Shape {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly minItems?: number
  readonly minimum?: number
}

const TEXTS = ['u1', 'north', '12345678', '2026-03-02', '2026-03-02T08:00:00.000Z', 'EUR', 'DE', '10:00', 'name@example.org', 'https://example.org/hook', '4006381333931', '#aabbcc', 'a text of some length']

/** An input that this schema takes, as far as a program can tell: every field is there. */
export function sampleOf(schema: z.ZodType): unknown {
  return sample(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape)
}

function sample(shape: Shape): unknown {
  if ('const' in shape) return shape.const
  if (shape.enum !== undefined) return shape.enum[0]
  if (shape.examples !== undefined) return shape.examples[0]
  const choices = shape.anyOf ?? shape.oneOf
  if (choices !== undefined) return sample(choices.find(({ type }) => type !== 'null') ?? {})
  if (shape.allOf !== undefined) return sample(Object.assign({}, ...shape.allOf) as Shape)
  switch (shape.type) {
    case 'object': return Object.fromEntries(Object.entries(shape.properties ?? {}).map(([name, within]) => [name, sample(within)]))
    case 'array': return shape.items === undefined ? [] : Array.from({ length: Math.max(1, shape.minItems ?? 0) }, () => sample(shape.items ?? {}))
    case 'integer': case 'number': return Math.max(1, shape.minimum ?? 1)
    case 'boolean': return true
    case 'string': return text(shape)
    default: return 'u1'
  }
}

function text({ pattern, format, minLength = 0 }: Shape): string {
  const fits = (one: string): boolean => one.length >= minLength && (pattern === undefined || new RegExp(pattern, 'u').test(one))
  return TEXTS.filter((one) => format !== 'email' || one.includes('@')).filter((one) => format !== 'uri' || one.includes('://')).find(fits) ?? 'u1'
}

const deep = (levels: number): unknown => (levels === 0 ? 'x' : [deep(levels - 1)])

/** What no program of ours says, or says seldom: some of it is taken, none of it may break anything. */
export const RUBBISH: readonly (readonly [string, unknown])[] = [
  ['a zero', '\u0000'], ['a zero in a word', 'u\u0000'], ['half a letter', '\uD800'], ['half a letter at the end', 'word\uDC00'], ['letters of all the world', '👩‍👩‍👧 ﷽ ｕ１ \u202Eabc\u200B'],
  ['an endless word', 'x'.repeat(100_000)], ['nothing', ''], ['blanks', '   '], ['SQL', "u1' OR '1'='1"], ['a format', '%s%n{0}${x}'], ['a path', '../../etc/passwd'],
  ['another day', '2026-02-30'], ['the first year', '0000-01-01'], ['the last year', '9999-12-31'], ['the first moment', '0000-01-01T00:00:00Z'], ['the last moment', '9999-12-31T23:59:59.999Z'], ['a cursor', '[1e999,{}]'],
  ['less than nothing', -1], ['a half', 0.5], ['more than a bigint', 1e300], ['beyond whole numbers', 2 ** 53], ['the largest whole number', Number.MAX_SAFE_INTEGER], ['beyond an int', 2 ** 31],
  ['null', null], ['a list', []], ['a list of lists', [[['u1']]]], ['an object', {}], ['fields of every object', { constructor: 1, toString: 'x', length: -1 }], ['true', true], ['very deep', deep(300)],
]

/** Every input that is the sample but for one place, at which there is rubbish; and rubbish in place of all of it. */
export function* spoiled(sampled: unknown): Generator<readonly [string, unknown]> {
  for (const [what, rubbish] of RUBBISH) {
    yield [`${what} for all of it`, rubbish]
    for (const place of placesIn(sampled)) yield [`${what} at ${place.join('.')}`, withAt(sampled, place, rubbish)]
  }
}

function placesIn(value: unknown): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, within]) => [[field], ...placesIn(within).map((place) => [field, ...place])])
}

function withAt(value: unknown, [field, ...rest]: readonly string[], rubbish: unknown): unknown {
  if (field === undefined) return rubbish
  if (Array.isArray(value)) return value.map((within: unknown, index) => (String(index) === field ? withAt(within, rest, rubbish) : within))
  const fields = value as Readonly<Record<string, unknown>>
  return { ...fields, [field]: withAt(fields[field], rest, rubbish) }
}
