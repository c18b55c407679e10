import type { IdentityChannel } from '../../../contract/identity/identity.ts'
import { latestOnly } from './latest-only.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

/** The ways in which a window hands over a scan, as the resolver knows them. */
const CHANNELS = {
  typed: 'keyboard', wedge: 'scanner', simulated: 'scanner', camera: 'camera', rfid: 'rfid', nfc: 'nfc',
} as const satisfies Record<string, IdentityChannel>

export const deskHandlers = (os: Os, core: RunningCore) => ({
  view: os.desk.view.handler(() => core.shop.desk.view()),
  changed: os.desk.changed.handler(({ signal }) => latestOnly(() => core.shop.desk.view(), (listener) => core.feed.subscribe(listener), signal)),
  scan: os.desk.scan.handler(({ input }) => valueOf(core.shop.scanned({ text: input.text, aim: input.aim, channel: CHANNELS[input.via], tid: input.tid ?? null }))),
  go: os.desk.go.handler(({ input }) => valueOf(core.shop.desk.go(input.to, input.unitId, input.shown))),
  setLanguage: os.desk.setLanguage.handler(({ input }) => valueOf(core.shop.desk.setLanguage(input.language))),
})
