import type { Office } from '../people/office.ts'
import { salesPerDay, stockAge, traceability, warranty } from '../reports/days.ts'
import { deliveries } from '../reports/deliveries.ts'
import { fraudsStopped } from '../reports/frauds.ts'
import { losses } from '../reports/losses.ts'
import { rates } from '../reports/rates.ts'
import type { FaceOs } from './implementer.ts'

export function reportHandlers(os: FaceOs['reports'], { db, now_ms }: Office) {
  return {
    rates: os.rates.handler(({ input }) => rates(db, input, input.by)),
    sales: os.sales.handler(({ input }) => salesPerDay(db, input)),
    warranty: os.warranty.handler(({ input }) => warranty(db, input)),
    stockAge: os.stockAge.handler(({ input }) => stockAge(db, input.storeId, now_ms())),
    losses: os.losses.handler(({ input }) => losses(db, input)),
    deliveries: os.deliveries.handler(({ input }) => deliveries(db, input)),
    frauds: os.frauds.handler(({ input }) => fraudsStopped(db, input)),
    traceability: os.traceability.handler(({ input }) => traceability(db, input)),
  }
}
