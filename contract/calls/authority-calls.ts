import { z } from 'zod'
import { AuthorityQuery, AuthorityQuestion } from '../authority-query.ts'
import { Id } from '../ids.ts'
import { EVERYBODY, staff, STAFFED, withRight } from './allowed.ts'

export const authorities = {
  /** What was asked at this till, the newest first. */
  list: withRight(STAFFED, 'see-customer').output(z.array(AuthorityQuery)),
  /** The answer as a paper. The act itself asks for the right to see customers, whether a name is told or not. */
  ask: staff(STAFFED, EVERYBODY).input(AuthorityQuestion).output(z.object({ documentId: Id })),
}
