import { cents, ZERO } from './money.ts'
import type { Policy } from './policy.ts'
import type { ReturnRules } from './return-rules.ts'
import type { Role } from './roles.ts'
import { CUSTOMARY_QUESTIONS } from './customary-questions.ts'

const CAUTIOUS_GOODWILL = { days: 90, payAs: 'store-credit' } as const

/** What applies where the centre's policy says nothing of these things: no record, no money; anything dear is approved. */
export const CAUTIOUS_RETURN_RULES: ReturnRules = {
  refundUpTo_cents: { supervisor: cents(100_000), manager: cents(1_000_000) },
  approveUpTo_cents: { supervisor: cents(100_000), manager: cents(1_000_000) },
  tenderUpTo_cents: { cash: cents(100_000) },
  storeCredit: true,
  withoutRecord: { upTo_cents: ZERO, percentOfPrice: 0, perDay: 0 },
  afterWindow: CAUTIOUS_GOODWILL,
  categories: CUSTOMARY_QUESTIONS,
  routes: {
    new: 'inspection', 'open-box': 'inspection', refurbished: 'inspection', damaged: 'refurbish', 'parts-missing': 'inspection',
    'to-inspect': 'inspection',
  },
  routeChoices: ['inspection', 'refurbish', 'maker', 'quarantine', 'destroy'],
  tradeIn: { prices: [], approvalFrom_cents: ZERO },
}

/** What goodwill may do after the window: the policy's word, or the cautious one. Pure. */
export const afterWindow = (rules: ReturnRules): NonNullable<ReturnRules['afterWindow']> =>
  rules.afterWindow ?? CAUTIOUS_GOODWILL

/** The rules of taking back under a policy: its own, or the cautious ones. Pure. */
export const returnRules = (policy: Policy): ReturnRules => policy.returns.rules ?? CAUTIOUS_RETURN_RULES

/** The most one person of a role gives back in one return on the own word: the limit of the role, else what is left to everybody. Pure. */
export function ownWordOf(policy: Policy, role: Role | null): number {
  const everybody = Math.max(0, policy.returns.approvalFrom_cents - 1)
  return role === null ? everybody : (returnRules(policy).refundUpTo_cents[role] ?? everybody)
}
