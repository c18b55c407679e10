import { z } from 'zod'
import { AliasKind } from './unit.ts'
import { Intent } from './verdict.ts'

/** The longest anybody outside is waited for: a customer stands there. */
export const OUTSIDE_LIMIT_MS = 3_000

const HeaderName = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)

/** Where in a JSON answer something stands, as RFC 6901 has it: `/result/0/status`; empty is the whole answer. */
const Pointer = z.string().max(200).regex(/^(?:\/[^/]*)*$/)

/** What is asked over HTTP, the same for every register: one request, one JSON answer, words mapped to ours. */
const common = {
  id: z.string().regex(/^[a-z0-9-]{1,32}$/),
  /** The name as it may stand on the screen. */
  register: z.string().min(1).max(64),
  /**
   * `{number}`, `{gtin}`, `{brand}` and `{kind}` are put in, escaped for where they stand. Plain HTTP is for a
   * register on this very machine only.
   */
  url: z.string().max(500).regex(/^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)[:/])/),
  method: z.enum(['GET', 'POST']),
  /** `{key}` is the secret of this register, which lies in the till's own `register-keys.json` and in no policy. */
  headers: z.record(HeaderName, z.string().max(500)),
  /** The JSON body of a POST, with the same names put in as in `url`; null: none. */
  body: z.string().max(2_000).nullable(),
  /** Which of the piece's numbers is sent: the first of these kinds that it has. Without one it is not asked about. */
  numbers: z.array(AliasKind).min(1),
  /** Asked for these categories of products; `*` is every category. */
  categories: z.array(z.string().max(64)).min(1),
  intents: z.array(Intent).min(1),
  limit_ms: z.int().min(100).max(OUTSIDE_LIMIT_MS),
  /** Where the answer and the number of the case stand. */
  answerAt: Pointer,
  referenceAt: Pointer.nullable(),
  /** False where the register's terms forbid a copy: the answer is shown and used, and never written down. */
  mayKeep: z.boolean(),
} as const

/** One register or maker to ask, as data: what it says in its own words stands beside what it means here. */
export const OutsideCheck = z.discriminatedUnion('asks', [
  z.object({ asks: z.literal('stolen'), ...common, means: z.record(z.string().max(64), z.enum(['listed', 'not-listed'])) }),
  z.object({ asks: z.literal('authenticity'), ...common, means: z.record(z.string().max(64), z.enum(['genuine', 'fake', 'no-opinion'])) }),
])
export type OutsideCheck = z.infer<typeof OutsideCheck>
