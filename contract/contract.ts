import { activations } from './calls/activation-calls.ts'
import { cases } from './calls/case-calls.ts'
import { check } from './calls/check-calls.ts'
import { clock } from './calls/clock-calls.ts'
import { counting } from './calls/counting-calls.ts'
import { customers } from './calls/customer-calls.ts'
import { demo } from './calls/demo-calls.ts'
import { desk } from './calls/desk-calls.ts'
import { devices } from './calls/device-calls.ts'
import { display } from './calls/display-calls.ts'
import { exchange } from './calls/exchange-calls.ts'
import { figures } from './calls/figures-calls.ts'
import { inspections } from './calls/inspection-calls.ts'
import { kiosk } from './calls/kiosk-calls.ts'
import { marks } from './calls/mark-calls.ts'
import { mending } from './calls/mending-calls.ts'
import { money } from './calls/money-calls.ts'
import { papers } from './calls/paper-calls.ts'
import { policy } from './calls/policy-calls.ts'
import { reservations } from './calls/reservation-calls.ts'
import { returns } from './calls/return-calls.ts'
import { sale } from './calls/sale-calls.ts'
import { search } from './calls/search-calls.ts'
import { service } from './calls/service-calls.ts'
import { session } from './calls/session-calls.ts'
import { shift } from './calls/shift-calls.ts'
import { shipments } from './calls/shipment-calls.ts'
import { sync } from './calls/sync-calls.ts'
import { testReports } from './calls/test-report-calls.ts'
import { tradeIns } from './calls/trade-in-calls.ts'
import { units } from './calls/unit-calls.ts'
import { vendors } from './calls/vendor-calls.ts'

/** Every call that a window can make of the till, by the room of the shop it is about. */
export const contract = {
  activations, cases, check, clock, counting, customers, demo, desk, devices, display, exchange, figures, inspections, kiosk, marks, mending, money, papers,
  policy, reservations, returns, sale, search, service, session, shift, shipments, sync, testReports, tradeIns, units, vendors,
}
export type Contract = typeof contract
