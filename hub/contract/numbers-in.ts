/** The numbers of a field in which they stand one a line or between commas: what a list of pieces is typed or pasted into. */
export const numbersIn = (text: string): string[] =>
  text.split(/[\n\t,;]+/u).map((number) => number.trim()).filter((number) => number !== '')
