import { z } from 'zod'
import { Params } from './ids.ts'

/** The closed list of refusals. The screen has words for each; an outcome of a flow is a state and not in here. */
export const FaultCode = z.enum([
  'not-signed-in',
  'not-your-seat',
  'no-right',
  'reason-missing',
  'beyond-limit',
  'wrong-pin',
  'locked-out',
  'unknown-person',
  'no-such-flow',
  'not-in-this-state',
  'stale-view',
  'no-such-document',
  'no-such-unit',
  'no-such-device',
  'nothing-to-undo',
  'amount-out-of-range',
  'card-number',
  'too-long',
  'not-demo',
  'open-work',
  'disk-full',
  'storage',
  'too-many-checks',
  'no-numbers-left',
  'not-hexadecimal',
  'unreadable-tag',
  'not-sold',
  'no-cover-dates',
  'no-such-verdict',
  'unusable-picture',
  'no-letters',
  'no-such-customer',
  'customers-locked',
  'customer-empty',
  'customer-needed',
  'card-taken',
  'taken-already',
  'no-address',
  'claim-open',
  'no-such-claim',
  'piece-looked-for',
  'loan-out',
  'remedy-not-open',
  'another-product',
  'piece-not-free',
  'piece-in-cart',
  'not-recalled',
  'wrong-code',
  'no-such-contract',
  'no-such-campaign',
  'photo-too-large',
  'too-many-photos',
  'no-such-case',
  'returned-already',
  'more-than-bought',
  'no-such-credit',
  'credit-spent',
  'credit-expired',
  'credit-blocked',
  'credit-other-currency',
  'online-needed',
  'join-refused',
  'no-centre',
  'difference-unexplained',
])
export type FaultCode = z.infer<typeof FaultCode>

export const Fault = z.object({ code: FaultCode, params: Params })
export type Fault = z.infer<typeof Fault>

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const refused = (code: FaultCode, params: Params = {}): Result<never> => ({ ok: false, fault: { code, params } })
