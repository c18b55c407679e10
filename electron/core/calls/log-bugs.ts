import { ORPCError, ValidationError } from '@orpc/server'

interface Called<T> {
  readonly path: readonly string[]
  next(): Promise<T>
}

/**
 * A bug throws; it is caught once, here, written down with its stack, and answered as `internal`, also while a window
 * listens. Refusals and messages of the wrong shape are answers, not bugs; an answer of the wrong shape is a bug.
 */
export async function logged<T>({ path, next }: Called<T>): Promise<T> {
  try {
    const answer: unknown = await next()
    return (isListened(answer) ? loggedEach(path, answer) : answer) as T
  } catch (error) {
    writeDown(path, error)
    throw error
  }
}

const isListened = (answer: unknown): answer is AsyncIterable<unknown> => typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer

async function* loggedEach(path: readonly string[], views: AsyncIterable<unknown>): AsyncGenerator {
  try {
    yield* views
  } catch (error) {
    writeDown(path, error)
    throw error
  }
}

const WRONG_ANSWERS: readonly string[] = ['INTERNAL_SERVER_ERROR', 'EVENT_ITERATOR_VALIDATION_FAILED']

function writeDown(path: readonly string[], error: unknown): void {
  if (!(error instanceof ORPCError) || WRONG_ANSWERS.includes(String(error.code))) console.error(`${path.join('.')}: ${told(error)}`)
}

/** The stacks of an error and of its causes, and where an answer was wrong; not what it held, which may be of a person. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const wrong = error instanceof ValidationError ? error.issues.map((issue) => `\n  ${(issue.path ?? []).map(String).join('.')}: ${issue.message}`) : []
  return `${error.stack ?? error.message}${wrong.join('')}${error.cause === undefined ? '' : `\nbecause of ${told(error.cause)}`}`
}
