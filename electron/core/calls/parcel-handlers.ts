import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const parcelHandlers = (os: Os, core: RunningCore) => ({
  ofSale: os.parcels.ofSale.handler(({ input }) => core.shop.parcels.ofSale(input.saleId)),
  list: os.parcels.list.handler(() => core.shop.parcels.list()),
  act: os.parcels.act.handler(({ input }) => valueOf(core.shop.parcels.act(input))),
  paper: os.parcels.paper.handler(({ input }) => valueOf(core.shop.parcels.paper(input.parcelId))),
})
