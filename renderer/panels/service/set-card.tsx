import { PackageOpen, PackagePlus } from 'lucide-react'
import { useState } from 'react'
import type { UnitService } from '../../../contract/service-view.ts'
import { useMay } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import { useWords } from '../../words/words-context.tsx'

interface SetCardProps {
  readonly service: UnitService
  readonly onPack: (text: string) => Promise<boolean>
  readonly onTakeOut: (partId: string, reason: string) => Promise<boolean>
  readonly onNumber: (part: string, number: string) => Promise<boolean>
}

/** What a piece is packed with: seen by everybody, packed and taken apart by whoever may. */
export function SetCard({ service, onPack, onTakeOut, onNumber }: SetCardProps) {
  const words = useWords()
  const mayChange = useMay('change-sets')
  const { set, unit } = service
  const others = set.whole === null ? set.parts : [set.whole]
  const lies = unit.facts.custody.at === 'in-stock'
  if (others.length === 0 && set.numbers.length === 0 && !(mayChange && lies)) return null
  return (
    <section className="card stack">
      <h3 className="card__title">{words.say('set.parts-of', { name: unit.name })}</h3>
      <ul className="service__promises">
        {others.map((other) => (
          <li key={other.unitId}>
            <bdi>{other.name}</bdi> <SerialText text={other.serial} />
          </li>
        ))}
      </ul>
      {set.numbers.map(({ part, number }) => (
        <OneLine
          key={`${part} ${number ?? ''}`}
          label={words.say('return.part', { part: words.sayCode(`accessory.${part}`, {}, part) })}
          said={number ?? ''}
          action={words.say('set.keep-number')}
          isOff={!mayChange}
          onSay={(text) => onNumber(part, text)}
        />
      ))}
      {!mayChange ? null : set.whole !== null ? (
        <OneLine label={words.say('service.why')} action={words.say('set.take-out')} icon={PackageOpen} onSay={(reason) => onTakeOut(unit.unitId, reason)} />
      ) : lies ? (
        <OneLine label={words.say('set.number')} action={words.say('set.pack')} icon={PackagePlus} onSay={onPack} />
      ) : null}
    </section>
  )
}

interface OneLineProps {
  readonly label: string
  readonly action: string
  readonly said?: string
  readonly icon?: typeof PackageOpen
  readonly isOff?: boolean
  readonly onSay: (text: string) => Promise<boolean>
}

/** One field and what is done with it; emptied when it is done. */
function OneLine({ label, action, said = '', icon, isOff = false, onSay }: OneLineProps) {
  const [text, setText] = useState(said)
  const isReady = text.trim() !== '' && text.trim() !== said
  const done = () => {
    if (isReady) void onSay(text.trim()).then((isDone) => (isDone ? setText(said) : undefined))
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        done()
      }}
    >
      <label className="field">
        <span className="field__label">{label}</span>
        <input className="field__input" value={text} maxLength={128} disabled={isOff} dir="auto" onChange={(event) => setText(event.target.value)} />
      </label>
      {isOff ? null : (
        <Button {...(icon === undefined ? {} : { icon })} isDisabled={!isReady} onPress={done}>
          {action}
        </Button>
      )}
    </form>
  )
}
