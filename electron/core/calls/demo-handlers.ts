import { cents } from '../../../contract/money.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const demoHandlers = (os: Os, core: RunningCore) => ({
  examples: os.demo.examples.handler(() =>
    core.shop.examples().map((example) => ({ ...example, price_cents: example.price_cents === null ? null : cents(example.price_cents) })),
  ),
  remove: os.demo.remove.handler(async () => valueOf(await core.shop.removeDemo())),
})
