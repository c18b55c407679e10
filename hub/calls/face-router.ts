import type { Office } from '../people/office.ts'
import { faceImplementer } from './implementer.ts'
import { officeHandlers } from './office-handlers.ts'
import { peopleHandlers } from './people-handlers.ts'
import { priceHandlers } from './price-handlers.ts'
import { reportHandlers } from './report-handlers.ts'
import { shopHandlers } from './shop-handlers.ts'
import { tillHandlers } from './till-handlers.ts'

/** Every call of the centre's face; one without a handler does not compile. */
export function faceRouter(office: Office) {
  const os = faceImplementer()
  return os.router({
    people: peopleHandlers(os.people, office),
    prices: priceHandlers(os.prices, office),
    reports: reportHandlers(os.reports, office),
    ...tillHandlers(os, office),
    ...shopHandlers(os, office),
    ...officeHandlers(os, office),
  })
}
