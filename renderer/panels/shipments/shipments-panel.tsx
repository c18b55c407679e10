import { useState } from 'react'
import { useDesk } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import type { PieceFound } from '../service/scan-piece.tsx'
import { ReceivePieces } from './receive-pieces.tsx'
import { SendPieces } from './send-pieces.tsx'

interface ShipmentsPanelProps {
  /** A piece that was chosen before: it is sent. */
  readonly piece: PieceFound | null
  /** The store that has asked for it; null where nobody has. */
  readonly toStoreId: string | null
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** Pieces between the stores of the shop, and what a supplier is to bring: sent by scanning, received by scanning. */
export function ShipmentsPanel({ piece, toStoreId, openPanel, onClose }: ShipmentsPanelProps) {
  const { say } = useWords()
  const { revision } = useDesk()
  const desk = useAnswer((core) => core.shipments.view(), revision)
  const [way, setWay] = useState<'receive' | 'send'>(piece === null ? 'receive' : 'send')
  return (
    <Dialog title={say('shipments.title')} width="wide" onClose={onClose}>
      <div className="stack">
        <ChoiceGroup
          label={say('shipments.way')}
          chosen={way}
          choices={[{ id: 'receive', words: say('shipments.receive') }, { id: 'send', words: say('shipments.send') }]}
          onChoose={setWay}
        />
        {desk === null ? (
          <p className="muted" role="status">{say('service.one-moment')}</p>
        ) : way === 'receive' ? (
          <ReceivePieces coming={desk.coming} />
        ) : (
          <SendPieces stores={desk.stores} first={piece} askedBy={toStoreId} openPanel={openPanel} />
        )}
      </div>
    </Dialog>
  )
}
