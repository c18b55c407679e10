import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const customersHandlers = (os: Os, core: RunningCore) => ({
  find: os.customers.find.handler(({ input }) => core.shop.findCustomers(input.text)),
  view: os.customers.view.handler(({ input }) => valueOf(core.shop.customers.view(input.customerId))),
  create: os.customers.create.handler(({ input }) => valueOf(core.shop.customers.create(input.details, input.consents, input.flowId))),
  change: os.customers.change.handler(({ input }) => valueOf(core.shop.customers.change(input.customerId, input.details, input.consents))),
  choose: os.customers.choose.handler(({ input }) => valueOf(core.shop.customers.choose(input.flowId, input.customerId))),
  tell: os.customers.tell.handler(({ input }) => valueOf(core.shop.customers.tell(input.customerId))),
  erase: os.customers.erase.handler(({ input }) => valueOf(core.shop.customers.erase(input.customerId))),
})
