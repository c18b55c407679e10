import type { PaperSettings, PrintedPaper } from '../printers/paper.ts'
import { bytesForPrinter } from '../printers/print-bytes.ts'
import type { UnitLabel } from './unit-label.ts'

/**
 * The same label from a receipt printer, for shops without a label printer: the code as a picture, the words under it,
 * and a cut. The paper is glued or put into the box.
 */
export function escposLabel(label: UnitLabel, settings: PaperSettings): PrintedPaper {
  return bytesForPrinter(
    [
      { kind: 'text', text: label.title, align: 'center', bold: true, size: 'normal' },
      { kind: 'datamatrix', ...label.code, caption: null },
      ...label.lines.map(
        (text) => ({ kind: 'text', text, align: 'center', bold: false, size: 'normal' }) as const,
      ),
    ],
    settings,
  )
}
