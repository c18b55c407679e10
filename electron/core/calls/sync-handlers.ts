import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const syncHandlers = (os: Os, core: RunningCore) => ({
  panel: os.sync.panel.handler(() => core.shop.sync.panel()),
  join: os.sync.join.handler(async ({ input }) => valueOf(await core.shop.sync.join(input.url, input.code))),
  retry: os.sync.retry.handler(() => core.shop.sync.retry()),
  settle: os.sync.settle.handler(({ input }) => valueOf(core.shop.sync.settle(input.caseId, input.way, input.note))),
})
