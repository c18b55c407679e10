import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { CheckAction } from './check-view.ts'
import { DeskView } from './desk-view.ts'
import { DeviceAddressText, DevicesView, PracticeDeed, SavedText, TrafficLine, UsableRole } from './device-view.ts'
import { Fault } from './fault.ts'
import { Id, Language, ScanText } from './ids.ts'
import { TimelineEntry } from './journal.ts'
import { KioskAction } from './kiosk-view.ts'
import { Cents, Currency } from './money.ts'
import { PaperTemplate } from './paper-template.ts'
import { ReceiptDocument } from './receipt.ts'
import { ReturnAction } from './return-view.ts'
import type { Right, Role, Seat } from './roles.ts'
import { SaleAction } from './sale-view.ts'
import { ShiftAction } from './shift-view.ts'
import { UnitCard } from './unit.ts'

/** Who may make a call. Checked by the server against the channel, before the input is even looked at. */
export interface Allowed {
  readonly seats: readonly Seat[]
  /** Null: also before anybody has signed in. */
  readonly roles: readonly Role[] | null
  /** What the policy must have given to the person; null where the role is enough, or the act itself asks. */
  readonly right: Right | null
}

const base = oc.$meta<Allowed>({ seats: [], roles: null, right: null }).errors({ REFUSED: { status: 409, data: Fault } })

const STAFF = ['cashier', 'supervisor', 'manager', 'service'] as const satisfies readonly Role[]
/** Everybody who can sign in; an auditor looks and changes nothing. */
const EVERYBODY = [...STAFF, 'auditor'] as const satisfies readonly Role[]
const STAFFED = ['counter', 'service'] as const satisfies readonly Seat[]
const EVERY_SEAT = ['counter', 'kiosk', 'service'] as const satisfies readonly Seat[]

const anyone = (seats: readonly Seat[]) => base.meta({ seats, roles: null, right: null })
const staff = (seats: readonly Seat[], roles: readonly Role[] = STAFF) => base.meta({ seats, roles, right: null })
/** For whoever the policy gives the right to, whatever the role is called. */
const withRight = (seats: readonly Seat[], right: Right) => base.meta({ seats, roles: EVERYBODY, right })

const Flow = z.object({ flowId: Id })

export const desk = {
  view: anyone(EVERY_SEAT).output(DeskView),
  /** The whole view again at every change, the present one first. */
  changed: anyone(EVERY_SEAT).output(eventIterator(DeskView)),
  /** One input for everything: a unit, a product, a receipt; the till finds out which. */
  scan: anyone(EVERY_SEAT)
    .input(z.object({ text: ScanText, via: z.enum(['typed', 'wedge', 'simulated', 'camera', 'rfid', 'nfc']), aim: z.string().max(3).nullable(), tid: z.string().max(64).nullable().optional() }))
    .output(DeskView),
  go: staff(STAFFED, EVERYBODY)
    .input(z.object({ to: z.enum(['home', 'sale', 'return', 'check']), unitId: Id.nullable() }))
    .output(DeskView),
  setLanguage: anyone(STAFFED).input(z.object({ language: Language })).output(DeskView),
}

export const session = {
  signIn: anyone(STAFFED).input(z.object({ staffId: Id, pin: z.string().min(4).max(12) })).output(DeskView),
  signOut: staff(STAFFED, EVERYBODY).output(DeskView),
  /** The first start of a till that has no shop: names it and makes its manager. Refused once there is one. */
  setUp: anyone(STAFFED)
    .input(
      z.object({
        shopName: z.string().trim().min(1).max(80),
        country: z.string().regex(/^[A-Z]{2}$/),
        currency: Currency,
        managerName: z.string().trim().min(1).max(80),
        pin: z.string().regex(/^\d{4,12}$/),
      }),
    )
    .output(DeskView),
}

