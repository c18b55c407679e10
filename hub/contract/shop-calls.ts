import { z } from 'zod'
import { Campaign, PieceRule } from '../../contract/campaign.ts'
import { Day, Id, Instant } from '../../contract/ids.ts'
import { Cents, Currency } from '../../contract/money.ts'
import { Pin } from '../../contract/pin.ts'
import { PolicyChange } from '../../contract/policy-view.ts'
import { ProductLimits } from '../../contract/sensors/product-limits.ts'
import { Role } from '../../contract/roles.ts'
import { Picture, Tracking } from '../../contract/unit.ts'
import { everybody, leading, looking, pageOf, sortedPageBy } from './allowed.ts'
import { RowTrouble } from './office-calls.ts'

/** How far a change has come: the tills that follow the list, and those that have taken it up. */
export const Arrival = z.object({ tills: z.int(), arrived: z.int(), waiting: z.array(z.string()) })
export type Arrival = z.infer<typeof Arrival>

/** A zone that this program can tell the time in: all that happens in a store is told by its clock. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
const TimeZone = z.string().max(64).refine(isTimeZone, 'no time zone').meta({ examples: ['Europe/Berlin'] })

export const Store = z.object({
  id: Id,
  name: z.string().min(1).max(120),
  address: z.string().max(300),
  country: z.string().length(2),
  currency: Currency,
  taxNumber: z.string().max(40),
  taxInclusive: z.boolean(),
  cashStep: z.int().min(1).max(100),
  timeZone: z.string().max(64),
})
export type Store = z.infer<typeof Store>

export const Product = z.object({
  id: Id,
  gtin: z.string().regex(/^\d{14}$/).nullable(),
  sku: z.string().min(1).max(64),
  brand: z.string().min(1).max(80),
  name: z.string().min(1).max(160),
  variant: z.string().max(80),
  category: z.string().min(1).max(64),
  picture: Picture,
  tracking: Tracking,
  price_cents: Cents,
  tax_bp: z.int().min(0).max(10_000),
  serialMask: z.string().max(4_000).nullable(),
  makerMonths: z.int().min(0).max(600),
  durable: z.boolean(),
  active: z.boolean(),
  supplier: z.string().max(80),
  /** What its pieces are kept within; left out when it is written: it stays as it is. */
  limits: ProductLimits.nullable().optional(),
})
export type Product = z.infer<typeof Product>

export const ProductOrder = z.enum(['name', 'sku', 'gtin', 'tracking', 'supplier', 'price', 'state'])
export type ProductOrder = z.infer<typeof ProductOrder>

export const catalogue = {
  stores: everybody.output(z.array(Store)),
  /** Refuses `already-there` for a new store under the id of another, and `currency-stays` for other money of one that is there. */
  saveStore: leading.input(Store.extend({ timeZone: TimeZone, isNew: z.boolean().default(false) })).output(z.array(Store)),
  products: everybody.input(sortedPageBy(ProductOrder).extend({ text: z.string().max(120).default('') })).output(pageOf(Product)),
  /** A product without an id is new. Every change goes to the tills in the same transaction. */
  saveProduct: leading.input(Product.extend({ id: Id.nullable() })).output(Product),
}

export const StaffMember = z.object({
  id: Id, name: z.string().min(1).max(120), role: Role, storeId: Id.nullable(), badge: z.string().max(64).nullable(),
  hasPin: z.boolean(), active: z.boolean(),
})
export type StaffMember = z.infer<typeof StaffMember>

export const staff = {
  list: looking.output(z.array(StaffMember)),
  save: leading.input(StaffMember.omit({ hasPin: true }).extend({ id: Id.nullable() })).output(z.array(StaffMember)),
  /** The PIN is hashed here and never shown again. */
  setPin: leading.input(z.object({ id: Id, pin: Pin })).output(z.array(StaffMember)),
}

export const CampaignRow = Campaign.extend({ productName: z.string(), endedAt: Instant.nullable(), units: z.int(), arrival: Arrival })
export type CampaignRow = z.infer<typeof CampaignRow>

export const StolenRow = z.object({
  serial: z.string(), unitId: Id.nullable(), productName: z.string().nullable(), kind: z.enum(['stolen-own', 'stolen-reported']),
  reference: z.string(), reason: z.string(), since: Instant, arrival: Arrival,
})
export type StolenRow = z.infer<typeof StolenRow>

export const StolenOrder = z.enum(['serial', 'kind', 'reference', 'since'])
export type StolenOrder = z.infer<typeof StolenOrder>

