/** The vector kinds of tags, proofs and EPCIS: kind → function from a vector's input to the fields to compare. */
export const epcKinds: Record<string, (input: unknown) => unknown> = {}
