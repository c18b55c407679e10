import { cents } from './money.ts'
import type { Policy } from './policy.ts'

export type MoneyRules = NonNullable<Policy['money']>

/**
 * What holds where the policy says nothing of money. Three years to the end of the year is how long a claim on a
 * voucher lives under German law (BGB §§ 195, 199), the longest among the countries we print for; nothing of another
 * till is taken on its word alone.
 */
const CAREFUL: MoneyRules = {
  creditYears: 3,
  offlineCreditUpTo_cents: cents(0),
  creditUpTo_cents: cents(100_000),
  differenceReasonOver_cents: cents(500),
  drawerUpTo_cents: cents(100_000),
  depositDays: 14,
}

export const moneyRules = (policy: Policy): MoneyRules => policy.money ?? CAREFUL
