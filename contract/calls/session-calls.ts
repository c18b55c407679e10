import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { Id } from '../ids.ts'
import { Currency } from '../money.ts'
import { Pin } from '../pin.ts'
import { Right } from '../roles.ts'
import { StaffTile } from '../staff-tile.ts'
import { anyone, EVERYBODY, staff, STAFFED } from './allowed.ts'

export const session = {
  signIn: anyone(STAFFED).input(z.object({ staffId: Id, pin: Pin })).output(DeskView),
  signOut: staff(STAFFED, EVERYBODY).output(DeskView),
  /** Somebody is at the till, also while nothing is asked of the core: a till in use does not lock itself. */
  stay: staff(STAFFED, EVERYBODY).output(z.null()),
  /** A colleague lends one right for the next act; the person at the till stays signed in. */
  stepUp: staff(STAFFED, EVERYBODY)
    .input(z.object({ right: Right, staffId: Id, pin: Pin, reason: z.string().max(200) }))
    .output(DeskView),
  /** Gives a lent right back unused. */
  stepDown: staff(STAFFED, EVERYBODY).output(DeskView),
  /** Everybody who could take over this till. */
  people: staff(STAFFED, EVERYBODY).output(z.array(StaffTile)),
  /** Who could lend a right here. */
  lenders: staff(STAFFED, EVERYBODY).input(z.object({ right: Right })).output(z.array(StaffTile)),
  /** The first start of a till that has no shop: names it and makes its manager. Refused once there is one. */
  setUp: anyone(STAFFED)
    .input(
      z.object({
        shopName: z.string().trim().min(1).max(80),
        country: z.string().regex(/^[A-Z]{2}$/),
        currency: Currency,
        managerName: z.string().trim().min(1).max(80),
        pin: Pin,
      }),
    )
    .output(DeskView),
}
