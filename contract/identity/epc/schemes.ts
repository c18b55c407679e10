import type { FamilyName } from './families.ts'

/**
 * How wide the two numbers of a partitioned scheme are for each partition value 0–6 (TDS 14.2, tables of 14.6).
 * The company prefix has 12 − P digits in the bits of {@link COMPANY_BITS}; the reference has the given ones.
 */
export const COMPANY_BITS = [40, 37, 34, 30, 27, 24, 20] as const

interface Widths {
  readonly bits: readonly number[]
  readonly digits: readonly number[]
}

const reference = (bits: readonly number[], digits: readonly number[]): Widths => ({ bits, digits })

const ITEM = reference([4, 7, 10, 14, 17, 20, 24], [1, 2, 3, 4, 5, 6, 7])
const UNIT_OR_SERVICE = reference([18, 21, 24, 28, 31, 34, 38], [5, 6, 7, 8, 9, 10, 11])
const LOCATION_OR_DOCUMENT = reference([1, 4, 7, 11, 14, 17, 21], [0, 1, 2, 3, 4, 5, 6])
const ASSET_TYPE = reference([4, 7, 10, 14, 17, 20, 24], [0, 1, 2, 3, 4, 5, 6])
const ASSET_NUMBER = reference([42, 45, 48, 52, 55, 58, 62], [13, 14, 15, 16, 17, 18, 19])
const ASSET_TEXT = reference([148, 151, 154, 158, 161, 164, 168], [18, 19, 20, 21, 22, 23, 24])
const PART_NUMBER = reference([11, 14, 17, 21, 24, 27, 31], [3, 4, 5, 6, 7, 8, 9])
const PART_TEXT = reference([114, 120, 126, 132, 138, 144, 150], [18, 19, 20, 21, 22, 23, 24])

/** The ways in which a reference or a serial is written into bits. */
export type Writing =
  /** Padded with zeros to the digits of the partition. */
  | 'padded'
  /** A number; leading zeros cannot be held. */
  | 'integer'
  /** Digits with a 1 in front, so that leading zeros are held. */
  | 'marked-integer'
  /** 7-bit characters in a fixed field. */
  | 'text7'
  /** 6-bit characters up to a zero. */
  | 'text6'

/** A scheme of TDS 1.x, whose bits depend on the length of the company prefix. */
export interface PartitionedScheme {
  readonly kind: 'partitioned'
  readonly name: string
  readonly header: number
  readonly family: FamilyName
  readonly reference: Widths & { readonly as: Writing }
  /** Bits of the serial; the digits or characters that it may have. */
  readonly serial: { readonly as: Writing, readonly bits: number, readonly max: number } | null
  /** Zero bits at the end. */
  readonly reserved: number
}

/** A scheme of TDS 2.x, which needs no company prefix; `hosted` ones ("++") carry the host name of the Digital Link. */
export interface PlusScheme {
  readonly kind: 'plus'
  readonly name: string
  readonly header: number
  readonly hosted: boolean
  readonly dated: boolean
  /** The AIs of the key, written one after the other in the formats of the AIDC data. */
  readonly ais: readonly string[]
}

/** A scheme that names no GS1 key. */
export interface ForeignScheme {
  readonly kind: 'foreign'
  readonly name: 'GID-96' | 'USDoD-96' | 'ADI-var'
  readonly header: number
}

export type Scheme = PartitionedScheme | PlusScheme | ForeignScheme

const padded = (widths: Widths) => ({ ...widths, as: 'padded' as const })

function partitioned(
  name: string, header: number, family: FamilyName, ref: PartitionedScheme['reference'],
  serial: PartitionedScheme['serial'] = null, reserved = 0,
): PartitionedScheme {
  return { kind: 'partitioned', name, header, family, reference: ref, serial, reserved }
}

/** Every plus scheme has a "++" twin under another header. */
function plus(name: string, header: number, hostedHeader: number, ais: readonly string[], dated = false): PlusScheme[] {
  return [
    { kind: 'plus', name: `${name}+`, header, hosted: false, dated, ais },
    { kind: 'plus', name: `${name}++`, header: hostedHeader, hosted: true, dated, ais },
  ]
}

