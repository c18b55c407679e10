import { directionOfTag, LANGUAGES } from '../../../contract/words/languages.ts'
import type { Clock } from '../../../native/clock.ts'
import type { PrintBlock } from '../../../native/printers/columns.ts'
import { wantsLettering } from '../../../native/printers/letter-setter.ts'
import type { PaperSettings } from '../../../native/printers/paper.ts'
import { bytesForPrinter } from '../../../native/printers/print-bytes.ts'
import { PROFILES, type ProfileId } from '../../../native/printers/profiles.ts'
import type { Ground } from '../ground.ts'
import { paperLettering } from '../papers/lettering/paper-lettering.ts'
import { samplePaper } from '../papers/sample-paper.ts'

/** Longer than a till takes to be ready, so that no cashier waits for it. */
const WARM_UP_AFTER_MS = 2_000

/**
 * Draws a receipt that nobody will see, where receipts here are drawn: the first one of the day is then as quick as the
 * next, for by then the fonts are read and most words are known.
 */
export function warmUpLettering(ground: Ground, paper: PaperSettings, clock: Clock): void {
  const setting = ground.paperSetting()
  if (LANGUAGES[setting.language].direction === 'ltr') return
  // Made now: by then the till may have been closed, and its shop with it.
  const sample = samplePaper(ground.now(), setting, ground.policy())
  clock.after(WARM_UP_AFTER_MS, () => {
    void letteringFor(sample, paper.profile).then((lettering) => bytesForPrinter(sample.blocks, { ...paper, ...lettering }))
  })
}

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
