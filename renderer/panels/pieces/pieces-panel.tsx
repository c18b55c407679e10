import { useState } from 'react'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { FindPieces } from './find-pieces.tsx'
import { KeptPieces } from './kept-pieces.tsx'

interface PiecesPanelProps {
  readonly show: 'find' | 'kept'
  /** What was looked for before the panel was opened. */
  readonly text: string
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** Single pieces anywhere in the shop: found by what they are like, kept for a customer, asked for from another store. */
export function PiecesPanel({ show, text, openPanel, onClose }: PiecesPanelProps) {
  const { say } = useWords()
  const [way, setWay] = useState(show)
  return (
    <Dialog title={say('pieces.title')} width="wide" onClose={onClose}>
      <div className="stack pieces">
        <ChoiceGroup
          label={say('pieces.way')}
          chosen={way}
          choices={[{ id: 'find', words: say('pieces.find') }, { id: 'kept', words: say('pieces.kept') }]}
          onChoose={setWay}
        />
        {way === 'find' ? <FindPieces first={text} openPanel={openPanel} onClose={onClose} /> : <KeptPieces openPanel={openPanel} onClose={onClose} />}
      </div>
    </Dialog>
  )
}
