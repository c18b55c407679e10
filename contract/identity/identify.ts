import { masked, mustNotStore } from './card-guard.ts'
import { classify } from './classify.ts'
import type { ClassifyContext } from './classify.ts'
import { describe, titleFields } from './describe.ts'
import type { DescribeContext } from './describe.ts'
import { GS } from './element.ts'
import { elementsIdentity } from './identity.ts'
import type { Identity, IdentityChannel, IdentityKind } from './identity.ts'
import { PROMISES, nearMisses } from './near-misses.ts'
import type { Code } from './outcome.ts'
import { rawOfBytes, rawOfText, shownScan } from './raw-scan.ts'
import type { RawScan } from './raw-scan.ts'
import { gsSubstituteFault, readScan } from './scan.ts'
import { aimOf } from './symbology.ts'

/** How the shop and its devices are set up. */
export interface IdentifyConfig extends Omit<ClassifyContext, 'nowYear'>, Omit<DescribeContext, 'masks'> {
  /** What the scanner sends for the group separator. */
  readonly gsSubstitute?: string
}

/** What came in. `text` is what the device or a person gave, `bytes` where the device gave bytes. */
export interface IdentifyInput {
  readonly text?: string
  readonly bytes?: Uint8Array
  /** The AIM identifier, if the driver hands it over apart from the text. */
  readonly aim?: string
  readonly channel: IdentityChannel
  readonly config: IdentifyConfig
}

/** Why a text is not what it looks like. */
export interface Refusal {
  readonly as: IdentityKind | 'scan'
  readonly code: Code
  readonly at?: number
  readonly ai?: string
}

/** Every possible reading of one scan, likeliest first. More than one means that somebody has to be asked. */
export interface Identification {
  readonly channel: IdentityChannel
  readonly aim: string | null
  readonly symbology: string | null
  /** Null for a payment card: nothing of it is kept. */
  readonly raw: RawScan | null
  /** For eyes: control characters by name; a card's number masked. */
  readonly shown: string
  readonly card: boolean
  readonly readings: readonly Identity[]
  readonly refusals: readonly Refusal[]
}

/**
 * The one entry for every channel: says everything that a scan, a tag or a typed text can be, and why it is not
 * what it looks like. Pure and total: any bytes give an answer. It decides nothing and repairs nothing.
 */
export function identify(input: IdentifyInput): Identification {
  const given = input.bytes === undefined ? rawOfText(input.text ?? '') : rawOfBytes(input.bytes)
  const text = given.text.replace(/[\r\n\t]+$/, '')
  const data = input.aim === undefined || text.startsWith(input.aim) ? text : input.aim + text
  const aim = aimOf(data)
  const body = aim === null ? data : data.slice(aim.length)
  const base = { channel: input.channel, aim, symbology: null, readings: [], refusals: [] }
  if (mustNotStore(body, input.config) || mustNotStore(data, input.config)) {
    return { ...base, raw: null, shown: masked(body), card: true }
  }
  const kept = { ...base, raw: given, shown: shownScan(data), card: false }
  if (data === '') return { ...kept, refusals: [{ as: 'scan', code: 'EMPTY' }] }
  if (input.channel === 'rfid') return { ...kept, ...readTag(body, input.config) }
  return { ...kept, ...(aim === null ? readPlain(data, input.config) : readSymbol(data, body, input.config)) }
}

type Found = Pick<Identification, 'readings' | 'refusals'> & { readonly symbology?: string | null }

/** A reader's EPC; the first byte tells a tag id, so that one handed over in its place is seen. */
function readTag(text: string, config: IdentifyConfig): Found {
  const hex = text.trim()
  return gather(['epc-hex'], /^E2/i.test(hex) ? ['tid'] : [], hex, config)
}

/** A symbol whose AIM identifier says how to read it. What promised GS1 data and does not hold it is nothing else. */
function readSymbol(data: string, body: string, config: IdentifyConfig): Found {
  const scan = readScan(data, config)
  if (!scan.ok) return { readings: [], refusals: [refusalOf('scan', scan)] }
  const symbology = scan.symbology ?? null
  if (scan.elements !== undefined) {
    const kind = scan.aim === ']E0' && scan.elements.length === 1 ? 'gtin-13' : kindBehind(scan.aim)
    const reading = elementsIdentity(kind, scan.elements, config.today, scan.doubts, titleFields(body))
    return { symbology, readings: [reading], refusals: [] }
  }
  const plain = body.trim()
  const kinds = kindsOf(plain, config).filter((kind) => kind !== 'gs1-element-string')
  return { symbology, ...gather(kinds, nearMisses(plain, config), plain, config) }
}

const KIND_BEHIND: Readonly<Record<string, IdentityKind>> = {
  ']E4': 'gtin-8', ']I0': 'gtin-14', ']I1': 'gtin-14',
  ']d1': 'gs1-digital-link', ']Q1': 'gs1-digital-link', ']J0': 'gs1-digital-link',
}

function kindBehind(aim: string | undefined): IdentityKind {
  return KIND_BEHIND[aim ?? ''] ?? 'gs1-element-string'
}

/** A text without AIM identifier: everything that it may be. */
function readPlain(data: string, config: IdentifyConfig): Found {
  const plain = withoutSubstitute(data, config).trim()
  const bare = plain.startsWith(GS) ? plain.slice(1) : plain
  return gather(kindsOf(bare, config), nearMisses(bare, config), bare, config)
}

/** The substitute stands for a separator only where the text then reads as elements; else it is part of a serial. */
function withoutSubstitute(data: string, config: IdentifyConfig): string {
  const substitute = config.gsSubstitute
  if (substitute === undefined || gsSubstituteFault(substitute) !== null || !data.includes(substitute)) return data
  const separated = data.replaceAll(substitute, GS)
  return readScan(separated, { assumeGs1: true }).ok ? separated : data
}

function kindsOf(text: string, config: IdentifyConfig): IdentityKind[] {
  const { candidates } = classify(text, { ...config, nowYear: Number(config.today.slice(0, 4)) })
  return candidates.filter((kind) => kind !== 'payment-card' && kind !== 'restricted-circulation')
}

/** Takes the text apart as each kind. What it merely looks like adds reasons, never readings. */
function gather(
  kinds: readonly IdentityKind[], looks: readonly IdentityKind[], text: string, config: IdentifyConfig,
): Found {
  const readings: Identity[] = []
  const refusals: Refusal[] = []
  const titled = kinds.includes('gtin-13')
  for (const kind of new Set([...kinds, ...looks])) {
    // An EAN of the book and magazine ranges is one thing under two names; the title stands in its fields.
    if (titled && (kind === 'isbn' || kind === 'issn')) continue
    const described = describe(kind, text, config)
    const read = described.flatMap((outcome) => (outcome.ok ? [outcome.identity] : []))
    if (kinds.includes(kind)) readings.push(...read)
    if (read.length > 0) continue
    for (const outcome of described) if (!outcome.ok) refusals.push(refusalOf(kind, outcome))
  }
  const broken = refusals.some(({ as }) => as !== 'scan' && PROMISES.has(as))
  return { readings: broken ? readings.filter(({ kind }) => kind !== 'free-serial') : readings, refusals }
}

function refusalOf(as: Refusal['as'], { code, at, ai }: { code: Code, at?: number, ai?: string }): Refusal {
  return { as, code, ...(at === undefined ? {} : { at }), ...(ai === undefined ? {} : { ai }) }
}
