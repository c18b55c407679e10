import type { ArticleSet } from '../../contract/price-calls.ts'

/** A part as it is being filled in; `count` is what stands in its field. */
export interface DraftPart {
  readonly productId: string | null
  readonly count: string
}

export interface SetDraft {
  readonly productId: string | null
  readonly parts: readonly DraftPart[]
}

export const NO_PART: DraftPart = { productId: null, count: '1' }

/**
 * The set that is meant; null while it cannot be saved: without an article or without parts, and where a part has an
 * article and no count from 1 to 99. A row without an article is nothing yet and stays out.
 */
export function setOf({ productId, parts }: SetDraft): ArticleSet | null {
  const chosen = parts.flatMap((part) => (part.productId === null ? [] : [{ productId: part.productId, count: part.count }]))
  if (productId === null || chosen.length === 0 || !chosen.every(({ count }) => /^[1-9]\d?$/u.test(count))) return null
  return { productId, parts: chosen.map((part) => ({ ...part, count: Number(part.count) })) }
}
