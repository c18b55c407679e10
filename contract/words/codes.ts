/**
 * The codes that travel in views and have words here. Closed lists: a code without words is found by the compiler
 * where these types are used, and by the test where a list and the words disagree.
 */

/** Reasons of a finding, by question. Words: `reason.<code>.staff` and `reason.<code>.customer`. */
export const REASON_CODES = [
  'known', 'known-product', 'ambiguous-number', 'bad-check-digit', 'wrong-format', 'not-known-here',
  'sold-here-on', 'sold-online-on', 'not-sold-yet', 'returned-on', 'not-ours', 'no-record',
  'covered-until', 'covered-by-law-until', 'ended-on', 'not-started', 'void-because', 'no-dates',
  'no-flag', 'stolen-own', 'stolen-reported', 'list-too-old', 'no-list',
  'no-campaign', 'campaign-affects', 'campaign-remedied',
  'consistent', 'contradiction', 'counterfeit-suspected', 'not-checkable',
  'in-stock-here', 'with-customer', 'sold-so-may-return', 'already-back', 'in-cart-of', 'other-store', 'in-transit',
  'missing-since', 'in-repair', 'on-hold', 'quarantine', 'retired', 'unknown-place',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** What a notice can say. Words: `notice.<code>`. */
export const NOTICE_CODES = [
  'unit-added', 'product-added', 'removed', 'already-in-cart', 'already-sold', 'stolen-quiet', 'recalled',
  'in-other-cart', 'not-here', 'unknown-code', 'unknown-serial', 'bad-check-digit', 'card-number', 'expired-lot',
  'code-too-long', 'undone', 'parked', 'recalled-sale', 'sale-voided', 'scanned-while-paying', 'returned-already',
  'not-sold-here', 'window-over', 'needs-approval', 'colleague-called', 'signed-out-idle', 'disk-full',
  'mirror-rebuilt', 'clock-jumped', 'wrong-screen', 'cash-short',
] as const
export type NoticeCode = (typeof NOTICE_CODES)[number]

/** Why a customer brings a thing back. Words: `return-reason.<code>`. */
export const RETURN_REASON_CODES = [
  'changed-mind', 'wrong-item', 'not-as-described', 'faulty', 'dead-on-arrival', 'gift', 'other',
] as const
export type ReturnReasonCode = (typeof RETURN_REASON_CODES)[number]

/** What keeps a paper from coming out. Words: `why.<code>`. */
export const PRINT_TROUBLE_CODES = [
  'paper-end', 'paper-low', 'cover-open', 'offline', 'refused', 'silent', 'lost', 'busy', 'error', 'no-printer',
] as const
export type PrintTroubleCode = (typeof PRINT_TROUBLE_CODES)[number]

/** What the kiosk remarks under its instruction. Words: `remark.<code>`. */
export const REMARK_CODES = [
  'unknown-code', 'bad-check-digit', 'ambiguous-number', 'card-number', 'code-too-long', 'wrong-screen',
  'too-many-checks', 'try-again',
] as const
export type RemarkCode = (typeof REMARK_CODES)[number]
