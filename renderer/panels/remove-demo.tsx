import { Trash2 } from 'lucide-react'
import { useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useWords } from '../words/words-context.tsx'

/** Asks once, because there is no way back. */
export function RemoveDemo({ onClose }: { onClose: () => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  return (
    <Dialog title={say('demo.remove-title')} width="narrow" isAlert onClose={onClose}>
      <p className="prose">{say('demo.remove-text')}</p>
      <footer className="dialog__feet">
        <Button onPress={onClose}>{say('app.cancel')}</Button>
        <Button
          tone="danger"
          icon={Trash2}
          hotkey={KEYS.finish}
          onPress={() => {
            void store.act((core) => core.demo.remove())
            onClose()
          }}
        >
          {say('demo.remove-do')}
        </Button>
      </footer>
    </Dialog>
  )
}
