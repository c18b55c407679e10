import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const sessionHandlers = (os: Os, core: RunningCore) => ({
  signIn: os.session.signIn.handler(async ({ input }) => valueOf(await core.shop.signIn(input.staffId, input.pin))),
  signOut: os.session.signOut.handler(() => core.shop.signOut()),
  stay: os.session.stay.handler(() => core.shop.stay()),
  stepUp: os.session.stepUp.handler(async ({ input }) => valueOf(await core.shop.stepUp(input))),
  stepDown: os.session.stepDown.handler(() => core.shop.stepDown()),
  people: os.session.people.handler(() => core.shop.people()),
  lenders: os.session.lenders.handler(({ input }) => core.shop.lenders(input.right)),
  setUp: os.session.setUp.handler(async ({ input }) => valueOf(await core.shop.setUp(input))),
})
