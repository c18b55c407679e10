import { cents } from '../../../contract/money.ts'
import type { ReturnRules } from '../../../contract/return-rules.ts'
import { CUSTOMARY_QUESTIONS } from '../../../contract/customary-questions.ts'

/** How the demo shop takes things back, beside its windows. */
export const DEMO_RETURN_RULES: ReturnRules = {
  refundUpTo_cents: { supervisor: cents(200_000), manager: cents(1_000_000) },
  approveUpTo_cents: { supervisor: cents(200_000), manager: cents(1_000_000) },
  tenderUpTo_cents: { cash: cents(100_000) },
  storeCredit: true,
  withoutRecord: { upTo_cents: cents(15_000), percentOfPrice: 60, perDay: 5, perDayInStore: 20 },
  perCustomer: { pieces: 10, days: 30 },
  afterWindow: { days: 365, payAs: 'store-credit' },
  categories: CUSTOMARY_QUESTIONS,
  routes: {
    new: 'inspection', 'open-box': 'inspection', refurbished: 'inspection', damaged: 'refurbish', 'parts-missing': 'inspection',
    'to-inspect': 'inspection',
  },
  routeChoices: ['shelf', 'inspection', 'refurbish', 'maker', 'quarantine', 'destroy'],
  tradeIn: {
    prices: [
      { category: 'phone', grades: { 'open-box': 50, refurbished: 40, damaged: 12 } },
      { category: 'tablet', grades: { 'open-box': 45, refurbished: 35, damaged: 10 } },
      { category: 'laptop', grades: { 'open-box': 45, refurbished: 35, damaged: 10 } },
      { category: 'watch', grades: { 'open-box': 55, refurbished: 45, damaged: 20 } },
      { category: 'camera', grades: { 'open-box': 50, refurbished: 40, damaged: 10 } },
      { category: 'instrument', grades: { 'open-box': 45, refurbished: 35, damaged: 10 } },
      { category: 'bike', grades: { 'open-box': 45, refurbished: 35, damaged: 10 } },
    ],
    approvalFrom_cents: cents(80_000),
  },
}
