import { LOGO_BYTES_MAX, PaperTemplate, PLAIN_TEMPLATE } from '../../../contract/paper-template.ts'
import type { Policy } from '../../../contract/policy.ts'
import { greyFromPng } from '../../../native/printers/png.ts'
import { metaValue } from '../store/meta.ts'
import type { Reading } from '../store/store.ts'

/**
 * The template in force: what was set on this till, else what the centre sent for the store or for all stores, else
 * the plain one. A stored template that this version cannot read counts as none: papers come out whatever happens.
 */
export function templateOf(db: Reading, storeId: string, policy: Policy): PaperTemplate {
  const own = PaperTemplate.safeParse(metaValue<unknown>(db, 'paper-template'))
  if (own.success) return own.data
  return policy.papers?.[storeId] ?? policy.papers?.['*'] ?? PLAIN_TEMPLATE
}

/** The pictures that a logo block may name, for whoever draws or prints the document. */
export function picturesOf(template: PaperTemplate): ReadonlyMap<string, Uint8Array> {
  const { logo } = template
  return new Map(logo === null ? [] : [[logo.name, new Uint8Array(Buffer.from(logo.png, 'base64'))]])
}

/** Null when the logo can be printed, else a sentence why not. */
export function logoTrouble({ logo }: PaperTemplate): string | null {
  if (logo === null) return null
  const png = Buffer.from(logo.png, 'base64')
  if (png.length > LOGO_BYTES_MAX) return `${png.length} > ${LOGO_BYTES_MAX} bytes`
  const read = greyFromPng(new Uint8Array(png))
  return typeof read === 'string' ? read : null
}
