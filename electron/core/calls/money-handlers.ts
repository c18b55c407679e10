import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const moneyHandlers = (os: Os, core: RunningCore) => ({
  credit: os.money.credit.handler(({ input }) => valueOf(core.shop.money.credit(input.number))),
  giveVoucher: os.money.giveVoucher.handler(({ input }) => valueOf(core.shop.money.giveVoucher(input))),
  cancelDeposit: os.money.cancelDeposit.handler(({ input }) => valueOf(core.shop.money.cancelDeposit(input.number))),
  journal: os.money.journal.handler(({ input }) => core.shop.money.journal(input.query, input.after)),
  purchasesElsewhere: os.money.purchasesElsewhere.handler(async ({ input }) => valueOf(await core.shop.asking.findPurchases(input.query))),
  journalCsv: os.money.journalCsv.handler(({ input }) => core.shop.money.journalCsv(input.query)),
  people: os.money.people.handler(() => core.shop.money.people()),
})
