import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Id, Instant, Params } from '../../contract/ids.ts'
import { EventKind, LifeLine } from '../../contract/journal.ts'
import { Seat } from '../../contract/roles.ts'
import { UnitCard } from '../../contract/unit.ts'
import { Verdict } from '../../contract/verdict.ts'
import { everybody, tending } from './allowed.ts'

export const TillRow = z.object({
  till: Id,
  /** The letters in front of its receipt numbers. */
  code: z.string(),
  name: z.string(),
  storeId: Id,
  storeName: z.string(),
  state: z.enum(['joined', 'held', 'revoked']),
  stateWhy: z.string().nullable(),
  /** What a person would look at first: `silent` says nothing for long, `troubled` wants somebody at its machines, `behind` has news it has not taken up. */
  health: z.enum(['well', 'behind', 'troubled', 'silent', 'never-seen', 'held', 'revoked']),
  seat: Seat.nullable(),
  /** Which of its machines want a person: words `kiosk-trouble.<code>`, else `device-role.<code>`. */
  troubles: z.array(z.string()),
  /** A kiosk that staff have closed. */
  isClosed: z.boolean(),
  lastSeenAt: Instant.nullable(),
  /** Events that the till has kept and the centre has not yet applied. */
  waiting: z.int(),
  /** News of the centre that the till has not yet said it has. */
  behind: z.int(),
  program: z.string().nullable(),
  joinedAt: Instant,
})
export type TillRow = z.infer<typeof TillRow>

export const tills = {
  list: everybody.output(z.array(TillRow)),
  /** A one-time code for the set-up screen of a new till, good for ten minutes. */
  enrol: tending.input(z.object({ storeId: Id })).output(z.object({ code: z.string(), until: Instant })),
  setState: tending.input(z.object({ till: Id, state: z.enum(['joined', 'held', 'revoked']), why: z.string().max(300) })).output(z.array(TillRow)),
}

/** One line of what is happening in the shops right now. */
export const LiveEvent = z.object({
  seq: z.int(), at: Instant, receivedAt: Instant, kind: EventKind, storeName: z.string().nullable(), tillName: z.string().nullable(),
  unitId: Id.nullable(), thing: z.string().nullable(), serial: z.string().nullable(), params: Params, verdict: z.string().nullable(),
})
export type LiveEvent = z.infer<typeof LiveEvent>

export const live = {
  /** The last events, and how far the list reached when they were read. */
  recent: everybody.output(z.object({ events: z.array(LiveEvent), upTo: z.int() })),
  /** Every event after that number, as it comes: none falls between the two calls. */
  events: everybody.input(z.object({ after: z.int().nonnegative() })).output(eventIterator(LiveEvent)),
}

const Side = z.object({
  till: z.string().nullable(), tillName: z.string().nullable(), storeName: z.string().nullable(), at: Instant.nullable(),
  kind: z.string(), who: z.string().nullable(), receipt: z.string().nullable(), amount_cents: z.int().nullable(), currency: z.string().nullable(),
})

/** Something that two tills did and cannot both be true, with both sides and what a person may do about it. */
export const CaseView = z.object({
  id: Id, unitId: Id, thing: z.string(), serial: z.string().nullable(), kind: z.string(), openedAt: Instant,
  state: z.enum(['open', 'settled']), first: Side, second: Side, steps: z.array(z.enum(['wrong-scan', 'void', 'keep-both', 'fraud', 'handed-over'])),
  settledHow: z.string().nullable(), settledBy: z.string().nullable(), settledAt: Instant.nullable(), note: z.string().nullable(),
})
export type CaseView = z.infer<typeof CaseView>

/** A case of one till, or a customer whom a kiosk could not help alone: seen here, settled where its file lies. */
export const FloorCase = z.object({
  id: Id, source: z.enum(['case', 'hand-over']), kind: z.string(), quiet: z.boolean(), state: z.string(), openedAt: Instant, changedAt: Instant,
  tillName: z.string().nullable(), storeName: z.string().nullable(), unitId: Id.nullable(), thing: z.string().nullable(), serial: z.string().nullable(),
  /** Found by the centre itself: no till has a file of it, and it is settled here. */
  ofCentre: z.boolean(),
})
export type FloorCase = z.infer<typeof FloorCase>

export const cases = {
  /** What is open at the tills, or was closed there lately. */
  floor: everybody.input(z.object({ state: z.enum(['open', 'settled']) })).output(z.array(FloorCase)),
  /** Settles a case that the centre has found itself. */
  closeFloor: tending.input(z.object({ id: Id, note: z.string().trim().min(1).max(500) })).output(z.array(FloorCase)),
  list: everybody.input(z.object({ state: z.enum(['open', 'settled']) })).output(z.array(CaseView)),
  settle: tending
    .input(z.object({ id: Id, unitId: Id, how: z.enum(['wrong-scan', 'void', 'keep-both', 'fraud', 'handed-over']), note: z.string().trim().min(1).max(1_000) }))
    .output(z.array(CaseView)),
}

/** What a register said of a piece; `no-key`: the centre has no key to it, `no-number`: the piece has none it knows by. */
export const RegisterAsked = z.object({
  register: z.string(), asks: z.enum(['stolen', 'authenticity']),
  said: z.enum(['not-asked', 'listed', 'not-listed', 'genuine', 'fake', 'no-opinion', 'unreachable', 'no-key', 'no-number']),
})
export type RegisterAsked = z.infer<typeof RegisterAsked>

/** A piece as it would be judged at a counter: asked about, and brought back; and who outside was asked for it. */
export const UnitVerdicts = z.object({ policyVersion: z.string(), check: Verdict, return: Verdict, registers: z.array(RegisterAsked) })
export type UnitVerdicts = z.infer<typeof UnitVerdicts>

export const units = {
  find: everybody.input(z.object({ text: z.string().trim().min(1).max(128) })).output(z.array(UnitCard)),
  timeline: everybody.input(z.object({ unitId: Id })).output(z.array(LifeLine)),
  /** What a counter of its store would say of the piece now; null where nobody can, for want of the piece or of rules. */
  verdict: everybody.input(z.object({ unitId: Id })).output(UnitVerdicts.nullable()),
  /** The same with what registers and makers outside say of it now: shown, and kept nowhere. */
  askRegisters: tending.input(z.object({ unitId: Id })).output(UnitVerdicts.nullable()),
}
