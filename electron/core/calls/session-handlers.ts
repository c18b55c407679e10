import { touchSession } from '../people/session.ts'
import { staffOf, tileOf } from '../people/staff.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const sessionHandlers = (os: Os, core: RunningCore) => ({
  signIn: os.session.signIn.handler(async ({ input }) => valueOf(await core.shop.signIn(input.staffId, input.pin))),
  signOut: os.session.signOut.handler(() => core.shop.signOut()),
  stay: os.session.stay.handler(() => {
    touchSession(core.shop.desk.ground)
    return null
  }),
  stepUp: os.session.stepUp.handler(async ({ input }) => valueOf(await core.shop.stepUp(input))),
  stepDown: os.session.stepDown.handler(() => core.shop.stepDown()),
  people: os.session.people.handler(() => {
    const { ground } = core.shop.desk
    return staffOf(ground).map((row) => tileOf(ground, row))
  }),
  lenders: os.session.lenders.handler(({ input }) => core.shop.lenders(input.right)),
  setUp: os.session.setUp.handler(async ({ input }) => valueOf(await core.shop.setUp(input))),
})
