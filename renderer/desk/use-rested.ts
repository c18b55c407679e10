import { useEffect, useState } from 'react'

/** A person types: what it means is asked when the hand rests. */
const REST_MS = 250

/** The text as it was when it last stayed the same for a moment. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(text), REST_MS)
    return () => window.clearTimeout(timer)
  }, [text])
  return rested
}
