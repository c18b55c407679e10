import { z } from 'zod'
import { PHOTOS_MAX, PhotoUpload } from './case-view.ts'
import { Id } from './ids.ts'

/** Why a piece gets a label of the shop. `none`: it never had one, and its maker put no number on it that can be read. */
export const LabelWhy = z.enum(['damaged', 'lost', 'wrong', 'none'])
export type LabelWhy = z.infer<typeof LabelWhy>

/** What the new label is for, with photographs of what was there before. */
export const RelabelAsked = z.object({ unitId: Id, why: LabelWhy, photos: z.array(PhotoUpload).max(PHOTOS_MAX) })

export interface Relabel {
  readonly unitId: string
  readonly why: LabelWhy
  readonly photos: readonly string[]
}
