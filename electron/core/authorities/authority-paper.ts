import type { AuthorityQuery } from '../../../contract/authority-query.ts'
import { productName } from '../../../contract/product-name.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { answerBlocks } from '../papers/certificate-paper.ts'
import { codeWords, exact, finished, heading, localTime, numbersOf, rule, text, words, type PaperSetting } from '../papers/paper-words.ts'

/** One piece that answers to the number, or none; with whoever is known by name to have bought it and to own it. */
export interface Answered {
  readonly unit: KnownUnit | null
  readonly verdict: Verdict
  readonly buyer: string | null
  readonly owner: string | null
  /** Another till made the sale: this one does not know for whom. */
  readonly isSoldElsewhere: boolean
}

/** Of whom a paper speaks: of nobody without a written order; `left-out` is the paper as the shop keeps it. */
export type Named = 'no-order' | 'left-out' | 'told'

/**
 * What an authority is told of a number: the piece, whether it is ours, was sold, came back or is looked for, as a
 * certificate of a check says it, and what is asked with. Who bought it is told on a written order alone.
 */
export function authorityPaper(query: AuthorityQuery, answers: readonly Answered[], named: Named, setting: PaperSetting): ReceiptDocument {
  const pair = (left: string, right: string): ReceiptBlock => ({ kind: 'pair', left, right, bold: false })
  return finished('authority', setting, [
    ...heading(setting, 'receipt.authority-title', query.number, query.at, query.by),
    pair(words(setting, 'authority.authority'), query.authority),
    pair(words(setting, 'authority.officer'), query.officer),
    pair(words(setting, 'authority.case'), query.caseNumber),
    ...(query.order === '' ? [] : [pair(words(setting, 'receipt.authority-order'), query.order)]),
    text(words(setting, 'receipt.certificate-number', { text: exact(query.text, setting) }), 'left', true),
    ...answers.flatMap((answer) => answerOf(answer, named, setting)),
    rule(),
    text(words(setting, query.order === '' ? 'receipt.authority-no-order' : 'receipt.authority-on-order')),
    { kind: 'space', lines: 2 },
    text(words(setting, 'receipt.signature')),
    rule(),
    { kind: 'cut' },
  ])
}

function answerOf(answer: Answered, named: Named, setting: PaperSetting): ReceiptBlock[] {
  const { unit, verdict } = answer
  return [
    rule(),
    ...(unit === null ? [] : [text(productName(unit.product), 'left', true), ...numbersOf(unit.aliases, setting).map((line) => text(line))]),
    ...answerBlocks('identity', verdict, 'staff', setting),
    ...answerBlocks('purchase', verdict, 'staff', setting),
    looksFor(unit, verdict, setting),
    ...(unit === null || named === 'no-order' ? [] : namesOf(answer, named, setting)),
  ]
}

/** Who looks for it, under which reference; what staff are told to do about it is not for this paper. */
function looksFor(unit: KnownUnit | null, verdict: Verdict, setting: PaperSetting): ReceiptBlock {
  const reports = (unit?.facts.flags ?? []).filter(({ kind }) => kind === 'stolen-own' || kind === 'stolen-reported')
  const { answer } = verdict.findings.stolen
  return {
    kind: 'item', name: words(setting, 'question.stolen'), quantity: null, amount: codeWords(setting, `answer.stolen.${answer}`, answer),
    details: reports.map(({ source, at, reference }) => [localTime(at, setting), source, ...(reference === null ? [] : [exact(reference, setting)])].join(' · ')),
  }
}

function namesOf({ buyer, owner, isSoldElsewhere }: Answered, named: 'left-out' | 'told', setting: PaperSetting): ReceiptBlock[] {
  const elsewhere = isSoldElsewhere && buyer === null ? [text(words(setting, 'receipt.authority-elsewhere'))] : []
  if (buyer === null && owner === null) return [text(words(setting, 'receipt.authority-nobody')), ...elsewhere]
  if (named === 'left-out') return [text(words(setting, 'receipt.authority-left-out')), ...elsewhere]
  return [
    ...(buyer === null ? [] : [text(words(setting, 'receipt.authority-buyer', { name: buyer }))]),
    ...(owner === null ? [] : [text(words(setting, 'receipt.authority-owner', { name: owner }))]),
    ...elsewhere,
  ]
}
