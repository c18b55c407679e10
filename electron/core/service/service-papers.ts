import { productName } from '../../../contract/product-name.ts'
import type { ClaimView } from '../../../contract/service-view.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import {
  codeWords, ending, exact, finished, heading, localTime, numbersOf, rule, text, words, type PaperSetting,
} from '../papers/paper-words.ts'
import { UNIT_QR } from '../scans/resolve.ts'

const pair = (left: string, right: string): ReceiptBlock => ({ kind: 'pair', left, right, bold: false })
const pieceLines = (unit: KnownUnit, setting: PaperSetting): ReceiptBlock[] => [
  text(productName(unit.product), 'left', true),
  ...numbersOf(unit.aliases, setting).map((line) => text(line)),
]

/** What the owner takes home while the piece is here, and what goes with the piece: which one, why, on which promise. */
export function claimPaper(claim: ClaimView, unit: KnownUnit, at: string, who: string, setting: PaperSetting): ReceiptDocument {
  return finished('claim', setting, [
    ...heading(setting, 'receipt.claim-title', claim.number, at, who),
    ...pieceLines(unit, setting),
    rule(),
    text(words(setting, 'receipt.claim-symptom', { symptom: claim.symptom })),
    ...(claim.basis === null || claim.remedy === null
      ? [text(words(setting, 'receipt.claim-undecided'))]
      : [
          pair(words(setting, 'receipt.claim-basis'), codeWords(setting, `claim-basis.${claim.basis}`, claim.basis)),
          pair(words(setting, 'receipt.claim-remedy'), codeWords(setting, `remedy.${claim.remedy}`, claim.remedy)),
        ]),
    ...(claim.away === null ? [] : [pair(words(setting, 'receipt.claim-away'), claim.away)]),
    ...(claim.loan === null ? [] : [pair(words(setting, 'receipt.claim-loan'), `${claim.loan.name} ${exact(claim.loan.serial, setting)}`)]),
    ...claim.steps.filter(({ note }) => note !== '').map(({ at: when, note }) => text(`${localTime(when, setting)}: ${note}`)),
    rule(),
    { kind: 'qr', payload: `${UNIT_QR}${unit.id}`, caption: words(setting, 'receipt.scan-unit') },
    text(words(setting, 'receipt.signature')),
    ...ending(setting, 'receipt.claim-keep'),
  ])
}

/** Whose the piece is from now on, as a statement for the new owner. The last owner is not named on it. */
export function ownershipPaper(unit: KnownUnit, owner: string, number: string, at: string, who: string, setting: PaperSetting): ReceiptDocument {
  return finished('ownership', setting, [
    ...heading(setting, 'receipt.ownership-title', number, at, who),
    ...pieceLines(unit, setting),
    rule(),
    pair(words(setting, 'receipt.owner'), owner),
    text(words(setting, 'receipt.ownership-text')),
    { kind: 'qr', payload: `${UNIT_QR}${unit.id}`, caption: words(setting, 'receipt.scan-unit') },
    ...ending(setting, 'receipt.ownership-keep'),
  ])
}

/**
 * The owner's code. Whoever holds this paper can give the piece away, and it says so. `code` null is the paper as it is
 * kept and printed again: it says that the code stood on the first one alone.
 */
export function ownerCodePaper(unit: KnownUnit, code: string | null, at: string, who: string, setting: PaperSetting): ReceiptDocument {
  return finished('ownership', setting, [
    ...heading(setting, 'receipt.owner-code-title', '', at, who),
    ...pieceLines(unit, setting),
    rule(),
    ...(code === null
      ? [text(words(setting, 'receipt.owner-code-left-out'))]
      : [{ kind: 'text', text: exact(code, setting), align: 'center', bold: true, size: 'large' } as const, text(words(setting, 'receipt.owner-code-text'))]),
    ...ending(setting, 'receipt.ownership-keep'),
  ])
}
