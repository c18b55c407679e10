import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const activationsHandlers = (os: Os, core: RunningCore) => ({
  ofSale: os.activations.ofSale.handler(({ input }) => core.shop.activations.ofSale(input.saleId)),
  open: os.activations.open.handler(() => core.shop.activations.open()),
  act: os.activations.act.handler(({ input }) => valueOf(core.shop.activations.act(input))),
})
