import { useCallback, useEffect, useState } from 'react'
import { troubleOf, type Trouble } from './client.ts'

export interface Called<T> {
  /** Null until the first answer. */
  readonly value: T | null
  readonly trouble: Trouble | null
  /** When that answer came (UTC, ISO 8601): ages are counted to here. */
  readonly at: string
  readonly again: () => void
  /** Puts an answer of another call in its place. */
  readonly set: (value: T) => void
}

/**
 * Asks the centre, and asks again when one of `inputs` changes or after `every_ms`. Answers may overtake each other:
 * only the one to the newest question is shown, and what was there stays until it comes.
 */
export function useCall<T>(call: () => Promise<T>, inputs: readonly unknown[], every_ms: number | null = null): Called<T> {
  const [value, set] = useState<T | null>(null)
  const [at, setAt] = useState('')
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let wanted = true
    call().then(
      (answer) => {
        if (!wanted) return
        set(answer)
        setAt(new Date().toISOString())
        setTrouble(null)
      },
      (error: unknown) => {
        if (wanted) setTrouble(troubleOf(error))
      },
    )
    const timer = every_ms === null ? undefined : setTimeout(() => setTurn((now) => now + 1), every_ms)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
    // oxlint-disable-next-line react/exhaustive-deps -- `inputs` says what the call depends on
  }, [turn, every_ms, ...inputs])
  return { value, trouble, at, again: useCallback(() => setTurn((now) => now + 1), []), set }
}

export interface Acting {
  readonly busy: boolean
  readonly trouble: Trouble | null
  readonly clear: () => void
  /** Does it, and then `done` with the answer. One at a time: a second press while it runs is not a second act. */
  readonly act: <T>(call: () => Promise<T>, done?: (answer: T) => void) => void
}

export function useAct(): Acting {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const act = <T>(call: () => Promise<T>, done: (answer: T) => void = () => undefined): void => {
    if (busy) return
    setBusy(true)
    setTrouble(null)
    call()
      .then(done, (error: unknown) => setTrouble(troubleOf(error)))
      .finally(() => setBusy(false))
  }
  return { busy, trouble, clear: () => setTrouble(null), act }
}
