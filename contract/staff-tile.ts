import { z } from 'zod'
import { Id, Instant } from './ids.ts'
import { Role } from './roles.ts'

/** A person to choose before typing a PIN. The PIN stands on the tile only in the demo shop. */
export const StaffTile = z.object({
  staffId: Id,
  name: z.string(),
  role: Role,
  demoPin: z.string().nullable(),
  lockedUntil: Instant.nullable(),
})
export type StaffTile = z.infer<typeof StaffTile>
