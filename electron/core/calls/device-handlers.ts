import { explain } from '../scans/explain.ts'
import { latestOnly } from './latest-only.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const devicesHandlers = (os: Os, core: RunningCore) => ({
  health: os.devices.health.handler(() => core.shop.counter.view()),
  changed: os.devices.changed.handler(({ signal }) =>
    latestOnly(() => core.shop.counter.view(), (listener) => core.feed.subscribe(() => listener(core.shop.counter.view())), signal),
  ),
  look: os.devices.look.handler(() => core.shop.counter.look()),
  use: os.devices.use.handler(async ({ input }) => valueOf(await core.shop.counter.use(input.role, input.address))),
  forget: os.devices.forget.handler(async ({ input }) => valueOf(await core.shop.counter.forget(input.deviceId))),
  traffic: os.devices.traffic.handler(({ input }) => core.shop.counter.traffic(input.deviceId)),
  supportFile: os.devices.supportFile.handler(() => core.shop.counter.supportFile()),
  startTape: os.devices.startTape.handler(async ({ input }) => valueOf(await core.shop.counter.startTape(input.deviceId))),
  stopTape: os.devices.stopTape.handler(({ input }) => valueOf(core.shop.counter.stopTape(input.deviceId))),
  selfTest: os.devices.selfTest.handler(async ({ input }) => valueOf(await core.shop.counter.selfTest(input.deviceId, input.go))),
  judgeTag: os.devices.judgeTag.handler(({ input }) => valueOf(core.shop.counter.judgeTag(input.deviceId, input.tag, input.takes))),
  setUpPad: os.devices.setUpPad.handler(({ input }) => valueOf(core.shop.counter.setUpPad(input.deviceId))),
  practice: os.devices.practice.handler(({ input }) => valueOf(core.shop.counter.practise(input))),
  endOfDay: os.devices.endOfDay.handler(async () => valueOf(await core.shop.counter.endOfDay())),
  askTerminal: os.devices.askTerminal.handler(async ({ input }) => valueOf(await core.shop.counter.askTerminal(input.what))),
  atExit: os.devices.atExit.handler(({ input }) => valueOf(core.shop.counter.atExit(input.choice))),
  setTagPasswords: os.devices.setTagPasswords.handler(({ input }) => valueOf(core.shop.counter.setTagPasswords(input))),
  testPrint: os.devices.testPrint.handler(() => valueOf(core.shop.testPrint())),
  openDrawer: os.devices.openDrawer.handler(async () => valueOf(await core.shop.openDrawer())),
  explain: os.devices.explain.handler(({ input }) => valueOf(explain(input.text, input.hex, core.shop.today()))),
})
