import { DAY_MS } from './durations.ts'
import { cents, ZERO } from './money.ts'
import type { Policy } from './policy.ts'

/**
 * What applies while no policy has come from the centre, or the one that came cannot be read: sell and check, take
 * back only with approval, and nothing at the kiosk without a colleague.
 */
export const CAUTIOUS_POLICY: Policy = {
  version: 'cautious-1',
  shadow: false,
  rights: {
    cashier: ['sell', 'take-back', 'check', 'shift', 'void-line'],
    supervisor: ['sell', 'take-back', 'check', 'shift', 'void-sale', 'void-line', 'approve-return', 'reprint', 'open-drawer', 'pay-out', 'see-sums'],
    manager: [
      'sell', 'take-back', 'check', 'shift', 'void-sale', 'void-line', 'discount', 'override-price', 'override-verdict', 'open-drawer', 'pay-out', 'see-sums', 'approve-return',
      'see-customer', 'reprint', 'settings', 'flag-unit', 'change-sets', 'count-stock',
    ],
    service: ['take-back', 'check', 'reprint'],
    auditor: ['check'],
    kiosk: ['check'],
  },
  returns: {
    windows: [{ category: '*', days: 14 }],
    acceptedConditions: ['new', 'open-box'],
    reasons: ['changed-mind', 'wrong-item', 'not-as-described', 'faulty', 'dead-on-arrival', 'gift', 'other'],
    approvalFrom_cents: cents(1),
  },
  kiosk: { refundUpTo_cents: ZERO, idleWarnAfter_ms: 45_000, idleWipeAfter_ms: 60_000, checksPerHour: 30 },
  staleness: {
    listAskAfter_ms: DAY_MS,
    offlineRefundUpTo_cents: { counter: ZERO, kiosk: ZERO, service: ZERO },
  },
  legalGuarantee: {},
  cartLease_ms: 15 * 60_000,
  pin: { wrongTriesAllowed: 5, waitAfter_ms: 30_000, lockAfter_ms: 10 * 60_000 },
}
