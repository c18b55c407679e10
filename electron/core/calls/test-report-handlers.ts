import { reportsOf, takeReport } from '../test-reports/test-reports.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const testReportHandlers = (os: Os, core: RunningCore) => ({
  ofUnit: os.testReports.ofUnit.handler(({ input }) => reportsOf(core.shop.desk.ground, input.unitId)),
  take: os.testReports.take.handler(({ input }) => {
    valueOf(core.shop.desk.act('', (deed) => takeReport(deed, input.unitId, input.text)))
    return reportsOf(core.shop.desk.ground, input.unitId)
  }),
})
