import { z } from 'zod'
import { CaseFile, CaseRow, PhotoUpload } from '../case-view.ts'
import { Id } from '../ids.ts'
import { EVERYBODY, staff, STAFFED } from './allowed.ts'

const OneCase = z.object({ caseId: Id })
const CaseWord = OneCase.extend({ text: z.string().max(2_000) })

export const cases = {
  /** The newest first; `open` leaves out what is closed. */
  list: staff(STAFFED, EVERYBODY).input(z.object({ show: z.enum(['open', 'all']) })).output(z.array(CaseRow)),
  file: staff(STAFFED, EVERYBODY).input(OneCase).output(CaseFile),
  note: staff(STAFFED).input(CaseWord).output(CaseFile),
  close: staff(STAFFED).input(CaseWord).output(CaseFile),
  reopen: staff(STAFFED).input(CaseWord).output(CaseFile),
  photo: staff(STAFFED).input(OneCase.extend({ shot: PhotoUpload })).output(CaseFile),
  /** The whole file as one page that opens anywhere, with everything in it for a program too. */
  export: staff(STAFFED, EVERYBODY).input(OneCase).output(z.object({ name: z.string(), base64: z.string() })),
}
