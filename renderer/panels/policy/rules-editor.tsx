import { useState } from 'react'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { useWords } from '../../words/words-context.tsx'
import { ActivationPart } from './activation-part.tsx'
import { CutOffPart } from './cut-off-part.tsx'
import { GoodwillPart } from './goodwill-part.tsx'
import { GuaranteePart } from './guarantee-part.tsx'
import { MoneyPart } from './money-part.tsx'
import { OutsidePart } from './outside-part.tsx'
import { PapersPart } from './papers-part.tsx'
import type { PartProps } from './part-props.ts'
import { KioskPart, LimitsPart, RightsPart, WindowsPart } from './policy-parts.tsx'
import { QuestionsPart } from './questions-part.tsx'
import { RoutesPart } from './routes-part.tsx'
import { SellingPart } from './selling-part.tsx'

/** Every rule of the document has its row in one of these; the version alone is given and not chosen. */
export const RULE_PARTS = {
  windows: WindowsPart, goodwill: GoodwillPart, limits: LimitsPart, offline: CutOffPart, questions: QuestionsPart, routes: RoutesPart, money: MoneyPart,
  selling: SellingPart, guarantee: GuaranteePart, kiosk: KioskPart, outside: OutsidePart, activation: ActivationPart, rights: RightsPart, papers: PapersPart,
} as const
type Part = keyof typeof RULE_PARTS

/** The rules of the shop as rows in words, a subject at a time. */
export function RulesEditor(props: PartProps) {
  const { say } = useWords()
  const [part, setPart] = useState<Part>('windows')
  const Body = RULE_PARTS[part]
  return (
    <div className="policy__form">
      <ChoiceGroup label={say('policy.part')} chosen={part} choices={(Object.keys(RULE_PARTS) as Part[]).map((id) => ({ id, words: say(`policy.part-${id}`) }))} onChoose={setPart} />
      <Body {...props} />
    </div>
  )
}
