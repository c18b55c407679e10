import { z } from 'zod'
import { Consent } from '../../contract/customer.ts'
import { Language } from '../../contract/ids.ts'
import { SaidAt, Tellings } from '../../contract/sync/customer-wire.ts'
import { allSaid, saidOnceMore, wordsBetween, type DatedPerson, type Person } from '../../contract/sync/person-merge.ts'
import { instant, newId } from '../ground.ts'
import type { Office } from '../people/office.ts'

/** What is known of a person; kept sealed, as one text. */
export const Known = z.object({
  name: z.string(), email: z.string(), phone: z.string(), address: z.string(), language: Language.nullable(),
  card: z.string().default(''), note: z.string().default(''), consents: z.array(Consent).default([]),
  /** When each word was said; null where it was written before that was kept: all of them with the last change. */
  saidAt: SaidAt.nullable().default(null),
  /** By which tellings each word came to stand; empty where it was written before that was kept. */
  tellings: Tellings.default({}),
})
export type Known = z.infer<typeof Known>

/** What lies sealed of a person, opened; null where nothing does: the person was erased. */
export const knownOf = (office: Pick<Office, 'sealing'>, { id, sealed }: { readonly id: string; readonly sealed: Buffer | null }): Known | null =>
  sealed === null ? null : Known.parse(JSON.parse(office.sealing.open(id, sealed)))

/** The person as it is told, with the date of each word; `changed_at` is that of the last. */
export function personOf({ consents, saidAt, tellings, ...details }: Known, { changed_at }: { readonly changed_at: string | null }): DatedPerson {
  return { details, consents, saidAt: saidAt ?? allSaid(changed_at ?? ''), tellings }
}

/** What is known after a change at the centre: what differs from before, and `said` even if it does not, was said `at` this date. */
export function saidNow(after: Person, at: string, before: DatedPerson | null, said: readonly string[] = []): Known {
  const words = [...said, ...wordsBetween(before, after)]
  return {
    ...after.details, consents: [...after.consents],
    saidAt: { ...before?.saidAt, ...Object.fromEntries(words.map((word) => [word, at])) }, tellings: saidOnceMore(before?.tellings ?? {}, words, newId()),
  }
}

/** All that a person is found by; hashed under a key before it is kept. */
export const findingsOf = (known: Pick<Known, 'email' | 'phone' | 'card'>): string[] =>
  [known.email, phoneKey(known.phone), known.card === '' ? '' : cardKey(known.card)].filter((key) => key !== '')

export const cardKey = (card: string): string => `card:${card.trim().toUpperCase()}`

/** The last digits alone: people leave the country away and programs write it. */
export const phoneKey = (phone: string): string => phone.replace(/\D/gu, '').replace(/^0+/u, '').slice(-8)

/** The centre's own date of a change: later than that of the one before, whatever its clock says. */
export const newest = (office: Pick<Office, 'now_ms'>, { changed_at }: { readonly changed_at: string | null }): string =>
  instant(Math.max(office.now_ms(), changed_at === null ? 0 : Date.parse(changed_at) + 1))
