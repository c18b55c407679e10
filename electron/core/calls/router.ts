import { activationsHandlers } from './activation-handlers.ts'
import { authoritiesHandlers } from './authority-handlers.ts'
import { casesHandlers } from './case-handlers.ts'
import { checkHandlers } from './check-handlers.ts'
import { clockHandlers } from './clock-handlers.ts'
import { countingHandlers } from './counting-handlers.ts'
import { customersHandlers } from './customer-handlers.ts'
import { demoHandlers } from './demo-handlers.ts'
import { deskHandlers } from './desk-handlers.ts'
import { devicesHandlers } from './device-handlers.ts'
import { displayHandlers } from './display-handlers.ts'
import { figuresHandlers } from './figures-handlers.ts'
import { exchangeHandlers } from './exchange-handlers.ts'
import { inspectionsHandlers } from './inspection-handlers.ts'
import { kioskHandlers } from './kiosk-handlers.ts'
import { marksHandlers } from './mark-handlers.ts'
import { mendingHandlers } from './mending-handlers.ts'
import { moneyHandlers } from './money-handlers.ts'
import { papersHandlers } from './paper-handlers.ts'
import { parcelHandlers } from './parcel-handlers.ts'
import { policyHandlers } from './policy-handlers.ts'
import { reservationHandlers } from './reservation-handlers.ts'
import { returnsHandlers } from './return-handlers.ts'
import { saleHandlers } from './sale-handlers.ts'
import { serviceHandlers } from './service-handlers.ts'
import { searchHandlers } from './search-handlers.ts'
import { sessionHandlers } from './session-handlers.ts'
import { shipmentHandlers } from './shipment-handlers.ts'
import { shiftHandlers } from './shift-handlers.ts'
import { syncHandlers } from './sync-handlers.ts'
import { testReportHandlers } from './test-report-handlers.ts'
import { tradeInsHandlers } from './trade-in-handlers.ts'
import { unitsHandlers } from './unit-handlers.ts'
import { vendorsHandlers } from './vendor-handlers.ts'
import { implementer } from './implementer.ts'
import type { RunningCore } from './implementer.ts'

/** The handlers of the contract: thin, one file a room of the contract. */
export function routerOf(core: RunningCore) {
  const os = implementer(core)
  return os.router({
    desk: deskHandlers(os, core),
    search: searchHandlers(os, core),
    counting: countingHandlers(os, core),
    customers: customersHandlers(os, core),
    figures: figuresHandlers(os, core),
    session: sessionHandlers(os, core),
    clock: clockHandlers(os, core),
    sale: saleHandlers(os, core),
    returns: returnsHandlers(os, core),
    activations: activationsHandlers(os, core),
    authorities: authoritiesHandlers(os, core),
    cases: casesHandlers(os, core),
    inspections: inspectionsHandlers(os, core),
    testReports: testReportHandlers(os, core),
    exchange: exchangeHandlers(os, core),
    tradeIns: tradeInsHandlers(os, core),
    check: checkHandlers(os, core),
    kiosk: kioskHandlers(os, core),
    policy: policyHandlers(os, core),
    mending: mendingHandlers(os, core),
    shift: shiftHandlers(os, core),
    marks: marksHandlers(os, core),
    money: moneyHandlers(os, core),
    papers: papersHandlers(os, core),
    parcels: parcelHandlers(os, core),
    units: unitsHandlers(os, core),
    service: serviceHandlers(os, core),
    vendors: vendorsHandlers(os, core),
    shipments: shipmentHandlers(os, core),
    reservations: reservationHandlers(os, core),
    devices: devicesHandlers(os, core),
    display: displayHandlers(os, core),
    demo: demoHandlers(os, core),
    sync: syncHandlers(os, core),
  })
}
