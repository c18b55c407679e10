import type { IdentityChannel } from '../../../contract/identity/identity.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Mirror } from '../mirror/mirror.ts'
import type { Reading } from '../store/store.ts'

/** What came in, by whatever way. The AIM identifier stands apart from the text where the way has one. */
export interface Scan {
  readonly text: string
  readonly aim: string | null
  readonly channel?: IdentityChannel
  /** The chip's own id in hexadecimal, where the reader read it beside the EPC. */
  readonly tid?: string | null
}

/** Where the resolver looks. It only reads. */
export interface Knowledge {
  readonly mirror: Mirror
  /** The precious file: labels, tags and receipts of this till lie over the mirror's. */
  readonly db: Reading
  /** The ISO day of the store. */
  readonly today: string
  readonly storeId: string
  readonly unit: (unitId: string) => KnownUnit | null
  /** Whether a customer of this till has this card. */
  readonly isCustomerCard?: (number: string) => boolean
  readonly staffByBadge: (badge: string) => { readonly id: string; readonly name: string } | null
}
