import { z } from 'zod'
import { Id, Instant, Params } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { Policy } from './policy.ts'

/** Which rules apply and where they come from; part of every view, because everybody at the till must know it. */
export const PolicyState = z.object({
  version: z.string(),
  /** `last-good`: a newer document could not be read; `cautious`: there is none at all. */
  from: z.enum(['here', 'centre', 'last-good', 'cautious']),
  /** In shadow the rules are asked and logged, and stop nothing. */
  shadow: z.boolean(),
  broken: z.object({ version: z.string(), why: z.string() }).nullable(),
  /** Rules that are tried beside those in force. */
  trial: z.string().nullable(),
})
export type PolicyState = z.infer<typeof PolicyState>

/** One thing that would be otherwise, as a sentence `policy-change.<code>` of the words. */
export const PolicyChange = z.object({ code: z.string().max(64), params: Params })
export type PolicyChange = z.infer<typeof PolicyChange>

/** What becomes of a return at a staffed seat, and with a customer alone. */
export const Fate = z.object({ counter: z.enum(['goes-through', 'needs-approval', 'credit-only', 'refused']), kiosk: z.enum(['pays', 'colleague']) })
export type Fate = z.infer<typeof Fate>

/** A return that really was, and would have gone the other way. */
export const OtherWay = z.object({
  unitId: Id,
  name: z.string(),
  serialEnd: z.string().max(8),
  at: Instant,
  amount_cents: Cents,
  before: Fate,
  after: Fate,
  /** What weighs most under the rules it is compared with: key of `reason.<code>.staff`. */
  reason: z.string(),
  params: Params,
})
export type OtherWay = z.infer<typeof OtherWay>

/** Returns of some time, judged again under other rules. */
export const WhatIf = z.object({
  since: Instant,
  /** Looked at: by this till's own evidence, and by the history the centre told. */
  here: z.int(),
  told: z.int(),
  currency: Currency,
  /** The dearest first, at most a hundred; `count` is all of them. */
  otherWay: z.array(OtherWay).max(100),
  count: z.int(),
  sum_cents: Cents,
  /** How many may or may not have gone the other way: what that hangs on was not kept. */
  unknown: z.int(),
})
export type WhatIf = z.infer<typeof WhatIf>

/** What the centre said to rules made at a till. Words: `policy.answer-<answer>`. */
export const PolicyAnswer = z.object({ answer: z.enum(['adopted', 'refused']), who: z.string(), at: Instant, note: z.string() })
export type PolicyAnswer = z.infer<typeof PolicyAnswer>

export const PolicyVersion = z.object({
  version: z.string(),
  basedOn: z.string(),
  why: z.string(),
  who: z.string(),
  madeAt: Instant,
  step: z.enum(['trial', 'in-force', 'withdrawn']),
  stepAt: Instant,
  stepBy: z.string(),
  /** Whether it lies at the centre; and what was said to it there, null while nothing was. */
  isSent: z.boolean(),
  answer: PolicyAnswer.nullable(),
})
export type PolicyVersion = z.infer<typeof PolicyVersion>

export const PolicyDeskView = z.object({
  state: PolicyState,
  policy: Policy,
  trial: Policy.nullable(),
  /** The address of the centre whose word rules; null: this till stands alone. */
  centre: z.string().nullable(),
  /** Rules put in force here that hold no more: the centre refused them, or has newer ones than they were made of. */
  overruled: z.object({ version: z.string(), why: z.enum(['newer', 'refused']) }).nullable(),
  versions: z.array(PolicyVersion),
  /** Categories of goods this shop has, for rules by category. */
  categories: z.array(z.string()),
  /** The stores of the chain, for papers that look their own way. */
  stores: z.array(z.object({ id: z.string(), name: z.string() })),
  currency: Currency,
})
export type PolicyDeskView = z.infer<typeof PolicyDeskView>
