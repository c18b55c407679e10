import type { Notice } from '../../../contract/notice.ts'
import { cardScanned, type CustomersAtDesk } from '../customers/card-at-desk.ts'
import { say } from '../flows/say.ts'
import type { Ground } from '../ground.ts'
import type { Aside } from '../scans/found.ts'
import type { Writing } from '../store/store.ts'

/** What staff are told of a card that belongs to no flow; a customer's goes into the sale that is in front. */
export function sayAside(
  ground: Ground,
  db: Writing,
  aside: Aside,
  { customers, maySell, staffId }: { customers: CustomersAtDesk | null; maySell: boolean; staffId: string | null },
): Notice {
  switch (aside.is) {
    case 'customer-card':
      return cardScanned(ground, db, customers, { number: aside.number, maySell, staffId })
    case 'badge':
      return say(ground, 'info', aside.staffId === staffId ? 'own-badge' : 'badge-of', { name: aside.name })
    default:
      return say(ground, 'info', aside.is, { number: aside.number })
  }
}
