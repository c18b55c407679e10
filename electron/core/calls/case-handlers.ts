import { addPhoto, exported, fileOf, note, settle } from '../cases/case-desk.ts'
import { caseRows } from '../cases/case-views.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const casesHandlers = (os: Os, core: RunningCore) => ({
  list: os.cases.list.handler(({ input }) => caseRows(core.shop.desk.ground, input.show)),
  file: os.cases.file.handler(({ input }) => valueOf(fileOf(core.shop.desk, input.caseId))),
  note: os.cases.note.handler(({ input }) => valueOf(note(core.shop.desk, input.caseId, input.text))),
  close: os.cases.close.handler(({ input }) => valueOf(settle(core.shop.desk, input.caseId, 'closed', input.text))),
  reopen: os.cases.reopen.handler(({ input }) => valueOf(settle(core.shop.desk, input.caseId, 'reopened', input.text))),
  photo: os.cases.photo.handler(({ input }) => valueOf(addPhoto(core.shop.desk, input.caseId, input.shot.base64))),
  export: os.cases.export.handler(({ input }) => valueOf(exported(core.shop.desk, input.caseId))),
})
