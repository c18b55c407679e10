import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const authoritiesHandlers = (os: Os, core: RunningCore) => ({
  list: os.authorities.list.handler(() => core.shop.authorities.list()),
  ask: os.authorities.ask.handler(({ input }) => valueOf(core.shop.authorities.ask(input))),
})
