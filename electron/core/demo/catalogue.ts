import { mod10CheckDigit } from '../../../contract/identity/check-digits.ts'
import type { Picture, Tracking } from '../../../contract/unit.ts'
import type { Numbering } from './numbering.ts'

export interface DemoProduct {
  /** Number of the article: makes its id, its stock keeping unit and its GTIN. */
  readonly item: number
  readonly brand: string
  readonly name: string
  readonly variant: string
  readonly category: string
  readonly picture: Picture
  readonly tracking: Tracking
  readonly price_cents: number
  readonly tax_bp: number
  readonly makerMonths: number
  readonly durable: boolean
  /** Null for what is sold by the lot, by the piece or by the hour. */
  readonly numbering: Numbering | null
}

export const productId = (item: number): string => `product-${String(item).padStart(4, '0')}`
export const skuOf = (item: number): string => `MR-${String(item).padStart(4, '0')}`

/**
 * GTIN with 14 digits under 952, the prefix that GS1 keeps for demonstrations: it is in no company's range, and
 * unlike the prefixes from 20 to 29 it is a number of the world and not of one shop.
 */
export function gtinOf(item: number): string {
  const body = `0952000${String(item).padStart(6, '0')}`
  return body + mod10CheckDigit(body)
}

const NORMAL_BP = 1_900
const REDUCED_BP = 700

type Kind = Pick<DemoProduct, 'category' | 'picture' | 'tracking' | 'tax_bp' | 'makerMonths' | 'durable'>

const kind = (category: string, picture: Picture, tracking: Tracking, makerMonths: number, tax_bp = NORMAL_BP): Kind => ({
  category,
  picture,
  tracking,
  makerMonths,
  tax_bp,
  durable: tracking === 'serial',
})

const PHONE = kind('phone', 'phone', 'serial', 24)
const TABLET = kind('tablet', 'tablet', 'serial', 24)
const LAPTOP = kind('laptop', 'laptop', 'serial', 24)
const WATCH = kind('watch', 'watch', 'serial', 60)
const CAMERA = kind('camera', 'camera', 'serial', 36)
const LENS = kind('camera', 'lens', 'serial', 36)
const DRILL = kind('power-tool', 'drill', 'serial', 36)
const SAW = kind('power-tool', 'saw', 'serial', 36)
const BIKE = kind('bike', 'bike', 'serial', 24)
const GUITAR = kind('instrument', 'guitar', 'serial', 60)
const KEYS = kind('instrument', 'keyboard-instrument', 'serial', 36)
const HEADPHONES = kind('audio', 'headphones', 'serial', 24)
const CASE = kind('accessory', 'case', 'none', 0)
const CABLE = kind('accessory', 'cable', 'none', 12)
const STRAP = kind('accessory', 'other', 'none', 0)
const BOOK = kind('accessory', 'other', 'none', 0, REDUCED_BP)
const BATTERY = kind('battery', 'battery', 'lot', 12)
const COSMETIC = kind('cosmetic', 'cosmetic', 'lot', 0)
const SERVICE = kind('service', 'service', 'service', 0)
const GIFT = kind('gift-voucher', 'other', 'service', 0, 0)

const lettered = (letters: string): Numbering => ({ how: 'lettered', letters })
const checked = (family: string): Numbering => ({ how: 'checked', family })
/** Type allocation codes from 001 are the test range: no telephone on sale carries one. */
const phone = (letters: string, tac: string): Numbering => ({ how: 'phone', letters, tac })
const frame = (model: string, letters: string): Numbering => ({ how: 'frame', maker: 'WZV', model, letters })
const engraved = (letters: string): Numbering => ({ how: 'engraved', letters })
const watch = (letters: string): Numbering => ({ how: 'watch', letters })

const row = (
  item: number,
  of: Kind,
  brand: string,
  name: string,
  variant: string,
  price_cents: number,
  numbering: Numbering | null = null,
): DemoProduct => ({ ...of, item, brand, name, variant, price_cents, numbering })

