import { useState } from 'react'
import type { CountingDesk } from '../../../contract/counting-view.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Dialog } from '../../parts/dialog.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { MissingList } from '../marks/missing-list.tsx'
import { BeginCount } from './begin-count.tsx'
import { CountGoing } from './count-going.tsx'
import { CountsOfOthers } from './counts-of-others.tsx'
import { PastCounts } from './past-counts.tsx'

interface CountingPanelProps {
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** Stock is counted here by scanning it. A count that is going comes first; else one is begun, beside what came of the last ones. */
export function CountingPanel({ openPanel, onClose }: CountingPanelProps) {
  const { say } = useWords()
  const [told, setTold] = useState<CountingDesk | null>(null)
  const asked = useAnswer((core) => core.counting.desk(), 'desk')
  const desk = told ?? asked
  if (desk !== null && desk.going !== null)
    return <CountGoing key={desk.going.countId} first={desk.going} onOver={setTold} openPanel={openPanel} onClose={onClose} />
  return (
    <Dialog title={say('counting.title')} width="wide" onClose={onClose}>
      {desk === null ? (
        <p className="muted" role="status">{say('service.one-moment')}</p>
      ) : (
        <div className="count-begin">
          <BeginCount desk={desk} onBegun={(going) => setTold({ ...desk, going })} />
          <div className="stack">
            <CountsOfOthers others={desk.others} onJoined={(going) => setTold({ ...desk, going })} />
            <PastCounts past={desk.past} openPanel={openPanel} />
            <MissingList openPanel={openPanel} />
          </div>
        </div>
      )}
    </Dialog>
  )
}
