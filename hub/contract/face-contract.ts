import { imports, customers, doors } from './office-calls.ts'
import { people } from './people-calls.ts'
import { prices } from './price-calls.ts'
import { reports } from './report-calls.ts'
import { catalogue, lists, policy, staff, stock } from './shop-calls.ts'
import { cases, live, tills, units } from './till-calls.ts'

/** Every call that a page of the centre can make. */
export const faceContract = {
  people, tills, live, cases, units, lists, catalogue, prices, staff, policy, stock, reports, imports, doors, customers,
}
export type FaceContract = typeof faceContract
