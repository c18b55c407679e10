import { DAY_MS, MINUTE_MS } from '../../../contract/durations.ts'
import { cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import { Right } from '../../../contract/roles.ts'
import { RETURN_REASON_CODES } from '../../../contract/words/codes.ts'
import { DEMO_RETURN_RULES } from './demo-return-rules.ts'

/**
 * The rules of the demo shop. The legal guarantee follows Directive (EU) 2019/771 as Germany (§ 438, § 477 BGB),
 * Austria (VGG §§ 10, 11) and France (Code de la consommation L217-3, L217-7) wrote it into law, and the Swiss Code of
 * Obligations (art. 210), which presumes nothing; what a repair adds follows Directive (EU) 2024/1799, art. 16, which
 * states had to write into law by 31 July 2026. Nobody refreshes a demo's lists of stolen and recalled goods, so
 * they may grow a quarter old before they stop saying "clear"; a real shop allows a day.
 */
export const DEMO_POLICY: Policy = {
  version: 'demo-1',
  shadow: false,
  rights: {
    cashier: ['sell', 'take-back', 'check', 'void-line', 'open-drawer', 'shift', 'reprint'],
    supervisor: [
      'sell', 'take-back', 'check', 'void-sale', 'void-line', 'discount', 'override-price', 'override-verdict', 'open-drawer', 'pay-out', 'see-sums',
      'approve-return', 'see-customer', 'shift', 'reprint', 'flag-unit', 'change-sets', 'count-stock',
    ],
    manager: [...Right.options],
    service: ['take-back', 'check', 'see-customer', 'reprint', 'flag-unit', 'change-sets', 'count-stock'],
    auditor: ['check', 'see-customer'],
    kiosk: ['take-back', 'check'],
  },
  returns: {
    windows: [
      { category: 'phone', days: 30 },
      { category: 'bike', days: 14 },
      { category: 'cosmetic', days: 14 },
      { category: 'battery', days: 14 },
      { category: 'accessory', days: 60 },
      { category: 'service', days: 0 },
      { category: '*', days: 30 },
    ],
    acceptedConditions: ['new', 'open-box', 'to-inspect'],
    reasons: [...RETURN_REASON_CODES],
    approvalFrom_cents: cents(50_000),
    rules: DEMO_RETURN_RULES,
  },
  kiosk: {
    refundUpTo_cents: cents(60_000),
    buyUpTo_cents: cents(150_000),
    idleWarnAfter_ms: 45_000,
    idleWipeAfter_ms: 60_000,
    checksPerHour: 60,
    tenders: ['card', 'voucher'],
    photo: 'ask',
    slots: [{ name: 'A', categories: ['phone', 'watch', 'camera', 'accessory', 'battery', 'cosmetic'], holds: 20 }, { name: 'B', categories: ['*'], holds: 10 }],
    handOverTo: 'Till 1',
  },
  staleness: {
    listAskAfter_ms: 90 * DAY_MS,
    offlineRefundUpTo_cents: { counter: cents(50_000), kiosk: cents(15_000), service: cents(50_000) },
  },
  legalGuarantee: {
    DE: { months: 24, presumedMonths: 12, afterRepairMonths: 12 },
    AT: { months: 24, presumedMonths: 12, afterRepairMonths: 12 },
    FR: { months: 24, presumedMonths: 24, afterRepairMonths: 12 },
    CH: { months: 24, presumedMonths: 0 },
  },
  discountUpTo_bp: { cashier: 500, supervisor: 2_000, manager: 10_000 },
  cartLease_ms: 15 * MINUTE_MS,
  pin: { wrongTriesAllowed: 5, waitAfter_ms: 30_000, lockAfter_ms: 15 * MINUTE_MS },
}
