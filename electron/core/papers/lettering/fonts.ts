import { createRequire } from 'node:module'

export type Weight = 'plain' | 'bold'

/**
 * DejaVu Sans Condensed 2.37: Latin, Greek, Cyrillic, Hebrew and Arabic with its joining forms in one file; its licence
 * (Bitstream Vera) allows to embed and to pass it on. It has no Chinese, Japanese or Korean letters.
 */
const files = createRequire(import.meta.url)
export const FONT_FILES: Readonly<Record<Weight, () => string>> = {
  plain: () => files.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: () => files.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
}