/** The numbers that a file holds, each once. `again`: so many lines repeat one; `bad`: so many were not taken, the first of them with why. */
export const NumberList = z.object({ numbers: z.array(z.string()), again: z.int(), bad: z.int(), troubles: z.array(RowTrouble) })
export type NumberList = z.infer<typeof NumberList>

export const lists = {
  campaigns: everybody.output(z.array(CampaignRow)),
  openCampaign: leading.input(Campaign).output(z.array(CampaignRow)),
  endCampaign: leading.input(z.object({ reference: z.string(), productId: Id })).output(z.array(CampaignRow)),
  /** How many pieces that the centre knows a rule means, before anybody opens a campaign with it. */
  tryRule: leading.input(z.object({ productId: Id, rule: PieceRule })).output(z.object({ meant: z.int(), sold: z.int(), examples: z.array(z.string()) })),
  /** Reads the numbers for a rule from a file, one a line or in a table; nothing is kept. */
  readNumbers: leading.input(z.object({ file: z.file() })).output(NumberList),
  /** Without an order the newest stand first. */
  stolen: everybody.input(sortedPageBy(StolenOrder).extend({ text: z.string().max(120).default('') })).output(pageOf(StolenRow)),
  /** Numbers one by one or pasted; those that name no piece are kept and tell the tills all the same. */
  reportStolen: leading
    .input(z.object({
      serials: z.array(z.string().trim().min(1).max(128)).min(1).max(5_000),
      kind: z.enum(['stolen-own', 'stolen-reported']), reference: z.string().max(64), reason: z.string().max(512),
    }))
    .output(z.object({ known: z.int(), unknown: z.int() })),
  liftStolen: leading.input(z.object({ serial: z.string(), why: z.string().min(1).max(512) })).output(z.object({ lifted: z.int() })),
}

export const PolicyVersion = z.object({
  version: z.string(), inForceFrom: Instant, shadow: z.boolean(), madeBy: z.string(), madeAt: Instant, note: z.string(), isInForce: z.boolean(),
  arrival: Arrival,
})
export type PolicyVersion = z.infer<typeof PolicyVersion>

/** Rules made at a till, as a proposal to the centre: what would be otherwise in all stores. */
export const PolicyProposal = z.object({
  till: Id, tillName: z.string(), storeName: z.string(), version: z.string(), basedOn: z.string(), why: z.string(), who: z.string(), madeAt: Instant,
  /** What became of it at its till. */
  step: z.enum(['trial', 'in-force', 'withdrawn']),
  stepAt: Instant,
  currency: Currency,
  isReadable: z.boolean(),
  /** The version it is compared with; null: the centre has none. */
  inForce: z.string().nullable(),
  /** It was not made of the rules in force: adopting it takes back what has changed since. */
  isBehind: z.boolean(),
  changes: z.array(PolicyChange),
})
export type PolicyProposal = z.infer<typeof PolicyProposal>

/** A version to go on from, with what its rows need to know of the shop. */
export const PolicyOpened = z.object({
  version: z.string(), document: z.string(), currency: Currency, categories: z.array(z.string()), stores: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type PolicyOpened = z.infer<typeof PolicyOpened>

export const policy = {
  versions: everybody.output(z.array(PolicyVersion)),
  document: everybody.input(z.object({ version: z.string().nullable() })).output(PolicyOpened),
  /** Refuses `no-policy` for a document that the tills could not read, with the place in it. */
  publish: leading
    .input(z.object({ document: z.string().max(200_000), inForceFrom: Instant.nullable(), note: z.string().max(300) }))
    .output(z.array(PolicyVersion)),
  proposals: everybody.output(z.array(PolicyProposal)),
  /** Refuses `stale` for a proposal that somebody else has answered. */
  answer: leading
    .input(z.object({ till: Id, version: z.string().max(64), answer: z.enum(['adopted', 'refused']), note: z.string().trim().max(200) }))
    .output(z.array(PolicyProposal)),
}

export const StockRow = z.object({
  storeId: Id, storeName: z.string(), currency: Currency, productId: Id, productName: z.string(), category: z.string(),
  pieces: z.int(), value_cents: Cents, oldestSince: Day.nullable(),
})
export type StockRow = z.infer<typeof StockRow>

export const stock = {
  byStore: everybody.input(z.object({ storeId: Id.nullable(), text: z.string().max(120).default('') })).output(z.array(StockRow)),
}
