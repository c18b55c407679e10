/** ISO 4217 numbers of the currencies that terminals of this protocol are used with. */
const NUMBERS: Readonly<Record<string, number>> = {
  AUD: 36, BGN: 975, CAD: 124, CHF: 756, CZK: 203, DKK: 208, EUR: 978, GBP: 826, HUF: 348, JPY: 392, NOK: 578,
  PLN: 985, RON: 946, SEK: 752, USD: 840,
}

/** 978 for EUR; null for a currency that is not in the table. */
export const currencyNumber = (code: string): number | null => NUMBERS[code] ?? null

/** EUR for 978; null for a number that is not in the table. */
export const currencyCode = (number: number): string | null =>
  Object.keys(NUMBERS).find((code) => NUMBERS[code] === number) ?? null
