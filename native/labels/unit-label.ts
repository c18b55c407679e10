/** What stands on the label of one piece. Texts are worded and formatted by whoever asks for the label. */
export interface UnitLabel {
  /** The product's name. */
  readonly title: string
  /** One line each: serial, SKU, price, lot. */
  readonly lines: readonly string[]
  readonly code: LabelCode
}

/**
 * `gs1`: the piece as a GS1 element string without brackets, each variable field ended by GS (U+001D) where another
 * follows, such as `01` GTIN `21` serial (GS1 General Specifications, 5.6: GS1 DataMatrix). Else a DataMatrix of any text.
 */
export interface LabelCode {
  readonly gs1: boolean
  readonly payload: string
}

/** The paper of a label, and how fine the head is: 8 dots a millimetre (203 dpi) or 12 (300 dpi). */
export interface LabelSize {
  readonly width_mm: number
  readonly height_mm: number
  readonly dots_per_mm: 8 | 12
}
