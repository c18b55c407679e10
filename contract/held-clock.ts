import { z } from 'zod'
import { Instant } from './ids.ts'

/** A till whose records lie ahead of its clock: up to when they reach, and what the machine says now. */
export const HeldClock = z.object({ recorded: Instant, machine: Instant })
export type HeldClock = z.infer<typeof HeldClock>
