import { useEffect, useEffectEvent, useState } from 'react'
import type { Core } from '../connect.ts'
import { useDeskState, useDeskStore } from './desk-context.ts'

/**
 * Asks the core once, and again when what it is about changes or the line comes back. Null until the answer is there;
 * an answer that was overtaken by a newer question is thrown away.
 */
export function useAnswer<Answer, About extends string | number>(
  question: (core: Core, about: About) => Promise<Answer>,
  about: About,
): Answer | null {
  const store = useDeskStore()
  const { link } = useDeskState()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const latest = useEffectEvent((core: Core, asked: About) => question(core, asked))
  useEffect(() => {
    if (link !== 'up') return
    let wanted = true
    void store.ask((core) => latest(core, about)).then((got) => {
      if (wanted && got !== null) setAnswer(got)
    })
    return () => {
      wanted = false
    }
  }, [store, link, about])
  return answer
}
