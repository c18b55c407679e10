import type { CountDifferences, CountPiece } from '../../../contract/counting-view.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import { formatRate } from '../../../contract/words/format.ts'
import { codeWords, exact, finished, heading, localTime, rule, text, words, type PaperSetting } from '../papers/paper-words.ts'
import type { CountRow } from './count-rows.ts'

export interface CountPaper {
  readonly count: CountRow
  readonly differences: CountDifferences
  /** Names of the tills that counted along. */
  readonly tills: readonly string[]
  readonly at: string
  readonly who: string
}

/** What was counted and how it stands against the records: the sums, each piece that is missing, and what turned up. */
export function countPaper({ count, differences, tills, at, who }: CountPaper, setting: PaperSetting): ReceiptDocument {
  const pair = (left: string, right: string, bold = false): ReceiptBlock => ({ kind: 'pair', left, right, bold })
  const { missingPieces, surplusPieces, accuracy_bp } = differences
  return finished('slip', setting, [
    ...heading(setting, 'receipt.count-title', count.number, at, who),
    text(scopeLine(count, setting)),
    text(words(setting, 'receipt.count-began', { time: localTime(count.began_at, setting), name: count.began_by })),
    ...(tills.length === 0 ? [] : [text(words(setting, 'receipt.count-with', { names: tills.join(', ') }))]),
    rule(),
    pair(words(setting, 'receipt.count-expected'), String(differences.expected)),
    pair(words(setting, 'receipt.count-found'), String(differences.found)),
    ...(differences.gone === 0 ? [] : [pair(words(setting, 'receipt.count-gone'), String(differences.gone))]),
    pair(words(setting, 'receipt.count-missing'), String(differences.missing), true),
    pair(words(setting, 'receipt.count-surplus'), String(differences.surplus)),
    ...(accuracy_bp === null ? [] : [pair(words(setting, 'receipt.count-accuracy'), formatRate(setting.language, accuracy_bp), true)]),
    ...listed(words(setting, 'receipt.count-missing'), missingPieces, differences.missing, setting, (piece) => piece.area ?? null),
    ...listed(words(setting, 'receipt.count-surplus'), surplusPieces, differences.surplus, setting, () => null),
    { kind: 'space', lines: 2 },
    text(words(setting, 'receipt.signature')),
    rule(),
    { kind: 'cut' },
  ])
}

function scopeLine({ scope }: CountRow, setting: PaperSetting): string {
  const parts = [
    scope.area === null ? words(setting, 'counting.everywhere') : codeWords(setting, `area.${scope.area}`, scope.area),
    scope.category === null ? words(setting, 'counting.all-goods') : codeWords(setting, `category.${scope.category}`, scope.category),
    ...(scope.sample === null ? [] : [words(setting, 'counting.sample-of', { count: scope.sample })]),
  ]
  return parts.join(' · ')
}

/** A list whose end nobody would read says how many more there are. */
function listed<Piece extends CountPiece>(title: string, pieces: readonly Piece[], all: number, setting: PaperSetting, area: (piece: Piece) => string | null): ReceiptBlock[] {
  if (pieces.length === 0) return []
  return [
    rule(),
    text(title, 'left', true),
    ...pieces.map((piece): ReceiptBlock => {
      const where = area(piece)
      return { kind: 'item', name: piece.name, details: [exact(piece.serial, setting)], quantity: null, amount: where === null ? '' : codeWords(setting, `area.${where}`, where) }
    }),
    ...(all > pieces.length ? [text(words(setting, 'receipt.count-more', { count: all - pieces.length }))] : []),
  ]
}
