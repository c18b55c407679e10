import type { Os, RunningCore } from './implementer.ts'

export const figuresHandlers = (os: Os, core: RunningCore) => ({
  counter: os.figures.counter.handler(({ input }) => core.shop.figures(input.day)),
})
