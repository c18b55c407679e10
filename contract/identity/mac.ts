import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** A network interface's address (IEEE 802, EUI-48). */
export interface Mac {
  /** Lower case with colons. */
  readonly mac: string
  /** The maker's prefix, six hexadecimal digits. */
  readonly oui: string
  /** Made up by software, as phones do for privacy: never a device's identity. */
  readonly locallyAdministered: boolean
}

const FORMS = [
  /^.{2}(:.{2}){5}$/s,
  /^.{2}(-.{2}){5}$/s,
  /^.{4}(\..{4}){2}$/s,
  /^[^:\-.]{12}$/s,
] as const

/** Reads `aa:bb:…`, `aa-bb-…`, `aabb.ccdd.eeff` or 12 digits. Refuses zero, broadcast and multicast addresses. */
export function readMac(value: string): Outcome<Mac> {
  const text = value.trim()
  if (text === '') return refused('EMPTY', 0)
  if (!FORMS.some((form) => form.test(text))) return refused('FORMAT')
  const hex = text.replace(/[:\-.]/g, '').toLowerCase()
  if (!/^[0-9a-f]{12}$/.test(hex)) return refused('CHARSET')
  const firstByte = Number.parseInt(hex.slice(0, 2), 16)
  if (/^0+$/.test(hex) || (firstByte & 1) === 1) return refused('IMPLAUSIBLE')
  const mac = (hex.match(/../g) ?? []).join(':')
  return { ok: true, mac, oui: hex.slice(0, 6), locallyAdministered: (firstByte & 2) !== 0 }
}
