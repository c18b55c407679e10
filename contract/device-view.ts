import { z } from 'zod'
import { Id, Instant, ScanText } from './ids.ts'

export const DeviceRole = z.enum(['scanner', 'printer', 'pad', 'terminal', 'display', 'drawer', 'label-printer'])
export type DeviceRole = z.infer<typeof DeviceRole>

/** One device as the counter sees it: what it is, whether it works, and what to do if it does not. */
export const DeviceView = z.object({
  deviceId: Id,
  role: DeviceRole,
  name: z.string(),
  address: z.string(),
  /** Code with words `device.<state>`. */
  state: z.enum([
    'searching', 'opening', 'ready', 'lost', 'not-allowed', 'busy', 'refused', 'no-library', 'paper-end', 'paper-low',
    'cover-open', 'offline', 'error', 'closed', 'silent', 'time-out', 'drawer-open',
  ]),
  since: Instant,
  lastEventAt: Instant.nullable(),
  events: z.int(),
  garbled: z.int(),
})
export type DeviceView = z.infer<typeof DeviceView>

/** Which part a found device can play at this counter. */
export const UsableRole = z.enum(['scanner', 'pad', 'printer', 'display', 'label-printer', 'terminal'])
export type UsableRole = z.infer<typeof UsableRole>

/** Where a device is, as `--scanner` and its kin write it. */
export const DeviceAddressText = z.string().min(1).max(256).regex(/^[\x20-\x7e]+$/)

/** Something plugged in that nobody uses yet. A serial adapter says nothing of what is behind it: a person chooses. */
export const FoundDevice = z.object({
  address: DeviceAddressText,
  name: z.string(),
  roles: z.array(UsableRole).min(1),
  practice: z.boolean(),
})
export type FoundDevice = z.infer<typeof FoundDevice>

/** One line of what a test of a device shows. `code` has words `device-test.<code>`, or the text speaks for itself. */
export const TestLine = z.object({ code: z.enum(['text', 'aim', 'symbology', 'hex', 'tag', 'garbled']), text: z.string() })

export const SelfTest = z.object({
  /** `waiting` for a person to scan or to place a tag; `over` when nothing came in time or the device said no. */
  at: z.enum(['waiting', 'arrived', 'over']),
  lines: z.array(TestLine),
  /** Why it is over, as a code with words `why.<code>`; null while it is not. */
  why: z.string().nullable(),
})
export type SelfTest = z.infer<typeof SelfTest>

/** A tag that a person is asked about, with the name of the piece where the till knows it. */
export const PadTag = z.object({ tag: z.string(), name: z.string().nullable(), rssi_dbm: z.number().nullable() })
export type PadTag = z.infer<typeof PadTag>

export const PadSetting = z.object({ setting: z.enum(['power', 'region']), is: z.string(), wanted: z.string() })

export const PadView = z.object({
  radio: z.boolean(),
  /** The first moments of a sale: what is read now belongs to the shelf behind the pad, which should be empty. */
  learning: z.boolean(),
  /** `differs`: the reader is not set as this shop wants it; it is changed only when a person says so. */
  settings: z.enum(['reading', 'same', 'differs', 'writing', 'failed']),
  differences: z.array(PadSetting),
  present: z.array(PadTag),
  unsure: z.array(PadTag),
  strays: z.array(PadTag),
})
export type PadView = z.infer<typeof PadView>

/** What a card terminal is doing beside payments, and what it said when it was last asked. */
export const TerminalHealth = z.object({
  /** A stand-alone one: it has no line, and is asked nothing. */
  byHand: z.boolean(),
  busyWith: z.enum(['end-of-day', 'status', 'last']).nullable(),
  last: z
    .object({
      at: Instant,
      told: z.boolean(),
      approved: z.boolean(),
      amount_cents: z.int().nullable(),
      receipt: z.int().nullable(),
      card: z.string().nullable(),
      /** Why it told nothing, as a code with words `card-why.<code>`. */
      why: z.string().nullable(),
    })
    .nullable(),
  dayEnd: z
    .object({
      at: Instant,
      outcome: z.enum(['done', 'not-done', 'unknown']),
      why: z.string().nullable(),
      documentId: Id.nullable(),
      who: z.string(),
    })
    .nullable(),
})
export type TerminalHealth = z.infer<typeof TerminalHealth>

/** A device on the health page. */
export const DeviceHealth = DeviceView.extend({
  opened: z.int(),
  lost: z.int(),
  bytesIn: z.int(),
  bytesOut: z.int(),
  noisy: z.boolean(),
  /** The last event by its kind. */
  lastEvent: z.string().nullable(),
  /** The system's own words for a state that is not good. */
  why: z.string().nullable(),
  /** What the device says of itself: maker, model, firmware. */
  saysOfItself: z.string().nullable(),
  /** False for what was given on the command line: that is taken out where it was given. */
  canForget: z.boolean(),
  taping: z.boolean(),
  test: SelfTest.nullable(),
  pad: PadView.nullable(),
  terminal: TerminalHealth.nullable(),
  /** True for a way to a device that nobody has tried on such a machine yet. */
  untried: z.boolean(),
  /** Where the window of a customer's screen is opened by hand; null for anything else. */
  opensAt: z.string().nullable(),
})
export type DeviceHealth = z.infer<typeof DeviceHealth>

