import { StrangerWhy } from '../../contract/sale-view.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useWords } from '../words/words-context.tsx'

interface StrangerDialogProps {
  readonly stranger: { readonly text: string; readonly name: string }
  readonly onSay: (why: StrangerWhy) => void
}

/** A number that no piece of ours carries: somebody says what it is, by one key. Closed, it was typed wrong. */
export function StrangerDialog({ stranger, onSay }: StrangerDialogProps) {
  const { say } = useWords()
  return (
    <Dialog title={say('stranger.title')} width="narrow" isAlert onClose={() => onSay('typed-wrong')}>
      <p className="prose">
        <bdi>{say('stranger.text', stranger)}</bdi>
      </p>
      <div className="stack stranger">
        {StrangerWhy.options.map((why, place) => (
          <Button key={why} size="large" hotkey={`F${place + 1}`} onPress={() => onSay(why)}>
            {say(`stranger.${why}`)}
          </Button>
        ))}
      </div>
    </Dialog>
  )
}
