/**
 * One Application Identifier with its value, as GS1 writes it: `['01', '09521234543213']`.
 * Values stay text for ever: leading zeros are part of them.
 */
export type Element = readonly [ai: string, value: string]

/** The group separator (ASCII 29) that ends a value of variable length in an element string. */
export const GS = '\u001d'
