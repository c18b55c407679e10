import { Smartphone } from 'lucide-react'
import { useState } from 'react'
import type { FormEvent } from 'react'
import type { PieceToActivate } from '../../../contract/activation.ts'
import { readIccid } from '../../../contract/identity/iccid.ts'
import { readImei } from '../../../contract/identity/imei.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { useScanCatcher } from '../../desk/scan-route.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { useWords } from '../../words/words-context.tsx'

/** The two numbers a provider wants. A scan lands in the field it fits, whichever has the focus. */
export function ActivateForm({ piece, onAsked }: { piece: PieceToActivate; onAsked: () => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [imei, setImei] = useState(piece.imeis[0] ?? piece.activation?.imei ?? '')
  const [sim, setSim] = useState('')
  const [neither, setNeither] = useState<string | null>(null)
  const [chosen, setChosen] = useState(piece.services[0]?.serviceId ?? '')
  const isReady = imei.trim() !== '' && sim.trim() !== '' && chosen !== ''
  useScanCatcher((text) => {
    const isSim = readIccid(text).ok
    const isDevice = !isSim && readImei(text).ok
    setNeither(isSim || isDevice ? null : text)
    if (isSim) setSim(text)
    if (isDevice) setImei(text)
  })
  const ask = () => {
    if (!isReady) return
    const { saleId, unitId } = piece
    void store.act((core) => core.activations.act({ do: 'ask', saleId, unitId, serviceId: chosen, imei, sim })).then((done) => done && onAsked())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask()
  }
  return (
    <form className="stack" onSubmit={submit} aria-label={say('activation.title')}>
      <p className="muted prose">{say('activation.hint')}</p>
      <NumberField label={say('activation.imei')} value={imei} onValue={setImei} />
      <NumberField label={say('activation.sim')} value={sim} onValue={setSim} isFirst />
      {neither === null ? null : <p className="service__trouble" role="alert">{say('activation.neither', { text: neither })}</p>}
      {piece.services.length < 2 ? null : (
        <ChoiceGroup
          label={say('activation.provider')} chosen={chosen} choices={piece.services.map(({ serviceId, provider }) => ({ id: serviceId, words: provider }))}
          onChoose={setChosen}
        />
      )}
      <Button tone="primary" size="large" icon={Smartphone} isDisabled={!isReady} onPress={ask}>{say('activation.open')}</Button>
      {/* Enter in a field does it too: a form wants a button of its own for that. */}
      <input type="submit" hidden />
    </form>
  )
}

interface NumberFieldProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly isFirst?: boolean
}

function NumberField({ label, value, onValue, isFirst = false }: NumberFieldProps) {
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        className="field__input serial" value={value} dir="ltr" inputMode="numeric" autoFocus={isFirst} autoComplete="off" spellCheck={false} maxLength={40}
        onChange={(event) => onValue(event.target.value)}
      />
    </label>
  )
}
