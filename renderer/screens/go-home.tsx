import { ArrowRight } from 'lucide-react'
import { useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'

/** The end of a flow: the next customer. */
export function GoHome() {
  const { say } = useWords()
  const store = useDeskStore()
  return (
    <Button tone="primary" size="huge" icon={ArrowRight} hotkey={KEYS.confirm} onPress={() => void store.act((core) => core.desk.go({ to: 'home', unitId: null }))}>
      {say('go.home')}
    </Button>
  )
}
