import { productName } from '../../../contract/product-name.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import { QUESTIONS, type Question, type Verdict } from '../../../contract/verdict.ts'
import { formatAge } from '../../../contract/words/format.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import {
  codeWords, exact, finished, heading, localTime, numbersOf, rule, text, words, type PaperSetting,
} from './paper-words.ts'

export interface CertificatePaper {
  readonly verdictId: string
  readonly number: string
  readonly at: string
  readonly verdict: Verdict
  /** Null for a number that no piece of ours answers to. */
  readonly unit: KnownUnit | null
  /** What was scanned or typed. */
  readonly text: string
  /** Who asked; null where a kiosk did. */
  readonly who: string | null
}

/**
 * What the shop knew of a piece at one moment, as a paper: the answer, the seven questions with reason, source and
 * age, and the rules it was decided by. A quiet verdict is for staff only and says so: nobody is accused by a paper.
 */
export function certificatePaper(entry: CertificatePaper, setting: PaperSetting): ReceiptDocument {
  const { verdict, unit } = entry
  const order = [...verdict.reasons, ...QUESTIONS.filter((question) => !verdict.reasons.includes(question))]
  const pair = (left: string, right: string): ReceiptBlock => ({ kind: 'pair', left, right, bold: false })
  const when = localTime(verdict.decidedAt, setting)
  return finished('certificate', setting, [
    ...heading(setting, 'receipt.certificate-title', entry.number, entry.at, ''),
    ...(verdict.quiet ? [{ kind: 'banner', text: words(setting, 'receipt.certificate-staff') } as const] : []),
    ...(unit === null
      ? [text(words(setting, 'receipt.certificate-number', { text: exact(entry.text, setting) }), 'left', true)]
      : [text(productName(unit.product), 'left', true), ...numbersOf(unit.aliases, setting).map((line) => text(line))]),
    { kind: 'space', lines: 1 },
    { kind: 'text', text: outcomeWords(verdict, setting), align: 'center', bold: true, size: 'tall' },
    rule(),
    ...order.flatMap((question) => answerBlocks(question, verdict, verdict.quiet ? 'staff' : 'customer', setting)),
    rule(),
    pair(words(setting, 'receipt.certificate-when'), when),
    pair(words(setting, 'receipt.certificate-who'), entry.who ?? words(setting, 'receipt.certificate-kiosk')),
    pair(words(setting, 'receipt.certificate-rules'), verdict.policyVersion),
    text(words(setting, 'receipt.certificate-id', { id: exact(entry.verdictId, setting) })),
    text(words(setting, 'receipt.certificate-means')),
    { kind: 'cut' },
  ])
}

const outcomeWords = (verdict: Verdict, setting: PaperSetting): string =>
  codeWords(setting, `outcome.${verdict.intent}.${verdict.outcome}`, verdict.outcome)

/** One of the seven questions with its answer, the reason in words for whoever reads it, and who knows it since when. */
export function answerBlocks(question: Question, verdict: Verdict, reader: 'staff' | 'customer', setting: PaperSetting): ReceiptBlock[] {
  const finding = verdict.findings[question]
  const reason = codeWords(setting, `reason.${finding.reason}.${reader}`, finding.reason, finding.params)
  return [
    {
      kind: 'item',
      name: words(setting, `question.${question}`),
      details: [reason, sourceOf(verdict, question, setting)],
      quantity: null,
      amount: codeWords(setting, `answer.${question}.${finding.answer}`, finding.answer, finding.params),
    },
  ]
}

/** Who knows it, and how old that was at the moment of the verdict. */
function sourceOf(verdict: Verdict, question: Question, setting: PaperSetting): string {
  const { source, asOf } = verdict.findings[question]
  const named = codeWords(setting, `source.${source}`, source)
  if (asOf === null) return source === 'label' ? named : words(setting, 'verdict.undated', { source: named })
  const age = formatAge(setting.language, asOf, verdict.decidedAt)
  return age === null ? words(setting, 'verdict.fresh', { source: named }) : words(setting, 'verdict.age', { source: named, age })
}
