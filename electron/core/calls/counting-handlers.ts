import { latestOnly } from './latest-only.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const countingHandlers = (os: Os, core: RunningCore) => ({
  desk: os.counting.desk.handler(() => core.shop.counting.desk()),
  listen: os.counting.listen.handler(async function* ({ signal }) {
    const { counting } = core.shop
    const leave = counting.listen()
    try {
      yield* latestOnly(() => counting.view(), (listener) => core.feed.subscribe(() => listener(counting.view())), signal)
    } finally {
      leave()
    }
  }),
  begin: os.counting.begin.handler(({ input }) => valueOf(core.shop.counting.begin(input))),
  join: os.counting.join.handler(({ input }) => valueOf(core.shop.counting.join(input.countId))),
  scan: os.counting.scan.handler(({ input }) => valueOf(core.shop.counting.scan(input.text))),
  choose: os.counting.choose.handler(({ input }) => valueOf(core.shop.counting.choose(input.unitId))),
  takeIn: os.counting.takeIn.handler(({ input }) => valueOf(core.shop.counting.takeIn(input.unitId))),
  differences: os.counting.differences.handler(() => valueOf(core.shop.counting.differences())),
  finish: os.counting.finish.handler(() => valueOf(core.shop.counting.finish())),
  handIn: os.counting.handIn.handler(() => valueOf(core.shop.counting.handIn())),
  drop: os.counting.drop.handler(() => valueOf(core.shop.counting.drop())),
  csv: os.counting.csv.handler(({ input }) => valueOf(core.shop.counting.csv(input.countId))),
})
