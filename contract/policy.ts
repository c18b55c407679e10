import { z } from 'zod'
import { ActivationService } from './activation.ts'
import { Right, Role, Seat } from './roles.ts'
import { Condition } from './unit.ts'
import { Cents } from './money.ts'
import { OutsideCheck } from './outside-check.ts'
import { PaperTemplate } from './paper-template.ts'
import { ReturnRules } from './return-rules.ts'

/** How long, in whole days, a thing may come back, by the category of its product; `*` is every other category. */
const ReturnWindow = z.object({ category: z.string().max(64), days: z.int().min(0).max(3650) })

/** `holds`: how many pieces go in before somebody empties it. */
export const KioskSlot = z.object({
  name: z.string().min(1).max(24),
  categories: z.array(z.string().max(64)).min(1),
  holds: z.int().min(1).max(999),
})
export type KioskSlot = z.infer<typeof KioskSlot>

const isUnique = (names: readonly string[]): boolean => new Set(names).size === names.length

/**
 * What a seat may still do by itself while the centre has not been heard for a while; a dearer piece, and more cash,
 * want a colleague who answers for it.
 */
export const OfflineRule = z.object({
  /** From this age of the centre's last word on, the seat is cut off and the limits hold. */
  after_ms: z.int().min(0),
  /** The dearest piece with a number that is sold without asking; null: any. */
  sellUpTo_cents: Cents.nullable(),
  /** The dearest piece that is refunded without asking. */
  refundUpTo_cents: Cents,
  /** The most cash that is given back for one return without asking. */
  cashBackUpTo_cents: Cents,
})
export type OfflineRule = z.infer<typeof OfflineRule>

/**
 * The shop's rules as one versioned document. The same rules serve counter, kiosk and online returns; a seat or a
 * till never has rules of its own in code.
 */
