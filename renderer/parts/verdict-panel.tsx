import { Fragment } from 'react'
import { unreachable } from '../../contract/unreachable.ts'
import { QUESTIONS } from '../../contract/verdict.ts'
import type { Question, Verdict } from '../../contract/verdict.ts'
import { useWords } from '../words/words-context.tsx'
import type { SpokenWords } from '../words/words-context.tsx'
import { isUnsold, toneOf, toneOfOutcome } from './answer-tone.ts'
import { evidenceInWords, sourceInWords } from './evidence-words.ts'
import { ToneSign } from './tone-sign.tsx'

/** The answer, large, and the sentence why. */
export function VerdictHead({ verdict }: { verdict: Verdict }) {
  const words = useWords()
  // What nobody may see from the customer's side is not written in red across the screen.
  const tone = verdict.quiet ? 'quiet' : toneOfOutcome(verdict.outcome)
  return (
    <section className={`verdict-head tone tone--${tone}`} aria-label={words.say('verdict.answers')}>
      <ToneSign tone={tone} size={40} />
      <div>
        <h2 className="verdict-head__answer">
          {words.say(verdict.quiet ? 'verdict.quiet-title' : `outcome.${verdict.intent}.${verdict.outcome}`)}
        </h2>
        {headOf(verdict).map((question) => (
          <p key={question} className="verdict-head__reason">
            <InOnePiece text={reasonOf(words, verdict, question)} number={String(verdict.findings[question].params['receipt'] ?? '')} />
          </p>
        ))}
        {verdict.quiet ? <p className="verdict-head__quiet">{words.say('verdict.quiet')}</p> : null}
      </div>
    </section>
  )
}

/** A sentence whose number is not broken at its hyphen. */
function InOnePiece({ text, number }: { text: string; number: string }) {
  const at = number === '' ? -1 : text.indexOf(number)
  if (at < 0) return <>{text}</>
  return (
    <>
      {text.slice(0, at)}
      <span className="in-one-piece">{number}</span>
      {text.slice(at + number.length)}
    </>
  )
}

/** The seven questions, each with answer, reason, source and age. Those that decided stand first. */
export function Findings({ verdict }: { verdict: Verdict }) {
  const words = useWords()
  const told = verdict.outcome === 'accept' ? headOf(verdict) : verdict.reasons
  const order = [...told, ...QUESTIONS.filter((question) => !told.includes(question))]
  return (
    <ul className="findings" aria-label={words.say('verdict.answers')}>
      {order.map((question) => (
        <Finding key={question} verdict={verdict} question={question} />
      ))}
    </ul>
  )
}

function Finding({ verdict, question }: { verdict: Verdict; question: Question }) {
  const words = useWords()
  const finding = verdict.findings[question]
  const tone = toneOf(verdict, question)
  return (
    <li className={`finding finding--${tone}`}>
      <ToneSign tone={tone} size={22} />
      <div className="finding__words">
        <p className="finding__line">
          <span className="finding__question">{words.say(`question.${question}`)}</span>
          <strong className="finding__answer">
            {words.sayCode(`answer.${question}.${finding.answer}`, finding.params)}
          </strong>
        </p>
        <p className="finding__reason">{reasonOf(words, verdict, question)}</p>
        <p className="finding__source">
          <Source verdict={verdict} question={question} />
          {finding.evidence.length === 0 ? null : (
            <span className="finding__evidence">
              {finding.evidence.map((line) => (
                <Fragment key={line}>
                  {' · '}
                  <bdi>{evidenceInWords(words, line)}</bdi>
                </Fragment>
              ))}
            </span>
          )}
        </p>
      </div>
    </li>
  )
}

/** Who knows it, and how old that was when the till decided. */
function Source({ verdict, question }: { verdict: Verdict; question: Question }) {
  const words = useWords()
  const { say, age } = words
  const { source, asOf } = verdict.findings[question]
  const named = sourceInWords(words, source)
  if (asOf === null) return <>{source === 'label' ? named : say('verdict.undated', { source: named })}</>
  const old = age(asOf, verdict.decidedAt)
  return <>{old === null ? say('verdict.fresh', { source: named }) : say('verdict.age', { source: named, age: old })}</>
}

/**
 * The questions whose sentences stand under the answer. Where something weighs against it, the heaviest; where all is
 * well, what the person came to ask: that a piece is on no list of stolen goods is a detail then, and no headline.
 */
function headOf(verdict: Verdict): readonly Question[] {
  if (verdict.outcome !== 'accept') return verdict.reasons.slice(0, 1)
  switch (verdict.intent) {
    case 'return':
    case 'transfer':
      return ['purchase']
    case 'check':
      return [...(isWhereItShould(verdict) ? [] : ['custody'] as const), 'purchase', ...(isUnsold(verdict) ? [] : ['warranty'] as const)]
    case 'claim':
      return ['warranty']
    case 'sell':
    case 'trade-in':
    case 'receive':
      return []
    default:
      return unreachable(verdict.intent)
  }
}

/** In stock here or with a customer; what is in repair, on its way or in another sale is told of that first. */
const isWhereItShould = (verdict: Verdict): boolean => ['good', 'plain'].includes(toneOf(verdict, 'custody'))

function reasonOf(words: SpokenWords, verdict: Verdict, question: Question): string {
  const finding = verdict.findings[question]
  return words.sayCode(`reason.${finding.reason}.staff`, finding.params, finding.reason)
}

/** The verdict of a line in one chip; what is in order stays small. */
export function VerdictChip({ verdict }: { verdict: Verdict }) {
  const words = useWords()
  const tone = verdict.quiet ? 'quiet' : toneOfOutcome(verdict.outcome)
  const first = verdict.reasons[0]
  return (
    <span className={`chip chip--${tone}`}>
      <ToneSign tone={tone} size={16} />
      {verdict.outcome === 'accept' || first === undefined
        ? words.say(`outcome.${verdict.intent}.${verdict.outcome}`)
        : reasonOf(words, verdict, first)}
    </span>
  )
}
