import { z } from 'zod'
import { PHOTOS_MAX, PhotoUpload } from '../case-view.ts'
import { SavedText } from '../device-view.ts'
import { Id, ScanText } from '../ids.ts'
import { ClaimAct, PullItem, ServiceDeskView, UnitService } from '../service-view.ts'
import { EVERYBODY, staff, STAFFED, withRight } from './allowed.ts'

const Unit = z.object({ unitId: Id })
const PaperMade = z.object({ documentId: Id })
const Person = z.object({ name: z.string().trim().min(1).max(200), contact: z.string().trim().max(200) })

export const service = {
  /** Open claims, the list of pieces to pull, and the campaigns behind it. */
  desk: staff(STAFFED, EVERYBODY).output(ServiceDeskView),
  unit: staff(STAFFED, EVERYBODY).input(Unit).output(UnitService),
  /** Takes a piece in because something is wrong with it, as it looks now. The claim gets a number of this till and a paper. */
  openClaim: withRight(STAFFED, 'take-back')
    .input(Unit.extend({ symptom: z.string().trim().min(1).max(500), note: z.string().trim().max(1000), photos: z.array(PhotoUpload).max(PHOTOS_MAX).default([]) }))
    .output(UnitService),
  actClaim: withRight(STAFFED, 'take-back').input(z.object({ claimId: Id, act: ClaimAct })).output(UnitService),
  /** A photograph of a piece that was taken in. */
  photo: withRight(STAFFED, 'take-back').input(z.object({ claimId: Id, shot: PhotoUpload })).output(UnitService),
  /** The paper that goes with the piece and, as a copy, with its owner. */
  claimPaper: staff(STAFFED).input(z.object({ claimId: Id })).output(PaperMade),
  /** Finds a piece for a loan or a replacement by what is scanned; null when the text is no single piece. */
  findPiece: staff(STAFFED).input(z.object({ text: ScanText })).output(z.object({ unitId: Id, name: z.string(), serial: z.string() }).nullable()),
  /** A code on paper with which the owner can give the piece to somebody without being present. */
  ownerCode: withRight(STAFFED, 'take-back').input(Unit).output(PaperMade),
  /** The piece has a new owner. Proven by both being present, or by the code the last owner was given. */
  transfer: withRight(STAFFED, 'take-back')
    .input(Unit.extend({ to: Person, proof: z.discriminatedUnion('by', [z.object({ by: z.literal('both-present') }), z.object({ by: z.literal('code'), code: z.string().trim().min(4).max(40) })]) }))
    .output(UnitService.extend({ documentId: Id })),
  /** Another holder for a plan, by its contract number. */
  changeHolder: withRight(STAFFED, 'take-back')
    .input(Unit.extend({ contractNumber: z.string().trim().min(1).max(64), to: Person }))
    .output(UnitService),
  reportStolen: withRight(STAFFED, 'flag-unit')
    .input(Unit.extend({ reference: z.string().trim().min(1).max(64), reason: z.string().trim().min(1).max(500) }))
    .output(UnitService),
  clearStolen: withRight(STAFFED, 'flag-unit')
    .input(Unit.extend({ reason: z.string().trim().min(1).max(500) }))
    .output(UnitService),
  /** Packs the piece that is scanned with this one: sold together from here on, under the number of this one. */
  pack: withRight(STAFFED, 'change-sets').input(Unit.extend({ text: ScanText })).output(UnitService),
  /** Takes a piece out of its set; answers for the piece that is looked at. */
  takeOut: withRight(STAFFED, 'change-sets').input(Unit.extend({ partId: Id, reason: z.string().trim().min(1).max(200) })).output(UnitService),
  /** The number of a part that is no piece of its own: a return is held against it. */
  notePart: withRight(STAFFED, 'change-sets')
    .input(Unit.extend({ part: z.string().min(1).max(64), number: z.string().trim().min(1).max(128) }))
    .output(UnitService),
  /** The owners of a campaign's pieces as a CSV file, for letters. */
  letters: withRight(STAFFED, 'see-customer').input(z.object({ reference: z.string().min(1).max(64) })).output(SavedText),
  /** A piece of the pull list, or the code of a lot on it, was found and scanned: it goes to the recall shelf. Answers the list that is left. */
  pull: staff(STAFFED).input(z.object({ text: ScanText })).output(z.object({ pulled: PullItem.nullable(), left: z.array(PullItem) })),
  /** What the campaign asks for was done to this piece; it may be sold or used again. */
  remedied: withRight(STAFFED, 'flag-unit').input(Unit.extend({ reference: z.string().min(1).max(64), note: z.string().trim().max(500) })).output(UnitService),
}