export const Policy = z.object({
  version: z.string().min(1).max(64),
  /** True asks and logs but does not block: for a pilot. */
  shadow: z.boolean(),
  rights: z.record(Role, z.array(Right)),
  /** The rights there were when the document was written, one of a later program too. Left out: those it gives to anybody. */
  rightsKnown: z.array(z.string().max(64)).max(200).optional(),
  returns: z.object({
    windows: z.array(ReturnWindow).min(1),
    /** Conditions a clerk may accept without asking anybody. */
    acceptedConditions: z.array(Condition),
    reasons: z.array(z.string().min(1).max(64)).min(1),
    /** From this amount on a supervisor must approve. */
    approvalFrom_cents: Cents,
    /** How a thing is looked at, paid back and routed; left out, cautious rules apply. */
    rules: ReturnRules.optional(),
  }),
  kiosk: z.object({
    refundUpTo_cents: Cents,
    idleWarnAfter_ms: z.int().min(5_000),
    idleWipeAfter_ms: z.int().min(10_000),
    checksPerHour: z.int().min(1),
    /** How a kiosk may give money back; the first that works for the piece is taken. Left out: to the card only. */
    tenders: z.array(z.enum(['card', 'voucher'])).optional(),
    /** Whether a customer alone shows the piece to the camera. Left out: never. */
    photo: z.enum(['never', 'ask', 'must']).optional(),
    /** Where pieces go in: the first slot that takes the category and is not full. Left out: one slot for everything. */
    slots: z.array(KioskSlot).refine((slots) => isUnique(slots.map(({ name }) => name)), 'two slots have one name').optional(),
    /** The most a customer may buy alone, by card. Left out: nothing is sold at a kiosk. */
    buyUpTo_cents: Cents.optional(),
    /** What a customer is told where to go when a colleague is needed: a till's number, a desk. */
    handOverTo: z.string().max(80).optional(),
  }),
  /** Others that are asked about a piece, beside what the shop knows itself. */
  outside: z.array(OutsideCheck).max(8).refine((checks) => isUnique(checks.map(({ id }) => id)), 'two registers have one name').optional(),
  /** Providers who connect a device after its sale, where the customer wants it. Left out: it is offered for nothing. */
  activation: z.array(ActivationService).max(8).refine((services) => isUnique(services.map(({ id }) => id)), 'two providers have one name').optional(),
  staleness: z.object({
    /** From this age on a list (stolen, recall) no longer says "clear" but asks staff. */
    listAskAfter_ms: z.int().min(0),
    /** What a seat may still refund on older data, per unit. */
    offlineRefundUpTo_cents: z.record(Seat, Cents),
  }),
  /** By seat, what it may do while it is cut off from the centre. Left out: only the age of the lists is looked at. */
  offline: z.partialRecord(Seat, OfflineRule).optional(),
  /**
   * What becomes of pieces with numbers when the centre's leave to sell without it is over, or was taken back: `ask` a
   * colleague for each, or `stop`. Left out: ask.
   */
  leaseOver: z.enum(['ask', 'stop']).optional(),
  /**
   * What becomes of the sale of a piece whose cold chain was `broken`, and of one whose product asks for readings that
   * are `unread`: `ask` a colleague, or `stop`. Left out: what was broken stops, what is unread asks.
   */
  sensors: z.object({ broken: z.enum(['ask', 'stop']), unread: z.enum(['ask', 'stop']) }).optional(),
  /**
   * Legal guarantee by ISO 3166 country: its length, for how long a defect is presumed original, and by how much one
   * repair under it lengthens it, once (left out: by nothing).
   */
  legalGuarantee: z.record(z.string().length(2), z.object({ months: z.int(), presumedMonths: z.int(), afterRepairMonths: z.int().min(0).max(120).optional() })),
  cartLease_ms: z.int().min(60_000),
  /** How much of a price a role with the right may take off or set it down by; a role that is left out nothing. */
  discountUpTo_bp: z.partialRecord(Role, z.int().min(0).max(10_000)).optional(),
  /** What is proposed for the RFID tags of what was sold; the customer chooses. Left out: they are kept. */
  tagsAtExit: z.enum(['keep', 'mute', 'kill']).optional(),
  /** For which goods a customer is needed, from which amount of a line on; `*` is every category. Nothing: for none. */
  customerNeeded: z.array(z.object({ category: z.string().max(64), from_cents: Cents })).optional(),
  /**
   * Categories of which no stock is kept by serial: a well-formed number that nobody received is taken in by its sale;
   * `*` is every category. Left out: of none.
   */
  stockNotBySerial: z.array(z.string().min(1).max(64)).max(500).optional(),
  /** How papers look, by the id of the store; `*` is every other store. */
  papers: z.record(z.string().max(64), PaperTemplate).optional(),
  /** Promises of money and the drawer; `money-rules.ts` says what holds where this is left out. */
  money: z
    .object({
      /** Vouchers and store credit end with this year after the one they were given in; null: never. */
      creditYears: z.int().min(1).max(30).nullable(),
      /** What is taken from a voucher of another till while the centre cannot be asked. */
      offlineCreditUpTo_cents: Cents,
      /** The most that one voucher may hold. */
      creditUpTo_cents: Cents,
      /** A drawer that is wrong by more than this wants a reason. */
      differenceReasonOver_cents: Cents,
      /** More cash than this should go to the safe; null: nobody is told. */
      drawerUpTo_cents: Cents.nullable(),
      /** How long goods are kept for a deposit. */
      depositDays: z.int().min(1).max(730),
    })
    .optional(),
  pin: z.object({
    wrongTriesAllowed: z.int().min(1),
    waitAfter_ms: z.int().min(1_000),
    lockAfter_ms: z.int().min(0),
    /** A badge under the scanner of a locked till signs its owner in without a PIN. */
    badgeAlone: z.boolean().optional(),
  }),
})
export type Policy = z.infer<typeof Policy>
