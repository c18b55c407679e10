/**
 * The codes that travel in views and have words here. Closed lists: a code without words is found by the compiler
 * where these types are used, and by the test where a list and the words disagree.
 */

/** Reasons of a finding, by question. Words: `reason.<code>.staff` and `reason.<code>.customer`. */
export const REASON_CODES = [
  'known', 'known-by-old-label', 'known-product', 'ambiguous-number', 'bad-check-digit', 'wrong-format',
  'not-known-here', 'sold-here-on', 'sold-online-on', 'not-sold-yet', 'returned-on', 'window-over', 'not-ours',
  'clock-wrong', 'owner-changed', 'record-too-old', 'lease-over', 'cut-off', 'sold-by-another', 'no-record', 'covered-until',
  'covered-by-law-until', 'ended-on', 'not-started', 'void-because', 'no-dates', 'no-flag', 'stolen-own',
  'stolen-reported', 'list-too-old', 'no-list', 'no-campaign', 'register-unreachable', 'answer-not-kept',
  'clock-suspect', 'campaign-affects',
  'campaign-remedied', 'consistent', 'contradiction', 'proven-by', 'proof-failed', 'counterfeit-suspected',
  'not-checkable', 'in-stock-here', 'with-customer', 'parcel-to-be-sent', 'parcel-under-way', 'parcel-lost',
  'in-cart-of', 'other-store', 'at-vendor', 'not-received-yet',
  'to-inspect', 'in-transit', 'missing-since', 'no-stock-by-serial', 'in-repair', 'on-hold', 'quarantine', 'activation-lock',
  'cold-chain-excursion', 'too-warm', 'too-cold', 'too-humid', 'too-dry', 'knocked', 'sensor-alarm', 'still-outside',
  'no-readings', 'readings-old', 'damaged', 'parts-missing', 'retired', 'unknown-place', 'part-of-set', 'reserved',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** What a notice can say. Words: `notice.<code>`. */
export const NOTICE_CODES = [
  'unit-added', 'product-added', 'removed', 'already-in-cart', 'already-sold', 'stolen-quiet', 'recalled',
  'in-other-cart', 'not-here', 'unknown-code', 'unknown-serial', 'bad-check-digit', 'card-number', 'expired-lot',
  'code-too-long', 'undone', 'parked', 'recalled-sale', 'sale-voided', 'scanned-while-paying', 'returned-already',
  'not-sold-here', 'window-over', 'needs-approval', 'colleague-called', 'signed-out-idle', 'disk-full', 'disk-failed', 'file-damaged',
  'mirror-rebuilt', 'clock-jumped', 'wrong-screen', 'scan-the-serial', 'same-product-code', 'same-unit',
  'another-unit', 'receipt-without-units', 'receipt-while-selling', 'needs-reason', 'needs-condition',
  'may-not-be-sold', 'no-longer-sellable', 'no-lot-on-hand', 'older-lot', 'wrong-format', 'scan-garbled',
  'pad-strays', 'pad-unsure', 'pad-crowded', 'cash-short', 'give-back', 'deposit-on-card', 'deposit-on-card-and-cash', 'return-by-receipt',
  'card-blocked', 'card-busy', 'card-cancelled', 'card-declined', 'card-end-of-day', 'card-expired', 'card-limit',
  'card-no-connection', 'card-not-booked', 'card-not-paid', 'card-not-reached', 'card-not-registered',
  'card-not-refunded', 'card-not-reversed', 'card-not-taken', 'card-open', 'card-refund-stray', 'card-reversed',
  'card-unreadable', 'own-badge',
  'badge-of', 'customer-card', 'customer-in-sale', 'voucher', 'voucher-given', 'credit-gone', 'deposit-left', 'deposit-first', 'drawer-short',
  'separator-lost', 'broken-label', 'withdrawn', 'plain-goods', 'a-service',
  'scan-the-lot', 'lot-without-end', 'lot-good-until', 'price-set', 'gate-refused', 'gate-waits', 'shadow-added',
  'needs-colleague', 'kit-scan-parts', 'kit-lacks', 'plan-scan-piece', 'plan-added', 'plan-without-piece', 'stranger-typed-wrong', 'stranger-not-received', 'stranger-other-product', 'stranger-not-ours',
  'not-on-receipt', 'on-the-receipt', 'the-sold-one', 'receipt-returned', 'enough-without-record', 'needs-scan-piece',
  'needs-answers', 'needs-accessories', 'needs-parts', 'needs-photo', 'needs-other-pieces', 'not-to-be-exchanged',
  'needs-same-article', 'needs-signed', 'needs-identity', 'needs-pay-as',
  'store-line-taken', 'part-of-set', 'set-part-stops', 'set-changed', 'set-part-here', 'set-share', 'set-by-return', 'receipt-held', 'receipt-elsewhere', 'reserved',
] as const
export type NoticeCode = (typeof NOTICE_CODES)[number]

/** Kinds of goods as most shops call them. Words: `category.<code>`; a shop's own kind keeps its own name. */
export const CATEGORY_CODES = [
  'accessory', 'audio', 'battery', 'bike', 'camera', 'cosmetic', 'gift-voucher', 'instrument', 'laptop', 'phone', 'power-tool',
  'service', 'tablet', 'watch',
] as const

/** Why a customer brings a thing back. Words: `return-reason.<code>`. */
export const RETURN_REASON_CODES = [
  'changed-mind', 'wrong-item', 'not-as-described', 'faulty', 'dead-on-arrival', 'gift', 'other',
] as const
export type ReturnReasonCode = (typeof RETURN_REASON_CODES)[number]

/** Why somebody answers for an act that wants a right, or changes a price. Words: `act-reason.<code>`. */
export const ACT_REASON_CODES = [
  'customer-changed-mind', 'scanned-by-mistake', 'cannot-pay', 'price-on-shelf', 'price-elsewhere', 'damaged-packaging',
  'goodwill', 'staff-price', 'change-needed', 'petty-cash', 'postage', 'paper-lost', 'printer-trouble', 'looked-at-it', 'practice',
] as const
export type ActReasonCode = (typeof ACT_REASON_CODES)[number]

/** What keeps a paper from coming out. Words: `why.<code>`. */
export const PRINT_TROUBLE_CODES = [
  'paper-end', 'paper-low', 'cover-open', 'offline', 'refused', 'silent', 'lost', 'busy', 'not-there', 'not-allowed',
  'no-library', 'time-out', 'too-long', 'closed', 'unconfirmed', 'one-way', 'error', 'no-printer',
  'cannot-be-coded',
] as const
export type PrintTroubleCode = (typeof PRINT_TROUBLE_CODES)[number]

/** What the kiosk remarks under its instruction. Words: `remark.<code>`. */
export const REMARK_CODES = [
  'card-number', 'wrong-screen', 'too-many-checks', 'scan-the-serial', 'not-found', 'try-again',
  'now-the-piece', 'not-on-receipt', 'receipt-without-pieces', 'one-at-a-time', 'one-moment', 'card-not-taken', 'photo-too-large',
  'card-not-paid', 'card-goes-back', 'no-receipt-here', 'choose-first',
] as const
export type RemarkCode = (typeof REMARK_CODES)[number]

/** How a changed rule is told. Words: `policy-change.<code>`. */
export const POLICY_CHANGE_CODES = [
  'window', 'window-added', 'window-removed', 'approval-from', 'kiosk-limit', 'offline-limit', 'list-age', 'condition-added',
  'condition-removed', 'reason-added', 'reason-removed', 'question-added', 'question-removed', 'accessory-added',
  'accessory-removed', 'right-given', 'right-taken', 'kiosk-warn', 'kiosk-wipe', 'kiosk-checks', 'kiosk-photo-never',
  'kiosk-photo-ask', 'kiosk-photo-must', 'kiosk-place', 'kiosk-buy', 'kiosk-buy-off', 'shadow-on', 'shadow-off', 'question-grade', 'question-no-grade', 'question-stops',
  'question-goes-on', 'accessory-deduct', 'late-never', 'late-days', 'late-as-original', 'late-as-store-credit', 'record-most',
  'record-percent', 'record-till', 'record-store', 'record-store-free', 'customer-limit', 'customer-free', 'slot-added',
  'slot-removed', 'slot-holds', 'slot-takes', 'slot-order', 'register-added-stolen', 'register-added-authenticity',
  'register-changed', 'register-removed', 'cut-off', 'cut-off-any', 'cut-off-free', 'lease-ask', 'lease-stop', 'part-added', 'part-removed',
  'words-changed', 'other',
] as const

/** Why a kiosk hands over, for staff alone. Words: `hand-over.why.<code>`. */
export const HAND_OVER_CODES = [
  'verdict', 'limit', 'too-many-checks', 'tag-differs', 'locked', 'condition', 'slots-full', 'claimed-elsewhere', 'card-unknown',
  'asked-for', 'parts', 'set', 'too-often', 'gate', 'buy-limit', 'number',
] as const

/** What the scans of the demo shop show. Words: `story.<code>`. */
export const STORY_CODES = [
  'fresh-phone', 'gs1-code', 'by-imei', 'frame-number', 'typed-differently', 'open-box', 'refurbished',
  'already-sold', 'may-be-returned', 'return-needs-approval', 'receipt', 'window-over', 'sold-online',
  'already-returned', 'stolen', 'stolen-from-us', 'recalled', 'recalled-sold', 'recall-remedied', 'in-other-cart',
  'in-other-store', 'in-transit', 'on-hold', 'quarantine', 'logger-broken', 'logger-sound', 'counterfeit', 'activation-lock', 'missing', 'in-repair',
  'two-makers', 'sold-twice', 'old-number', 'transferred', 'plan', 'warranty-void', 'guarantee-ended', 'retired',
  'not-ours', 'plain-article', 'lot', 'expired-lot', 'service', 'unknown-serial', 'impossible-serial',
  'wrong-check-digit', 'set', 'set-part',
] as const
export type StoryCode = (typeof STORY_CODES)[number]

/** What a code can be read as. Words: `reading.<code>`. */
export const READING_CODES = [
  'gs1-element-string', 'gs1-hri', 'gs1-digital-link', 'url', 'epc-hex', 'epc-uri', 'tid', 'gtin-8', 'gtin-12',
  'gtin-13', 'gtin-14', 'sscc', 'isbn', 'issn', 'imei', 'meid', 'iccid', 'eid', 'vin', 'mac', 'shop-serial',
  'free-serial', 'payment-card', 'scan',
] as const
export type ReadingCode = (typeof READING_CODES)[number]

/** What is looked at when a piece comes back. Words: `question-of.<code>`; a policy may bring its own with their words. */
export const CONDITION_QUESTION_CODES = [
  'signed-out', 'powers-on', 'screen-whole', 'housing-whole', 'glass-whole', 'runs', 'guards-in-place', 'frame-straight', 'brakes-work',
  'plays', 'seal-whole',
] as const

/** What belongs to a piece. Words: `accessory.<code>`. */
export const ACCESSORY_CODES = [
  'charger', 'cable', 'box', 'battery', 'strap', 'papers', 'caps', 'case', 'keys', 'motor',
] as const

/** Why a case was opened. Words: `case-kind.<code>`. */
export const CASE_KIND_CODES = [
  'after-window', 'handed-over', 'refused', 'another-unit', 'without-record', 'locked', 'exception', 'called', 'kiosk', 'kiosk-call', 'card-reversal',
  'card-refund', 'inspection-refused', 'not-received', 'other-product', 'not-ours', 'overruled', 'shadow', 'quiet-hit', 'over-returned',
] as const