export const sale = {
  begin: staff(['counter'], ['cashier', 'supervisor', 'manager']).output(DeskView),
  act: staff(['counter'], ['cashier', 'supervisor', 'manager'])
    .input(Flow.extend({ action: SaleAction }))
    .output(DeskView),
  recall: staff(['counter'], ['cashier', 'supervisor', 'manager']).input(Flow).output(DeskView),
}

export const returns = {
  act: staff(['counter', 'service']).input(Flow.extend({ action: ReturnAction })).output(DeskView),
}

export const check = {
  act: staff(STAFFED, EVERYBODY).input(Flow.extend({ action: CheckAction })).output(DeskView),
}

export const kiosk = {
  act: anyone(['kiosk']).input(z.object({ flowId: Id.nullable(), action: KioskAction })).output(DeskView),
}

export const shift = {
  act: withRight(['counter'], 'shift').input(z.object({ action: ShiftAction })).output(DeskView),
}

/** A document found by what stands on it. */
export const DocumentHit = z.object({
  documentId: Id,
  kind: z.string(),
  number: z.string(),
  at: z.string(),
  total_cents: Cents,
  summary: z.string(),
})

const PaperLanguage = z.object({ language: Language.nullable() })
const PaperMade = z.object({ documentId: Id })

export const papers = {
  find: staff(STAFFED, EVERYBODY).input(z.object({ text: z.string().max(128) })).output(z.array(DocumentHit)),
  view: staff(STAFFED, EVERYBODY).input(z.object({ documentId: Id })).output(ReceiptDocument),
  /** Prints a document again, marked COPY. */
  reprint: withRight(STAFFED, 'reprint').input(z.object({ documentId: Id })).output(DeskView),
  /** The warranty receipt of a piece, from the piece alone. `language` null: that of the till. */
  warranty: staff(STAFFED).input(PaperLanguage.extend({ unitId: Id })).output(PaperMade),
  /** Without prices, by the document of the receipt. */
  gift: staff(STAFFED).input(PaperLanguage.extend({ documentId: Id })).output(PaperMade),
  /** What was found in a check: by the verdict, or the newest of a piece, or of a number no piece answers to. */
  certificate: staff(STAFFED)
    .input(PaperLanguage.extend({ by: z.enum(['verdict', 'unit', 'text']), value: ScanText }))
    .output(PaperMade),
  /** Goes with goods that are put aside. */
  slip: staff(STAFFED).input(PaperLanguage.extend({ flowId: Id })).output(PaperMade),
  /** Prints a paper; the first of its kind and number is the original, any other is marked COPY. */
  print: withRight(STAFFED, 'reprint').input(z.object({ documentId: Id })).output(DeskView),
  /** A PDF file to be saved by the window, as base64. */
  pdf: staff(STAFFED)
    .input(z.object({ documentId: Id, format: z.enum(['a4', '80mm']) }))
    .output(z.object({ name: z.string(), base64: z.string() })),
  template: staff(STAFFED, EVERYBODY).output(PaperTemplate),
  setTemplate: withRight(STAFFED, 'settings').input(PaperTemplate).output(PaperTemplate),
  /** A receipt as it would look with a template, of things nobody has bought. */
  preview: staff(STAFFED, ['manager']).input(PaperLanguage.extend({ template: PaperTemplate })).output(ReceiptDocument),
  /** The clerk looked at the printer and says what became of a paper of unknown fate; `again` prints a COPY. */
  settle: staff(STAFFED).input(z.object({ jobId: Id, fate: z.enum(['printed', 'again', 'give-up']) })).output(DeskView),
}