/** Invented brands, real-looking goods: what a shop sells whose things have numbers. */
export const CATALOGUE: readonly DemoProduct[] = [
  row(101, PHONE, 'Velmara', 'Velmara 7', '128 GB, slate', 64_900, phone('VM', '00101701')),
  row(102, PHONE, 'Velmara', 'Velmara 7', '256 GB, moss', 74_900, phone('VN', '00101702')),
  row(103, PHONE, 'Velmara', 'Velmara 7 Pro', '512 GB, graphite', 109_900, phone('VP', '00101703')),
  row(104, PHONE, 'Nuvik', 'Nuvik Lite', '64 GB, white', 24_900, phone('NK', '00101801')),
  row(105, PHONE, 'Nuvik', 'Nuvik Max', '256 GB, dusk', 54_900, phone('NM', '00101802')),
  row(111, TABLET, 'Velmara', 'Slate 11', '128 GB, Wi-Fi', 49_900, lettered('VS')),
  row(112, TABLET, 'Nuvik', 'Nuvik Pad', '64 GB, Wi-Fi', 27_900, lettered('NT')),
  row(121, LAPTOP, 'Kesslin', 'Kesslin Air 14', '16 GB, 512 GB', 124_900, lettered('KA')),
  row(122, LAPTOP, 'Kesslin', 'Kesslin Work 16', '32 GB, 1 TB', 194_900, lettered('KW')),
  row(131, WATCH, 'Tarnholt', 'Pilot Automatic', '40 mm, steel', 189_000, watch('TP')),
  row(132, WATCH, 'Tarnholt', 'Harbour Diver', '42 mm, blue', 239_000, watch('TD')),
  row(133, WATCH, 'Velmara', 'Pulse 3', '44 mm, black', 29_900, lettered('VW')),
  row(141, CAMERA, 'Lumenar', 'Lumenar One', 'body', 279_900, lettered('LR')),
  row(142, CAMERA, 'Lumenar', 'Lumenar Two', 'body', 159_900, lettered('LE')),
  row(143, CAMERA, 'Okkera', 'Trail Cam 4K', 'sand', 34_900, lettered('KT')),
  row(151, LENS, 'Lumenar', '24–70 mm f/2.8', 'L1 mount', 199_900, lettered('LZ')),
  row(152, LENS, 'Lumenar', '50 mm f/1.4', 'L1 mount', 84_900, lettered('LP')),
  row(153, LENS, 'Brenwick', '85 mm f/1.8', 'L1 mount', 54_900, engraved('BW')),
  row(161, DRILL, 'Brakk', 'Impact drill 18 V', 'two batteries', 24_900, checked('42')),
  row(162, DRILL, 'Brakk', 'Rotary hammer SDS', 'case', 32_900, checked('43')),
  row(163, SAW, 'Brakk', 'Circular saw 190', '1,400 W', 18_900, checked('51')),
  row(164, SAW, 'Haldor', 'Mitre saw 254', 'stand', 44_900, lettered('HG')),
  row(171, BIKE, 'Zugvo', 'Trekking e-bike T5', '54 cm, anthracite', 289_900, frame('T5K54', 'ZT')),
  row(172, BIKE, 'Zugvo', 'Cargo e-bike C2', 'sand', 489_900, frame('C2K00', 'ZC')),
  row(173, BIKE, 'Zugvo', 'City e-bike S1', '50 cm, mint', 219_900, frame('S1K50', 'ZS')),
  row(181, GUITAR, 'Klangholt', 'Dreadnought 40', 'spruce', 129_900, engraved('KH')),
  row(182, GUITAR, 'Klangholt', 'Telemark electric', 'butterscotch', 99_900, engraved('KE')),
  row(183, KEYS, 'Sanvel', 'Stage piano 88', 'black', 149_900, lettered('SP')),
  row(184, KEYS, 'Sanvel', 'Synth 49', 'grey', 69_900, lettered('SY')),
  row(191, HEADPHONES, 'Sanvel', 'Hush 2 wireless', 'black', 24_900, lettered('SH')),
  row(192, HEADPHONES, 'Sanvel', 'Studio 600', 'wired', 17_900, lettered('ST')),
  row(193, HEADPHONES, 'Nuvik', 'Nuvik Buds', 'white', 9_900, lettered('NB')),
  row(201, CASE, 'Hüllwerk', 'Phone case', 'clear', 1_999),
  row(202, CASE, 'Hüllwerk', 'Phone case', 'leather, brown', 3_999),
  row(203, CASE, 'Hüllwerk', 'Laptop sleeve 14"', 'felt', 2_999),
  row(204, CABLE, 'Hüllwerk', 'USB-C cable', '1 m', 1_299),
  row(205, CABLE, 'Hüllwerk', 'USB-C charger', '65 W', 3_499),
  row(206, STRAP, 'Tarnholt', 'Watch strap', 'leather, 20 mm', 7_900),
  row(207, STRAP, 'Brenwick', 'Camera strap', 'cotton', 2_490),
  row(208, STRAP, 'Klangholt', 'Guitar strings', '012–053', 1_190),
  row(209, STRAP, 'Brakk', 'Drill bit set', '19 pieces', 2_290),
  row(210, STRAP, 'Zugvo', 'Folding lock', '90 cm', 6_990),
  row(211, BOOK, 'Morgenrot', 'Photographing at night', 'book', 2_400),
  row(212, STRAP, 'Okkera', 'Bear spray', '300 ml', 3_990),
  row(213, STRAP, 'Lumenar', 'Lumenar Two set', 'camera, strap, book', 159_900),
  row(221, BATTERY, 'Ampero', 'AA batteries', '8 pieces', 899),
  row(222, BATTERY, 'Ampero', 'Button cell CR2032', '4 pieces', 699),
  row(223, BATTERY, 'Lumenar', 'Camera battery LU-9', '7.2 V', 5_900),
  row(231, COSMETIC, 'Pellique', 'Day cream', '50 ml', 2_490),
  row(232, COSMETIC, 'Pellique', 'Sun milk SPF 50', '150 ml', 1_690),
  row(233, COSMETIC, 'Pellique', 'Hand balm', '75 ml', 990),
  row(234, COSMETIC, 'Pellique', 'Fresh serum', '30 ml, keep cool', 4_890),
  row(241, SERVICE, 'Morgenrot', 'Setting up a device', '30 min', 2_900),
  row(242, SERVICE, 'Morgenrot', 'Engraving', 'up to 20 letters', 1_500),
  row(243, SERVICE, 'Morgenrot', 'E-bike inspection', 'first 300 km', 6_900),
  row(244, SERVICE, 'Morgenrot', 'Protection plan', 'two years', 9_900),
  row(251, GIFT, 'Morgenrot', 'Gift voucher', '25 euros', 2_500),
  row(252, GIFT, 'Morgenrot', 'Gift voucher', '50 euros', 5_000),
]

export interface DemoLot {
  readonly item: number
  readonly lot: string
  /** Days from the demo's today to the last day of use; negative is over, null has none. */
  readonly expiresInDays: number | null
  readonly quantity: number
}

/** Of each thing sold by the lot: two lots one may sell, and one whose time is over and that nobody took off the shelf. */
export const LOTS: readonly DemoLot[] = [
  ...[221, 222, 223].flatMap((item): DemoLot[] => [
    { item, lot: `B${item}-24A`, expiresInDays: -45, quantity: 6 },
    { item, lot: `B${item}-26A`, expiresInDays: 540, quantity: 80 },
    { item, lot: `B${item}-26B`, expiresInDays: 900, quantity: 120 },
  ]),
  ...[231, 232, 233, 234].flatMap((item): DemoLot[] => [
    { item, lot: `P${item}-001`, expiresInDays: -12, quantity: 4 },
    { item, lot: `P${item}-014`, expiresInDays: 210, quantity: 36 },
    { item, lot: `P${item}-015`, expiresInDays: 480, quantity: 60 },
  ]),
]
