import { Tag } from 'lucide-react'
import { useState } from 'react'
import { LabelWhy } from '../../../contract/label-view.ts'
import type { UnitCard } from '../../../contract/unit.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { ScanLine } from '../../parts/scan-line.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { SerialText, UnitStrip } from '../../parts/unit-panel.tsx'
import { FreshPhotos } from '../../returns/photo-strip.tsx'
import { useWords } from '../../words/words-context.tsx'
import { PrintLabel } from '../devices/print-label.tsx'

/** A piece without a label that can be read: a number of the shop, printed, stuck on, and scanned back before it counts. */
export function LabelPanel({ unit, onClose }: { unit: UnitCard; onClose: () => void }) {
  const { say } = useWords()
  const [number, setNumber] = useState<string | null>(null)
  return (
    <Dialog title={say('label.title')} onClose={onClose}>
      <div className="stack">
        <UnitStrip unit={unit} />
        {number === null ? <AskNumber unitId={unit.unitId} onGiven={setNumber} /> : <StickOn unitId={unit.unitId} number={number} onClose={onClose} />}
      </div>
    </Dialog>
  )
}

function AskNumber({ unitId, onGiven }: { unitId: string; onGiven: (number: string) => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [why, setWhy] = useState<LabelWhy | null>(null)
  const [photos, setPhotos] = useState<readonly string[]>([])
  const ask = () => {
    if (why === null) return
    void store.ask((core) => core.units.relabel({ unitId, why, photos: photos.map((base64) => ({ base64 })) })).then((given) => {
      if (given !== null) onGiven(given.number)
    })
  }
  return (
    <>
      <ChoiceGroup
        label={say('label.why')}
        chosen={why}
        choices={LabelWhy.options.map((id) => ({ id, words: say(`label-why.${id}`) }))}
        onChoose={setWhy}
      />
      <FreshPhotos shots={photos} onChange={setPhotos} />
      <RefusalLine />
      <footer className="dialog__feet">
        <Button tone="primary" size="large" icon={Tag} isDisabled={why === null} onPress={ask}>
          {say('label.give')}
        </Button>
      </footer>
    </>
  )
}

function StickOn({ unitId, number, onClose }: { unitId: string; number: string; onClose: () => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [answer, setAnswer] = useState<'right' | 'wrong' | null>(null)
  const compare = (scanned: string) => {
    void store.ask((core) => core.units.confirmLabel({ unitId, text: scanned })).then((checked) => {
      if (checked !== null) setAnswer(checked.isRight ? 'right' : 'wrong')
    })
  }
  return (
    <>
      <p className="label-number">
        <SerialText text={number} />
      </p>
      <div className="row row--wrap">
        <PrintLabel unitId={unitId} number={number} />
      </div>
      <ScanLine label={say('label.scan-back')} onScan={compare} />
      {answer === null ? null : (
        <p className={`service__said tone tone--${answer === 'right' ? 'good' : 'stop'}`} role={answer === 'right' ? 'status' : 'alert'}>
          <ToneSign tone={answer === 'right' ? 'good' : 'stop'} /> {say(answer === 'right' ? 'label.is-right' : 'label.is-wrong')}
        </p>
      )}
      <RefusalLine />
      <footer className="dialog__feet">
        <Button tone={answer === 'right' ? 'primary' : 'plain'} onPress={onClose}>{say(answer === 'right' ? 'set-up-till.finish' : 'app.close')}</Button>
      </footer>
    </>
  )
}