export const units = {
  find: staff(STAFFED, EVERYBODY).input(z.object({ text: z.string().max(128) })).output(z.array(UnitCard)),
  timeline: staff(STAFFED, EVERYBODY).input(z.object({ unitId: Id })).output(z.array(TimelineEntry)),
  /** Prints the label of a piece and tells what became of it; `unknown` is for a person to look at. */
  printLabel: staff(STAFFED)
    .input(z.object({ unitId: Id }))
    .output(z.object({ outcome: z.enum(['printed', 'not-printed', 'unknown']), why: z.string().nullable() })),
  /** Gives out the next of the shop's own numbers, and puts it on a piece where one is named. */
  issueNumber: staff(STAFFED)
    .input(z.object({ unitId: Id.nullable() }))
    .output(z.object({ number: z.string(), left: z.int() })),
  /** Binds a piece to the chip under its radio tag, so that a copy of the tag is seen later. */
  bindTag: staff(STAFFED, ['supervisor', 'manager', 'service'])
    .input(z.object({ unitId: Id, epc: z.string().max(256), tid: z.string().max(64) }))
    .output(z.object({ stid: z.string() })),
}

/** What a number could be, field by field: for the bench and for support. */
export const Reading = z.object({
  what: z.string(),
  ok: z.boolean(),
  code: z.string().nullable(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
})

const Device = z.object({ deviceId: Id })

export const devices = {
  /** The health page, whole. */
  health: staff(STAFFED).output(DevicesView),
  /** The same again at every change, the present one first. */
  changed: staff(STAFFED).output(eventIterator(DevicesView)),
  /** Looks at once for what is plugged in, and again at every device that is not ready. */
  look: staff(STAFFED).output(DevicesView),
  /** Puts a device into use: opened at once and kept in the settings. */
  use: staff(STAFFED, ['supervisor', 'manager', 'service'])
    .input(z.object({ role: UsableRole, address: DeviceAddressText }))
    .output(DevicesView),
  forget: staff(STAFFED, ['supervisor', 'manager', 'service']).input(Device).output(DevicesView),
  /** The last of what passed on the line, oldest first. It holds scans: it is shown, and kept nowhere. */
  traffic: staff(STAFFED).input(Device).output(z.array(TrafficLine)),
  /** States, counters and traffic of all devices as a text to mail, without anything of a person. */
  supportFile: staff(STAFFED).output(SavedText),
  /** Records what passes on a line, both ways with its times. It holds scans: the screen says so before. */
  startTape: staff(STAFFED, ['supervisor', 'manager', 'service']).input(Device).output(DevicesView),
  stopTape: staff(STAFFED, ['supervisor', 'manager', 'service']).input(Device).output(SavedText),
  /** A test of one device: what it then says is shown and goes into no sale. `go: false` ends it. */
  selfTest: staff(STAFFED).input(Device.extend({ go: z.boolean() })).output(DevicesView),
  /** Says of a tag that cannot be told apart whether it belongs to the cart. */
  judgeTag: staff(STAFFED).input(Device.extend({ tag: z.string().max(128), takes: z.boolean() })).output(DevicesView),
  /** Writes this shop's power and region into a reader that is set otherwise. */
  setUpPad: staff(STAFFED, ['supervisor', 'manager', 'service']).input(Device).output(DevicesView),
  /** The switches of the practice devices; in the demo shop only. */
  practice: anyone(STAFFED).input(PracticeDeed).output(DevicesView),
  testPrint: staff(STAFFED).input(z.object({ deviceId: Id })).output(DeskView),
  openDrawer: withRight(['counter'], 'open-drawer').input(z.object({ deviceId: Id })).output(DeskView),
  explain: staff(STAFFED)
    .input(z.object({ text: ScanText, hex: z.boolean() }))
    .output(z.object({ bytesHex: z.string(), aim: z.string().nullable(), readings: z.array(Reading) })),
}

export const demo = {
  /** Things that can be scanned in the demo shop, one for each story worth seeing. */
  examples: anyone(EVERY_SEAT).output(
    z.array(z.object({ story: z.string(), text: z.string(), name: z.string(), price_cents: Cents.nullable() })),
  ),
  /** Throws the demo shop away and leaves an empty till. */
  remove: withRight(['counter', 'service'], 'settings').output(DeskView),
}

export const contract = { desk, session, sale, returns, check, kiosk, shift, papers, units, devices, demo }
export type Contract = typeof contract
