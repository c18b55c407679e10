import type { $ZodType, $ZodTypes } from 'zod/v4/core'
import type { Chance } from '../../simulation/random.ts'
import type { Lore } from './lore.ts'

/** What nobody should type, and somebody does. */
const ODD_TEXTS = [
  '', ' ', '\u0000', 'null', '__proto__', 'constructor', "Robert'); DROP TABLE sales;--", '%', '\uD800', '\u202Ex', '👩‍🔧', 'مرحبا', '-1', '1e9', '0',
  'x'.repeat(64), 'x'.repeat(200), '\r\n', ']d2', ']C1', '\u001D', 'T1-R999999', 'countermark:voucher:', 'a,b;"c"\n=1+1',
] as const
const PLAIN_TEXTS = ['Kim', 'looked at it', 'a reason', '100 Example Street', '4711', 'A1'] as const
/** A picture that is one; anything else is refused as none. */
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const ODD = 0.05
const TRIES = 8

/** A value that a window could send for this schema; `undefined` is a value too, where a field may be left out. */
export function invent(schema: $ZodType, field: string, lore: Lore, chance: Chance): unknown {
  // What has parts is as good as they are: only a text or a number is thought of anew.
  const { type } = (schema as $ZodTypes)._zod.def
  if (type !== 'string' && type !== 'number') return guess(schema, field, lore, chance)
  for (let tried = 1; tried < TRIES; tried += 1) {
    const value = guess(schema, field, lore, chance)
    if (takes(schema, value)) return value
  }
  return guess(schema, field, lore, chance)
}

export const takes = (schema: $ZodType, value: unknown): boolean =>
  (schema as $ZodType & { safeParse(value: unknown): { success: boolean } }).safeParse(value).success

function guess(schema: $ZodType, field: string, lore: Lore, chance: Chance): unknown {
  const { def } = (schema as $ZodTypes)._zod
  switch (def.type) {
    case 'string': return text((schema as unknown as Limits).format ?? null, field, lore, chance)
    case 'number': return amount(schema as unknown as Limits, field, lore, chance)
    case 'boolean': return chance.is(0.7)
    case 'null': return null
    case 'literal': return chance.pick(def.values)
    case 'enum': {
      const known = lore.valueFor(field, chance)
      const all = Object.values(def.entries)
      return known !== undefined && all.includes(known as string) && chance.is(0.5) ? known : chance.pick(all)
    }
    case 'object': return object(def.shape, field, lore, chance)
    case 'array': return Array.from({ length: chance.below(3) }, () => invent(def.element, field, lore, chance))
    case 'union': return invent(chance.pick(def.options), field, lore, chance)
    case 'nullable': return chance.is(0.3) ? null : invent(def.innerType, field, lore, chance)
    case 'optional': case 'default': return chance.is(0.4) ? undefined : invent(def.innerType, field, lore, chance)
    case 'pipe': return invent(def.in, field, lore, chance)
    case 'record': return {}
    default: throw new Error(`${field} is a ${def.type}, and nobody has said what that looks like`)
  }
}

/** Documents that nobody writes from nothing, and under which name of an answer one stands. */
const AS_SEEN: ReadonlyMap<string, string> = new Map([['draft', 'policy'], ['template', 'template']])

/** Of its parts; a document as it was seen. */
function object(shape: Readonly<Record<string, $ZodType>>, field: string, lore: Lore, chance: Chance): unknown {
  if (AS_SEEN.has(field)) return lore.thing(AS_SEEN.get(field) ?? field) ?? {}
  return Object.fromEntries(Object.entries(shape).map(([key, inner]) => [key, invent(inner, key, lore, chance)]).filter(([, value]) => value !== undefined))
}

interface Limits {
  readonly format?: string | null
  readonly minValue?: number | null
  readonly maxValue?: number | null
}

function text(format: string | null, field: string, lore: Lore, chance: Chance): string {
  if (chance.is(ODD)) return chance.is(0.5) ? (lore.anyId(chance) ?? 'nobody') : chance.pick(ODD_TEXTS)
  if (field === 'base64' || field === 'png') return PICTURE
  if (format === 'email') return 'kim@example.org'
  // Nobody answers at this port of the machine itself, at once.
  if (field === 'url') return 'http://127.0.0.1:9'
  if (field === 'host') return '127.0.0.1'
  const known = lore.valueFor(field, chance)
  const freeText = field === 'reason' || field === 'note' || field === 'name'
  if (known !== undefined && (!freeText || chance.is(0.6))) return String(known)
  if (format === 'regex') return lore.anyId(chance) ?? 'nobody'
  return chance.pick(PLAIN_TEXTS)
}

function amount({ minValue, maxValue }: Limits, field: string, lore: Lore, chance: Chance): number {
  const [minimum, maximum] = [Math.max(minValue ?? 0, Number.MIN_SAFE_INTEGER), Math.min(maxValue ?? 0, Number.MAX_SAFE_INTEGER)]
  if (chance.is(ODD)) return chance.pick([minimum, maximum, 0, 1, -1])
  const known = lore.valueFor(field, chance)
  if (typeof known === 'number' && chance.is(0.7)) return known
  return Math.max(minimum, Math.min(maximum, chance.is(0.5) ? 1 + chance.below(5) : chance.below(30_000)))
}
