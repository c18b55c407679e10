import { ORPCError } from '@orpc/server'

/**
 * A bug throws; it is caught once, here, written down with its stack, and answered as `internal`. Refusals and
 * messages of the wrong shape are answers, not bugs.
 */
export async function logged<T>(options: { next: () => Promise<T> }): Promise<T> {
  try {
    return await options.next()
  } catch (error) {
    if (!(error instanceof ORPCError)) console.error(error)
    throw error
  }
}
