import { z } from 'zod'
import { Id, Instant } from './ids.ts'
import { ANSWERS } from './verdict.ts'

const Line = (most: number) => z.string().trim().min(1).max(most)

/** What an authority asks about one number, and with what it may ask. `order` is empty where no written order was shown. */
export const AuthorityQuestion = z.object({
  text: Line(200),
  authority: Line(120),
  caseNumber: Line(64),
  /** Who asked, as the card of service says: a name or a number. */
  officer: Line(120),
  order: z.string().trim().max(120),
})
export type AuthorityQuestion = z.infer<typeof AuthorityQuestion>

/** What was asked once, and what was answered. */
export const AuthorityQuery = AuthorityQuestion.extend({
  number: z.string(),
  at: Instant,
  /** To whom the number leads: `several` where more than one piece carries it. Words: `answer.purchase.<code>`. */
  answer: z.enum([...ANSWERS.purchase, 'several']),
  /** Whether a customer's name was told. */
  named: z.boolean(),
  /** Who answered for it. */
  by: z.string(),
  documentId: Id,
})
export type AuthorityQuery = z.infer<typeof AuthorityQuery>
