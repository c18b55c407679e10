import { z } from 'zod'

/**
 * A receipt is a list of blocks: texts already worded, amounts already formatted, nothing left to decide. The same
 * document is drawn on the screen as paper and laid into columns for the printer, so the two cannot disagree.
 */

/** Longest text of one block. A line this long wraps over some dozen printed lines; more is a mistake. */
export const RECEIPT_TEXT_MAX = 600
/** Longest content of a code. A QR code holds four times as much, but no hand-held reads that off receipt paper. */
export const RECEIPT_CODE_MAX = 600
/** A shift report of a long day has some hundred lines; a document beyond this is a mistake, not a receipt. */
export const RECEIPT_BLOCKS_MAX = 2000

const Text = z.string().max(RECEIPT_TEXT_MAX)
const CodePayload = z.string().min(1).max(RECEIPT_CODE_MAX)
const Caption = Text.nullable()

export const TextAlign = z.enum(['left', 'center', 'right'])
export type TextAlign = z.infer<typeof TextAlign>

/** `tall` is double height, `large` is double height and double width: half as many characters fit a line. */
export const TextSize = z.enum(['normal', 'tall', 'large'])
export type TextSize = z.infer<typeof TextSize>

/** The shop's picture by name; whoever draws the document looks it up, and writes `alt` when there is none. */
const LogoBlock = z.object({ kind: z.literal('logo'), name: z.string().min(1).max(80), alt: Text })

/** The heading of the document, such as the shop's name: large and centred. */
const TitleBlock = z.object({ kind: z.literal('title'), text: Text })

const TextBlock = z.object({
  kind: z.literal('text'),
  text: Text,
  align: TextAlign,
  bold: z.boolean(),
  size: TextSize,
})

/** A word at the left margin and its value at the right one. The value is never cut and never wrapped inside. */
const PairBlock = z.object({ kind: z.literal('pair'), left: Text, right: Text, bold: z.boolean() })

/**
 * One line of the sale. `details` stand under the name, one a line, indented: serials, IMEIs, discounts in words.
 * `quantity` is worded (`2 × € 3.20`) and null where the line is one single piece.
 */
const ItemBlock = z.object({
  kind: z.literal('item'),
  name: Text,
  details: z.array(Text).max(200),
  quantity: Text.nullable(),
  amount: Text,
})

const RuleBlock = z.object({ kind: z.literal('rule'), weight: z.enum(['single', 'double']) })

/** What is to be paid or given back: bold and tall, label left, amount right. */
const TotalBlock = z.object({ kind: z.literal('total'), left: Text, right: Text })

const QrBlock = z.object({ kind: z.literal('qr'), payload: CodePayload, caption: Caption })

/**
 * `gs1`: the payload is a GS1 element string without brackets, each variable field ended by GS (U+001D) where another
 * follows; the symbol then starts with FNC1.
 */
const DataMatrixBlock = z.object({
  kind: z.literal('datamatrix'),
  payload: CodePayload,
  gs1: z.boolean(),
  caption: Caption,
})

/** A linear code. `ean13` takes 13 digits with the right check digit; `gs1-128` takes an element string as above. */
const BarcodeBlock = z.object({
  kind: z.literal('barcode'),
  symbology: z.enum(['code128', 'ean13', 'gs1-128']),
  payload: z.string().min(1).max(80),
  caption: Caption,
})

/** Words that must not be overlooked: COPY, or DEMO – NOT A RECEIPT. Drawn white on black. */
const BannerBlock = z.object({ kind: z.literal('banner'), text: Text })

const SpaceBlock = z.object({ kind: z.literal('space'), lines: z.int().min(1).max(10) })

/** The knife. A document may hold several (receipt and warranty slip); one at the end is added where none is. */
const CutBlock = z.object({ kind: z.literal('cut') })

export const ReceiptBlock = z.discriminatedUnion('kind', [
  LogoBlock,
  TitleBlock,
  TextBlock,
  PairBlock,
  ItemBlock,
  RuleBlock,
  TotalBlock,
  QrBlock,
  DataMatrixBlock,
  BarcodeBlock,
  BannerBlock,
  SpaceBlock,
  CutBlock,
])
export type ReceiptBlock = z.infer<typeof ReceiptBlock>

export const ReceiptKind = z.enum([
  'sale',
  'return',
  'exchange',
  'trade-in',
  'void',
  'warranty',
  'gift',
  'claim',
  'ownership',
  'vendor-return',
  'certificate',
  'authority',
  'shift',
  'routing',
  'slip',
  'credit',
  'cash',
  'test',
])
export type ReceiptKind = z.infer<typeof ReceiptKind>

export const ReceiptDocument = z.object({
  kind: ReceiptKind,
  /** A reprint. The blocks then hold a banner that says so; the flag is for lists and for tests. */
  copy: z.boolean(),
  /** From the demo shop: the blocks hold a banner that says this is no receipt. */
  demo: z.boolean(),
  /** BCP 47 tag of the words, such as `de-DE`: the `lang` of the drawn paper. */
  language: z.string().regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/),
  blocks: z.array(ReceiptBlock).max(RECEIPT_BLOCKS_MAX),
})
export type ReceiptDocument = z.infer<typeof ReceiptDocument>
