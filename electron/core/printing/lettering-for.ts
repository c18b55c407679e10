import { directionOfTag } from '../../../contract/words/languages.ts'
import type { PrintBlock } from '../../../native/printers/columns.ts'
import { wantsLettering } from '../../../native/printers/letter-setter.ts'
import type { PaperSettings } from '../../../native/printers/paper.ts'
import { PROFILES, type ProfileId } from '../../../native/printers/profiles.ts'
import { paperLettering } from '../papers/lettering/paper-lettering.ts'

/**
 * The lettering of a document for a printer, and nothing where its own letters are enough: fonts take memory and time,
 * and most tills never print a word that is not in their printer.
 */
export async function letteringFor(
  document: { readonly language: string; readonly blocks: readonly PrintBlock[] }, profile: ProfileId,
): Promise<Pick<PaperSettings, 'lettering'>> {
  const direction = directionOfTag(document.language)
  if (direction === 'ltr' && !wantsLettering(document.blocks, PROFILES[profile].pages)) return {}
  return { lettering: await paperLettering(direction) }
}
