import { z } from 'zod'
import { Id, Instant } from './ids.ts'
import type { Flag, UnitFacts } from './unit.ts'

/** Nobody waits longer for a piece that is only kept; who wants to be sure leaves a deposit. */
export const RESERVATION_DAYS_MAX = 30

/**
 * Where a kept piece is, as this store sees it: it waits here, has to be sent to the store that asked for it, is on its
 * way here, was asked for and still lies in another store, or waits in another store to be fetched there.
 */
export const ReservationWay = z.enum(['waits-here', 'to-send', 'coming', 'asked-for', 'waits-there'])
export type ReservationWay = z.infer<typeof ReservationWay>

/** A piece that is kept for a customer. The customer's name is on the slip, and known at the till that made it only. */
export const ReservedPiece = z.object({
  unitId: Id,
  name: z.string(),
  serial: z.string(),
  number: z.string(),
  until: Instant,
  /** For whom, where this till made the slip; masked for who may not see a customer's data. */
  customer: z.string().nullable(),
  way: ReservationWay,
  /** The other store of `way`; this one where there is no other. */
  store: z.object({ id: Id, name: z.string() }),
})
export type ReservedPiece = z.infer<typeof ReservedPiece>

/** `send`: a piece of another store is to come here; else the customer fetches it where it is. */
export const Reserve = z.object({
  unitId: Id,
  customer: z.string().trim().min(1).max(100),
  days: z.int().min(1).max(RESERVATION_DAYS_MAX),
  send: z.boolean(),
})
export type Reserve = z.infer<typeof Reserve>

/** Why a piece is kept no longer: the customer is here, or does not come. */
export const ReservationEnd = z.enum(['fetched', 'let-go'])
export type ReservationEnd = z.infer<typeof ReservationEnd>

/** A hold with an end is a promise to a customer. One that has ended holds nothing, wherever it is still written. */
export const reservationIn = (flags: readonly Flag[], now: string): (Flag & { readonly until: string }) | null =>
  flags.filter(isReservation).find(({ until }) => until > now) ?? null

/** The flags of a piece without promises that have ended: by their day, or because the piece was sold since. */
export const flagsThatHold = ({ flags, title }: Pick<UnitFacts, 'flags' | 'title'>, now: string): Flag[] =>
  flags.filter((flag) => !isReservation(flag) || (flag.until > now && title.is !== 'sold' && title.is !== 'transferred'))

export const isReservation = (flag: Flag): flag is Flag & { readonly until: string } => flag.kind === 'hold' && flag.until !== undefined
