/** What a person did or must do about it; ends the program with one sentence and without a stack. */
export class Refusal extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** The exit code for options that make no sense, as getopt's programs have it. */
export const WRONG_USE = 2
/** The exit code for a wish that makes sense and cannot be granted. */
export const NOT_POSSIBLE = 1

/** Runs a program of the command line: a refusal is told and becomes its exit code, a bug keeps its stack. */
export function runOrRefuse(main: () => void): void {
  try {
    main()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(error.message)
    process.exitCode = error.exitCode
  }
}
