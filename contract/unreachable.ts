/** Closes a `switch` over a union: the compiler proves that no case is missing, and a lie at run time is a bug. */
export function unreachable(value: never): never {
  throw new Error(`not a known case: ${JSON.stringify(value)}`)
}
