import type { CaseFile } from '../../../contract/case-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Desk } from '../desk/desk.ts'
import { unitCard } from '../desk/flow-views.ts'
import { stepReturnPhoto } from '../desk/run-return.ts'
import type { Deed } from '../flows/deed.ts'
import { addPhotoToCase, noteCase, noteExport, settleCase } from './case-files.ts'
import { caseFile } from './case-views.ts'
import { exportCase } from './export-case.ts'
import { keepPhoto, photoOf } from './photos.ts'

/** The file of a case, or the refusal that there is none. */
export function fileOf(desk: Desk, caseId: string): Result<CaseFile> {
  const file = caseFile(desk.ground, caseId, unitCard)
  return file === null ? refused('no-such-case') : ok(file)
}

/** Writes into a case in one turn of the person at the till, and answers the file as it is then. */
function writing(desk: Desk, caseId: string, body: (deed: Deed) => Result<unknown>): Result<CaseFile> {
  const done = desk.act(caseId, body)
  return done.ok ? fileOf(desk, caseId) : done
}

export const note = (desk: Desk, caseId: string, text: string): Result<CaseFile> => writing(desk, caseId, (deed) => noteCase(deed, caseId, text))

export const settle = (desk: Desk, caseId: string, to: 'closed' | 'reopened', text: string): Result<CaseFile> =>
  writing(desk, caseId, (deed) => settleCase(deed, caseId, to, text))

/** A photograph taken for the case itself; its flow is the case. */
export const addPhoto = (desk: Desk, caseId: string, base64: string): Result<CaseFile> =>
  writing(desk, caseId, (deed) => {
    const file = fileOf(desk, caseId)
    if (!file.ok) return file
    const kept = keepPhoto(deed, { base64, unitId: file.value.unit?.unitId ?? null })
    if (!kept.ok) return kept
    addPhotoToCase(deed, caseId, kept.value)
    return ok(null)
  })

/** A photograph of the piece in hand of a return: kept, and told to the return in the same turn. */
export const photographPiece = (desk: Desk, flowId: string, base64: string) =>
  desk.act(flowId, (deed) => {
    const kept = keepPhoto(deed, { base64, unitId: null })
    return kept.ok ? stepReturnPhoto(deed, kept.value.photoId) : kept
  })

export function picture(desk: Desk, photoId: string): Result<{ type: string; base64: string }> {
  const photo = photoOf(desk.ground.store.reading, photoId)
  return photo === null ? refused('no-such-document') : ok({ type: photo.type, base64: photo.content.toString('base64') })
}

/** The file as one page; that it left the house is written into it, with the hash of what left. */
export function exported(desk: Desk, caseId: string): Result<{ name: string; base64: string }> {
  const file = fileOf(desk, caseId)
  if (!file.ok) return file
  const { name, content, hash } = exportCase(desk.ground, file.value, desk.ground.language)
  const done = desk.act(caseId, (deed) => {
    noteExport(deed, caseId, hash)
    return ok(null)
  })
  return done.ok ? ok({ name, base64: content.toString('base64') }) : done
}
