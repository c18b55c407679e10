/** The category of an article that is a promise of money: a voucher with the amount of its price. */
export const GIFT_VOUCHER = 'gift-voucher'

/**
 * Whether a line or an article is a voucher for several kinds of goods (Directive 2006/112/EC, art. 30a and 30b(2)):
 * its sale bears no tax, because the tax falls due with the goods it pays for, and nothing is ever taken off it, because
 * it is worth what stands on it.
 */
export const isGiftVoucher = (goods: { readonly category?: string | undefined }): boolean => goods.category === GIFT_VOUCHER
