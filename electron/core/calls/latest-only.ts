/**
 * Views as they change, the newest only: a client that is slow skips what it has missed instead of falling behind.
 * Ends when the signal says that nobody listens any more.
 */
export async function* latestOnly<T>(
  now: () => T,
  subscribe: (listener: (value: T) => void) => () => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, void> {
  let newest: { readonly value: T } | null = { value: now() }
  let wake: () => void = () => undefined
  const stop = subscribe((value) => {
    newest = { value }
    wake()
  })
  const onAbort = (): void => wake()
  signal?.addEventListener('abort', onAbort)
  try {
    while (!signal?.aborted) {
      if (newest === null) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      const { value } = newest
      newest = null
      yield value
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    stop()
  }
}
