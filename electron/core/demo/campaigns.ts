export interface Campaign {
  readonly reference: string
  readonly item: number
  readonly daysAgo: number
  readonly reason: string
  readonly remedy: string
}

/** How many pieces of a product, counted from the first one made, a recall campaign calls back. */
export const PIECES_OF_A_CAMPAIGN = 45

/** The campaigns call back the first production run of a product: a range of serial numbers, as makers announce it. */
export const CAMPAIGNS: readonly Campaign[] = [
  {
    reference: 'RC-2026-017',
    item: 161,
    daysAgo: 20,
    reason: 'The battery can overheat while charging',
    remedy: 'Battery replaced',
  },
  { reference: 'RC-2025-104', item: 171, daysAgo: 160, reason: 'The fork can crack', remedy: 'Fork replaced' },
]
