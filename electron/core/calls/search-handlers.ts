import type { Os, RunningCore } from './implementer.ts'

export const searchHandlers = (os: Os, core: RunningCore) => ({
  find: os.search.find.handler(({ input }) => core.shop.search.find(input.text)),
  pieces: os.search.pieces.handler(({ input }) => core.shop.search.pieces(input.productId)),
  everywhere: os.search.everywhere.handler(({ input }) => core.shop.search.everywhere(input)),
})
