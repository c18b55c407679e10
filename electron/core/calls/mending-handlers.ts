import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const mendingHandlers = (os: Os, core: RunningCore) => ({
  look: os.mending.look.handler(() => core.mending?.look() ?? null),
  mend: os.mending.mend.handler(async ({ input }) => valueOf(await core.mend(input.way))),
})
