import { eventIterator } from '@orpc/contract'
import { CustomerScreen } from '../customer-screen.ts'
import { anyone } from './allowed.ts'

/** All that the customer's screen may ask: it looks, and does nothing. */
export const display = {
  /** The whole screen again at every change, the present one first. */
  changed: anyone(['display']).output(eventIterator(CustomerScreen)),
}
