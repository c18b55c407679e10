import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { DeviceAddressText, DevicesView, PracticeDeed, SavedText, TagPassword, TrafficLine, UsableRole } from '../device-view.ts'
import { Id, ScanText } from '../ids.ts'
import { anyone, staff, STAFFED, withRight } from './allowed.ts'

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
  /** The card terminal's end of day; how it ended stands on the health page, with its slip as a paper. */
  endOfDay: withRight(STAFFED, 'shift').output(DevicesView),
  /** Asks the card terminal whether it can be spoken to, or what its last transaction was. */
  askTerminal: staff(STAFFED).input(z.object({ what: z.enum(['status', 'last']) })).output(DevicesView),
  /** The customer's choice for the tags of the sale just paid; `keep` ends what was begun. */
  atExit: staff(['counter']).input(z.object({ choice: z.enum(['keep', 'mute', 'kill']) })).output(DevicesView),
  /** The passwords that the shop's tags were written with; null forgets one. */
  setTagPasswords: withRight(STAFFED, 'settings')
    .input(z.object({ access: TagPassword.nullable(), kill: TagPassword.nullable() }))
    .output(DevicesView),
  testPrint: staff(STAFFED).input(z.object({ deviceId: Id })).output(DeskView),
  openDrawer: withRight(['counter'], 'open-drawer').input(z.object({ deviceId: Id })).output(DeskView),
  explain: staff(STAFFED)
    .input(z.object({ text: ScanText, hex: z.boolean() }))
    .output(z.object({ bytesHex: z.string(), aim: z.string().nullable(), readings: z.array(Reading) })),
}
