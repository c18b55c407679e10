import { encodeEpc } from '../../../contract/identity/epc/encode.ts'
import { unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'

/** How many digits of a GTIN are the company number is known to GS1 alone; any split gives a tag that reads back. */
const COMPANY_DIGITS = 7

/**
 * The tag that a practice pad is given for a piece: the piece's GTIN and serial as SGTIN-96, or as SGTIN-198 where the
 * serial holds letters. What is no number of a piece is taken for an EPC as it stands.
 */
export function epcFor(ground: Ground, text: string): string {
  const [alias] = ground.mirror.unitIdsByAlias(text.trim())
  const unit = alias && unitOf(ground, alias.unitId)
  const gtin = unit?.product.gtin ?? null
  const serial = unit?.aliases.find((each) => each.kind === 'serial')?.value ?? text.trim()
  if (gtin === null) return text.trim().toUpperCase()
  for (const scheme of ['SGTIN-96', 'SGTIN-198']) {
    const tag = encodeEpc(scheme, [['01', gtin.padStart(14, '0')], ['21', serial]], { filter: 1, gcpLength: COMPANY_DIGITS })
    if (tag.ok) return tag.hex
  }
  return text.trim().toUpperCase()
}
