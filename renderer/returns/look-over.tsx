import { useState } from 'react'
import type { ReturnAction, ReturnView } from '../../contract/return-view.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { useWords } from '../words/words-context.tsx'
import { LookedAtCard } from './yes-no.tsx'
import { PhotoStrip } from './photo-strip.tsx'

type Assess = Extract<ReturnView, { at: 'assess' }>

/** What is looked at: questions, what belongs to the piece, numbers of parts, photographs, and where it goes. */
export function LookOver({ flow, act }: { flow: Assess; act: (action: ReturnAction) => void }) {
  const words = useWords()
  const store = useDeskStore()
  return (
    <LookedAtCard asked={flow} act={act}>
      {flow.parts.map((part) => (
        <PartNumber key={part.id} id={part.id} number={part.number} onKeep={(number) => act({ do: 'note-part', part: part.id, number })} />
      ))}
      {flow.grade === null || flow.grade === flow.condition ? null : (
        <p className="refund__missing">{words.say('return.grade-is', { condition: words.say(`condition.${flow.grade}`) })}</p>
      )}
      <PhotoStrip
        photos={flow.photos}
        wanted={flow.photosWanted}
        onShot={(base64) => void store.act((core) => core.returns.photo({ flowId: flow.flowId, shot: { base64 } }))}
        onDrop={(photoId) => act({ do: 'drop-photo', photoId })}
      />
      {flow.nextChoices.length < 2 ? null : (
        <ChoiceGroup
          label={words.say('return.goes-to')}
          chosen={flow.next}
          choices={flow.nextChoices.map((id) => ({ id, words: words.say(`place.${id}`) }))}
          onChoose={(next) => act({ do: 'route', next })}
        />
      )}
    </LookedAtCard>
  )
}

function PartNumber({ id, number, onKeep }: { id: string; number: string | null; onKeep: (number: string) => void }) {
  const words = useWords()
  const [text, setText] = useState(number ?? '')
  return (
    <div className="row row--wrap">
      <label className="field">
        <span className="field__label">{words.say('return.part', { part: words.sayCode(`accessory.${id}`, {}, id) })}</span>
        <input className="field__input" type="text" dir="ltr" autoComplete="off" maxLength={128} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <Button isDisabled={text.trim() === '' || text.trim() === number} onPress={() => onKeep(text.trim())}>
        {words.say('return.part-keep')}
      </Button>
    </div>
  )
}