/** What the customer at the practice terminal does next. */
export const PracticeCustomer = z.enum(['pays', 'is-declined', 'cancels', 'walks-away'])
/** Where the line to the practice terminal ends in the next payment. */
export const PracticeLineEnds = z.enum(['never', 'at-request', 'before-booking', 'after-booking', 'after-result'])

/** The switches of practice mode, as they stand; each null while that practice device is not in use. */
export const PracticeView = z.object({
  scanner: z.object({ plugged: z.boolean() }).nullable(),
  pad: z.object({ plugged: z.boolean(), tags: z.array(z.string()) }).nullable(),
  printer: z.object({ paper: z.boolean(), cover: z.enum(['open', 'closed']), silent: z.boolean(), text: z.string() }).nullable(),
  terminal: z
    .object({
      plugged: z.boolean(),
      customer: PracticeCustomer,
      lineEnds: PracticeLineEnds,
      tellsLast: z.boolean(),
      /** What stands in the books of the practice terminal. */
      taken_cents: z.int(),
    })
    .nullable(),
})
export type PracticeView = z.infer<typeof PracticeView>

/** A piece of the sale just paid, and what became of its tag. */
export const ExitTag = z.object({
  unitId: Id,
  name: z.string(),
  serial: z.string().nullable(),
  state: z.enum(['waiting', 'working', 'done', 'not-done', 'unknown']),
  /** Why it is not done, as a code with words `exit-why.<code>`. */
  why: z.string().nullable(),
})
export type ExitTag = z.infer<typeof ExitTag>

/** What the customer may choose for the tags of the sale just paid. */
export const ExitView = z.object({
  flowId: Id,
  /** What the policy of the shop proposes. */
  usual: z.enum(['keep', 'mute', 'kill']),
  /** Killing wants the password that the tags were written with. */
  canKill: z.boolean(),
  /** Null until the customer has chosen; then the pieces are laid on the pad once more. */
  going: z.object({ choice: z.enum(['mute', 'kill']), tags: z.array(ExitTag) }).nullable(),
})
export type ExitView = z.infer<typeof ExitView>

/**
 * Where the till's key to its centre lies: `none`, not made yet; in the system's own place for secrets; in a file that
 * only its owner may read, because the system has no such place; `elsewhere`: it does not open here.
 */
export const TillKeyPlace = z.enum(['none', 'key-store', 'file', 'elsewhere'])
export type TillKeyPlace = z.infer<typeof TillKeyPlace>

/** Eight hexadecimal digits, as tags keep them. */
export const TagPassword = z.string().regex(/^[0-9A-F]{8}$/)

export const DevicesView = z.object({
  devices: z.array(DeviceHealth),
  found: z.array(FoundDevice),
  /** What could not be looked for, such as a library that is missing, in the system's own words. */
  troubles: z.array(z.string()),
  /** Null outside of the demo shop. */
  practice: PracticeView.nullable(),
  /** Null where nothing has just been sold, or no pad that writes tags is ready: then nothing is offered. */
  exit: ExitView.nullable(),
  /** Which passwords of the shop's tags this till has; it never shows them again. */
  tagPasswords: z.object({ access: z.boolean(), kill: z.boolean() }),
  tillKey: TillKeyPlace,
})
export type DevicesView = z.infer<typeof DevicesView>

/** One piece of what passed on a device's line. */
export const TrafficLine = z.object({
  at: Instant,
  way: z.enum(['opened', 'in', 'out', 'closed']),
  hex: z.string(),
  text: z.string(),
})
export type TrafficLine = z.infer<typeof TrafficLine>

/** A text to save as a file. */
export const SavedText = z.object({ fileName: z.string(), text: z.string() })
export type SavedText = z.infer<typeof SavedText>

/** What a person does to the practice devices. Tags are EPCs in hexadecimal, or the number of a piece to make one of. */
export const PracticeDeed = z.discriminatedUnion('do', [
  z.object({ do: z.literal('scan'), text: ScanText }),
  z.object({ do: z.literal('lay'), tag: ScanText }),
  z.object({ do: z.literal('lift'), tag: ScanText }),
  z.object({ do: z.literal('plug'), what: z.enum(['scanner', 'pad']), plugged: z.boolean() }),
  z.object({ do: z.literal('paper'), paper: z.boolean() }),
  z.object({ do: z.literal('cover'), cover: z.enum(['open', 'closed']) }),
  z.object({ do: z.literal('silence'), silent: z.boolean() }),
  z.object({ do: z.literal('tear-off') }),
  z.object({
    do: z.literal('terminal'),
    plugged: z.boolean().optional(),
    customer: PracticeCustomer.optional(),
    lineEnds: PracticeLineEnds.optional(),
    tellsLast: z.boolean().optional(),
  }),
])
export type PracticeDeed = z.infer<typeof PracticeDeed>
