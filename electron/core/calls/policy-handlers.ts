import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const policyHandlers = (os: Os, core: RunningCore) => ({
  view: os.policy.view.handler(() => core.shop.policy.view()),
  preview: os.policy.preview.handler(({ input }) => core.shop.policy.preview(input.draft)),
  save: os.policy.save.handler(({ input }) => valueOf(core.shop.policy.save(input))),
  trial: os.policy.trial.handler(() => valueOf(core.shop.policy.trial())),
  putInForce: os.policy.putInForce.handler(({ input }) => valueOf(core.shop.policy.putInForce(input.version))),
  withdraw: os.policy.withdraw.handler(({ input }) => valueOf(core.shop.policy.withdraw(input.version))),
})
