import { refused } from '../../../contract/identity/outcome.ts'
import type { Outcome } from '../../../contract/identity/outcome.ts'
import type { SunMessage } from './sun.ts'

/** The names of the parameters in a maker's tag address; whoever personalises the tags chooses them. */
export interface SunLayout {
  readonly piccData?: string
  readonly uid?: string
  readonly readCounter?: string
  readonly sdmmac: string
  readonly encFileData?: string
  /** The parameter at whose value the MAC input begins; without it the input is empty. */
  readonly macFrom?: string
}

/** The layout of NXP's own examples: encrypted mirror, no file data. */
export const ENCRYPTED_LAYOUT: SunLayout = { piccData: 'picc_data', sdmmac: 'cmac' }
/** The layout with uid and counter in the plain. */
export const PLAIN_LAYOUT: SunLayout = { uid: 'uid', readCounter: 'ctr', sdmmac: 'cmac' }

/**
 * Takes the parts of a tap out of the tag's web address. The MAC covers the very characters of the address,
 * so nothing is decoded. Refuses an address that lacks a parameter of the layout (`FORMAT`).
 */
export function sunMessageOf(url: string, layout: SunLayout): Outcome<{ message: SunMessage }> {
  const mac = valueIn(url, layout.sdmmac)
  if (mac === null) return refused('FORMAT')
  const from = layout.macFrom === undefined ? null : valueIn(url, layout.macFrom)
  if (layout.macFrom !== undefined && (from === null || from.at > mac.at)) return refused('FORMAT')
  const fields = [layout.piccData, layout.uid, layout.readCounter, layout.encFileData]
    .map((name) => (name === undefined ? undefined : valueIn(url, name)))
  if (fields.includes(null)) return refused('FORMAT')
  const [piccData, uid, readCounter, encFileData] = fields.map((field) => field?.value)
  return {
    ok: true,
    message: {
      sdmmac: mac.value,
      macInput: from === null ? '' : url.slice(from.at, mac.at),
      ...(piccData === undefined ? {} : { piccData }),
      ...(uid === undefined ? {} : { uid }),
      ...(readCounter === undefined ? {} : { readCounter }),
      ...(encFileData === undefined ? {} : { encFileData }),
    },
  }
}

function valueIn(url: string, name: string): { value: string, at: number } | null {
  for (const mark of ['?', '&']) {
    const before = url.indexOf(`${mark}${name}=`)
    if (before < 0) continue
    const at = before + name.length + 2
    return { value: /^[^&#]*/.exec(url.slice(at))![0], at }
  }
  return null
}