/** Every scheme whose tags are read and written here. Facts of EPC Tag Data Standard 1.13 and 2.3. */
export const SCHEMES: readonly Scheme[] = [
  partitioned('SGTIN-96', 0x30, 'sgtin', padded(ITEM), { as: 'integer', bits: 38, max: 12 }),
  partitioned('SGTIN-198', 0x36, 'sgtin', padded(ITEM), { as: 'text7', bits: 140, max: 20 }),
  partitioned('SSCC-96', 0x31, 'sscc', padded(UNIT_OR_SERVICE), null, 24),
  partitioned('SGLN-96', 0x32, 'sgln', padded(LOCATION_OR_DOCUMENT), { as: 'integer', bits: 41, max: 13 }),
  partitioned('SGLN-195', 0x39, 'sgln', padded(LOCATION_OR_DOCUMENT), { as: 'text7', bits: 140, max: 20 }),
  partitioned('GRAI-96', 0x33, 'grai', padded(ASSET_TYPE), { as: 'integer', bits: 38, max: 12 }),
  partitioned('GRAI-170', 0x37, 'grai', padded(ASSET_TYPE), { as: 'text7', bits: 112, max: 16 }),
  partitioned('GIAI-96', 0x34, 'giai', { ...ASSET_NUMBER, as: 'integer' }),
  partitioned('GIAI-202', 0x38, 'giai', { ...ASSET_TEXT, as: 'text7' }),
  partitioned('GSRN-96', 0x2d, 'gsrn', padded(UNIT_OR_SERVICE), null, 24),
  partitioned('GSRNP-96', 0x2e, 'gsrnp', padded(UNIT_OR_SERVICE), null, 24),
  partitioned('GDTI-96', 0x2c, 'gdti', padded(LOCATION_OR_DOCUMENT), { as: 'integer', bits: 41, max: 13 }),
  partitioned('GDTI-113', 0x3a, 'gdti', padded(LOCATION_OR_DOCUMENT), { as: 'marked-integer', bits: 58, max: 17 }),
  partitioned('GDTI-174', 0x3e, 'gdti', padded(LOCATION_OR_DOCUMENT), { as: 'text7', bits: 119, max: 17 }),
  partitioned('CPI-96', 0x3c, 'cpi', { ...PART_NUMBER, as: 'integer' }, { as: 'integer', bits: 31, max: 10 }),
  partitioned('CPI-var', 0x3d, 'cpi', { ...PART_TEXT, as: 'text6' }, { as: 'integer', bits: 40, max: 12 }),
  partitioned('SGCN-96', 0x3f, 'sgcn', padded(LOCATION_OR_DOCUMENT), { as: 'marked-integer', bits: 41, max: 12 }),
  partitioned('ITIP-110', 0x40, 'itip', padded(ITEM), { as: 'integer', bits: 38, max: 12 }),
  partitioned('ITIP-212', 0x41, 'itip', padded(ITEM), { as: 'text7', bits: 140, max: 20 }),
  ...plus('CPI', 0xf0, 0xe6, ['8010', '8011']),
  ...plus('GRAI', 0xf1, 0xeb, ['8003']),
  ...plus('SGLN', 0xf2, 0xe9, ['414', '254']),
  ...plus('ITIP', 0xf3, 0xed, ['8006', '21']),
  ...plus('GSRN', 0xf4, 0xe7, ['8018']),
  ...plus('GSRNP', 0xf5, 0xe8, ['8017']),
  ...plus('GDTI', 0xf6, 0xea, ['253']),
  ...plus('SGTIN', 0xf7, 0xfd, ['01', '21']),
  ...plus('SGCN', 0xf8, 0xec, ['255']),
  ...plus('SSCC', 0xf9, 0xef, ['00']),
  ...plus('GIAI', 0xfa, 0xee, ['8004']),
  ...plus('DSGTIN', 0xfb, 0xfc, ['01', '21'], true),
  { kind: 'foreign', name: 'GID-96', header: 0x35 },
  { kind: 'foreign', name: 'USDoD-96', header: 0x2f },
  { kind: 'foreign', name: 'ADI-var', header: 0x3b },
]

const byHeader: readonly (Scheme | undefined)[] = (() => {
  const table: (Scheme | undefined)[] = Array.from({ length: 256 })
  for (const scheme of SCHEMES) table[scheme.header] = scheme
  return table
})()

const byName: ReadonlyMap<string, Scheme> = new Map(SCHEMES.map((scheme) => [scheme.name, scheme]))

/** The scheme of a header byte; undefined for headers that are reserved, unknown, or of a tag id (E2). */
export function schemeOfHeader(header: number): Scheme | undefined {
  return byHeader[header]
}

/** The scheme by its name as the standard writes it: `SGTIN-96`, `SGTIN+`, `SGTIN++`. */
export function schemeOfName(name: string): Scheme | undefined {
  return byName.get(name)
}
