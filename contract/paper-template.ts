import { z } from 'zod'
import { Language } from './ids.ts'

/** A PNG of a logo, before base64: what a printer keeps of it is at most 576 dots wide, so this is ample. */
export const LOGO_BYTES_MAX = 96_000

const Line = z.string().trim().max(200)

/**
 * How the papers of one store look: data, not code. The centre sends it with the policy, a till without a centre keeps
 * its own. What the law wants on a paper is not in here and cannot be left out by it.
 */
export const PaperTemplate = z.object({
  /** The store's picture at the head of each paper; PNG as base64. */
  logo: z.object({ name: z.string().min(1).max(80), png: z.base64().max(Math.ceil(LOGO_BYTES_MAX / 3) * 4) }).nullable(),
  /** Under the address: opening hours, telephone, web address. */
  header: z.array(Line).max(6),
  /** At the end of receipts: terms of return, thanks. */
  footer: z.array(Line).max(10),
  /** Language of the papers; null is the language the till speaks. */
  language: Language.nullable(),
  /** Whether a warranty receipt for each piece comes out with the sale. `by-law`: where the country demands it. */
  warrantyWithSale: z.enum(['by-law', 'always', 'never']),
})
export type PaperTemplate = z.infer<typeof PaperTemplate>

/** The paper of a shop that has set nothing. */
export const PLAIN_TEMPLATE: PaperTemplate = {
  logo: null,
  header: [],
  footer: [],
  language: null,
  warrantyWithSale: 'by-law',
}
