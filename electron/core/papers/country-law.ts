import type { Policy } from '../../../contract/policy.ts'
import type { CoverLayer } from '../../../contract/unit.ts'
import type { WordKey } from '../../../contract/words/en.ts'
import { addMonths } from '../../../contract/days.ts'

/** What the papers of a country say. How long the guarantee lasts is policy, not here. */
interface CountryLaw {
  /** What the tax on sales is called on a receipt there; a name of the law, not translated. */
  readonly taxName: string
  /** The sentence that tells a buyer of his rights. */
  readonly guarantee: WordKey
  /** Whether buyers of durable goods must be told of the guarantee on paper, without asking for it. */
  readonly onPaper: boolean
}

/**
 * Sources of the sentences: DE BGB §§ 437, 438, 477. AT VGG §§ 10, 11, 28. FR Code de la consommation L217-3, L217-7
 * to L217-14, and D211-6 for the paper. CH OR art. 201, 210. ES Real Decreto Legislativo 1/2007 arts. 117-121.
 * GB Consumer Rights Act 2015 ss. 19-24 and the Limitation Act 1980.
 */
const COUNTRY_LAWS: Readonly<Record<string, CountryLaw>> = {
  DE: { taxName: 'MwSt.', guarantee: 'receipt.law-de', onPaper: false },
  AT: { taxName: 'USt.', guarantee: 'receipt.law-at', onPaper: false },
  FR: { taxName: 'TVA', guarantee: 'receipt.law-fr', onPaper: true },
  CH: { taxName: 'MWST', guarantee: 'receipt.law-ch', onPaper: false },
  ES: { taxName: 'IVA', guarantee: 'receipt.law-es', onPaper: false },
  GB: { taxName: 'VAT', guarantee: 'receipt.law-gb', onPaper: false },
}

const OTHER_LAW: CountryLaw = { taxName: 'VAT', guarantee: 'receipt.law-other', onPaper: false }

/** The papers' law of an ISO 3166 country; a careful general sentence where we do not know the country. */
export const lawOf = (country: string): CountryLaw => COUNTRY_LAWS[country] ?? OTHER_LAW

/** Who has to prove that a defect was there at delivery, and until when. Days are inclusive. */
export type BurdenOfProof =
  | { readonly who: 'seller-then-buyer'; readonly sellerUntil: string; readonly buyerUntil: string }
  | { readonly who: 'seller'; readonly until: string }
  | { readonly who: 'buyer'; readonly until: string }

/** Null for layers that are promises: there the terms of the promise say who proves what. */
export function burdenOfProof(layer: CoverLayer, policy: Policy): BurdenOfProof | null {
  const legal = layer.layer === 'legal' && layer.country !== null ? policy.legalGuarantee[layer.country] : undefined
  if (!legal) return null
  const presumedUntil = addMonths(layer.start, legal.presumedMonths)
  if (legal.presumedMonths <= 0) return { who: 'buyer', until: layer.end }
  if (presumedUntil >= layer.end) return { who: 'seller', until: layer.end }
  return { who: 'seller-then-buyer', sellerUntil: presumedUntil, buyerUntil: layer.end }
}
