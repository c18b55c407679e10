import { z } from 'zod'
import { PhotoNote } from './case-view.ts'
import { Day, Id, Instant } from './ids.ts'
import { CoverLayer, UnitCard } from './unit.ts'
import { Verdict } from './verdict.ts'

/** On which promise a claim rests; `none`: the owner pays. */
export const ClaimBasis = z.enum(['legal', 'maker', 'plan', 'repair', 'none'])
export type ClaimBasis = z.infer<typeof ClaimBasis>

/** What is done about a fault. A price cut lets the owner keep the piece as it is. */
export const Remedy = z.enum(['repair', 'replace', 'refund', 'price-cut', 'paid-repair', 'return-unrepaired'])
export type Remedy = z.infer<typeof Remedy>

/** Where a claim stands. It goes forward only; what went wrong is a further step. */
export const ClaimState = z.enum(['open', 'decided', 'away', 'back', 'closed'])
export type ClaimState = z.infer<typeof ClaimState>

/** One promise that may carry a claim, with what it allows and who has to prove the fault. */
export const ClaimOption = z.object({
  basis: ClaimBasis,
  until: Day.nullable(),
  /** The remedies open now, the first to be offered first. */
  remedies: z.array(Remedy).min(1),
  /** Who has to prove that the fault was there from the start; null where the promise does not ask. */
  proof: z.enum(['seller', 'buyer']).nullable(),
  contractNumber: z.string().nullable(),
  /** Claims this promise has carried already. */
  claimsUsed: z.int().min(0),
})
export type ClaimOption = z.infer<typeof ClaimOption>

const Note = z.string().trim().max(1000)
const Place = z.string().trim().min(1).max(128)

/** What somebody does with a claim at the service desk. */
export const ClaimAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('decide'), basis: ClaimBasis, remedy: Remedy, note: Note }),
  z.object({ do: z.literal('send'), to: Place, note: Note }),
  /** Back from the workshop: repaired or not, and whether what was mended gets a guarantee of its own. */
  z.object({ do: z.literal('receive-back'), repaired: z.boolean(), note: Note }),
  /** Another piece of the same product goes out in its stead and takes over what is left of the cover. */
  z.object({ do: z.literal('replace'), withUnitId: Id, note: Note }),
  z.object({ do: z.literal('lend'), unitId: Id, note: Note }),
  z.object({ do: z.literal('take-loan-back'), note: Note }),
  z.object({ do: z.literal('hand-back'), note: Note }),
  z.object({ do: z.literal('note'), note: Note.min(1) }),
])
export type ClaimAct = z.infer<typeof ClaimAct>

export const ClaimStep = z.object({
  at: Instant,
  who: z.string(),
  what: z.enum(['opened', 'decide', 'send', 'receive-back', 'replace', 'lend', 'take-loan-back', 'hand-back', 'note']),
  params: z.record(z.string(), z.string()),
  note: z.string(),
})
export type ClaimStep = z.infer<typeof ClaimStep>

export const ClaimView = z.object({
  claimId: Id,
  number: z.string(),
  unitId: Id,
  name: z.string(),
  serial: z.string(),
  state: ClaimState,
  openedAt: Instant,
  symptom: z.string(),
  basis: ClaimBasis.nullable(),
  remedy: Remedy.nullable(),
  /** Where the piece is while it is away. */
  away: z.string().nullable(),
  loan: z.object({ unitId: Id, name: z.string(), serial: z.string() }).nullable(),
  /** Of the piece as it came in, oldest first. */
  photos: z.array(PhotoNote),
  steps: z.array(ClaimStep),
})
export type ClaimView = z.infer<typeof ClaimView>

/** A campaign that means this piece. */
export const CampaignOfUnit = z.object({
  reference: z.string(),
  reason: z.string(),
  remedy: z.string(),
  source: z.string(),
  openedOn: Day,
  stopUse: z.boolean(),
  remediedAt: Instant.nullable(),
})
export type CampaignOfUnit = z.infer<typeof CampaignOfUnit>

/** Whose the piece is, as far as this till may show it; earlier owners stay hidden. */
export const OwnerView = z.object({
  since: Instant,
  how: z.enum(['bought', 'both-present', 'code']),
  /** Masked where the person at the till may not see customers. */
  name: z.string(),
  contact: z.string(),
})
export type OwnerView = z.infer<typeof OwnerView>

const PieceNamed = z.object({ unitId: Id, name: z.string(), serial: z.string() })

/** What a piece is packed with, and the numbers on record of its parts that are no pieces of their own. */
export const SetOfUnit = z.object({
  whole: PieceNamed.nullable(),
  parts: z.array(PieceNamed),
  numbers: z.array(z.object({ part: z.string(), number: z.string().nullable() })),
})

/** Everything the service desk knows of one piece. */
export const UnitService = z.object({
  unit: UnitCard,
  verdict: Verdict,
  cover: z.array(CoverLayer),
  options: z.array(ClaimOption),
  claims: z.array(ClaimView),
  campaigns: z.array(CampaignOfUnit),
  knownIssues: z.array(z.object({ id: Id, symptom: z.string(), advice: z.string() })),
  owner: OwnerView.nullable(),
  /** How many owners there were before this one. */
  ownersBefore: z.int().min(0),
  /** A theft told of this piece that somebody may clear. */
  theft: z.object({ reference: z.string(), at: Instant, source: z.string() }).nullable(),
  set: SetOfUnit,
})
export type UnitService = z.infer<typeof UnitService>

const Recalled = z.object({ name: z.string(), campaign: z.string(), reason: z.string(), remedy: z.string() })

/** One piece on the list of those to be taken from the shelves for a recall. */
export const PullPiece = Recalled.extend({
  is: z.literal('piece'),
  unitId: Id,
  serial: z.string(),
  area: z.string(),
  /** `cart`: it lies in a cart that is open or parked and must come out of it. */
  state: z.enum(['to-pull', 'cart', 'pulled']),
})
export type PullPiece = z.infer<typeof PullPiece>

/** Goods without numbers on that list: one lot, or an article whose lots nobody keeps. */
export const PullGoods = Recalled.extend({
  is: z.literal('goods'),
  productId: Id,
  lot: z.string().nullable(),
  /** How many the books have in this store; null: they know of none, and somebody has to look. */
  quantity: z.int().nullable(),
  state: z.enum(['to-pull', 'pulled']),
})
export type PullGoods = z.infer<typeof PullGoods>

export const PullItem = z.discriminatedUnion('is', [PullPiece, PullGoods])
export type PullItem = z.infer<typeof PullItem>

export const ServiceDeskView = z.object({
  claims: z.array(ClaimView),
  pulls: z.array(PullItem),
  campaigns: z.array(
    z.object({
      reference: z.string(), product: z.string(), reason: z.string(), remedy: z.string(), openedOn: Day, stopUse: z.boolean(),
      /** Null: goods of which nobody knows how many are here. */
      here: z.int().nullable(),
      sold: z.int(),
    }),
  ),
})
export type ServiceDeskView = z.infer<typeof ServiceDeskView>
