import { ListChecks, Pause } from 'lucide-react'
import { useState } from 'react'
import type { CountingDesk, CountView } from '../../../contract/counting-view.ts'
import { KEYS } from '../../keys/keymap.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { ScanLine } from '../../parts/scan-line.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { CountSums } from './count-sums.tsx'
import { ReviewCount } from './review-count.tsx'
import { ScopeWords } from './scope-words.tsx'
import { SaidBefore, SaidLast } from './said.tsx'
import { TillsInCount } from './tills-in-count.tsx'
import { useCount } from './use-count.ts'

interface CountGoingProps {
  readonly first: CountView
  /** The count was ended or discarded: back to the beginning. Stays the same function while this is mounted. */
  readonly onOver: (desk: CountingDesk) => void
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** A count in hand: how far it is, what the last scan was, and the field for the next one. Closing it is a pause. */
export function CountGoing({ first, onOver, openPanel, onClose }: CountGoingProps) {
  const words = useWords()
  const { count, act } = useCount(first, onOver)
  const [isReview, setReview] = useState(false)
  const scan = (text: string) => {
    setReview(false)
    act((core) => core.counting.scan({ text }))
  }
  const [last, ...before] = count.said
  return (
    <Dialog title={`${words.say('counting.title')} ${count.number}`} width="wide" onClose={onClose}>
      <p className="muted">
        <ScopeWords scope={count.scope} /> · {words.say('counting.began', { time: words.instant(count.beganAt), name: count.beganBy })} · {words.say('counting.pause-text')}
      </p>
      {isReview ? null : <CountSums found={count.found} expected={count.expected} surplus={count.surplus} />}
      <TillsInCount tills={count.tills} />
      <ScanLine label={words.say('counting.scan')} most={8192} onScan={scan} />
      <RefusalLine />
      {isReview ? (
        <ReviewCount count={count} onBack={() => setReview(false)} onOver={onOver} onFinished={(documentId) => openPanel({ name: 'paper', documentId })} />
      ) : (
        <>
          <div className="count-said">
            {last === undefined ? <p className="muted">{words.say('counting.scan-first')}</p> : <SaidLast said={last} openPanel={openPanel} act={act} />}
            <SaidBefore said={before} />
          </div>
          <footer className="dialog__feet">
            <Button icon={Pause} onPress={onClose}>
              {words.say('counting.pause')}
            </Button>
            <Button tone="primary" icon={ListChecks} hotkey={KEYS.finish} onPress={() => setReview(true)}>
              {words.say('counting.review')}
            </Button>
          </footer>
        </>
      )}
    </Dialog>
  )
}
