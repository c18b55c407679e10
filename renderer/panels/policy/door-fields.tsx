import { useState, type ReactNode } from 'react'
import { OUTSIDE_LIMIT_MS } from '../../../contract/outside-request.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { TextField } from './policy-fields.tsx'
import { WholeNumber } from './typed-fields.tsx'
import { WordPairs } from './word-pairs.tsx'

/** What is said of everybody outside who is asked over HTTP: a register, a maker, a provider. */
export interface DoorRules {
  readonly id: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly answerAt: string
  readonly means: Readonly<Record<string, string>>
  readonly referenceAt: string | null
  readonly limit_ms: number
}

interface DoorProps {
  /** The list of the rules in which the door stands. */
  readonly list: 'outside' | 'activation'
  readonly door: DoorRules
  readonly isWrong: (field: string) => boolean
  readonly onDoor: (change: Partial<DoorRules>) => void
}

interface DoorEntryProps {
  readonly title: string
  readonly isNew: boolean
  readonly isFinished: boolean
  readonly onRemove: () => void
  readonly children: ReactNode
}

/** One door in its list: its name, and all that is said of it where it is opened. */
export function DoorEntry({ title, isNew, isFinished, onRemove, children }: DoorEntryProps) {
  const { say } = useWords()
  const [isOpen, setOpen] = useState(isNew)
  return (
    <details className="policy__entry" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {title}
        {isFinished ? null : <strong className="policy__wrong"> {say('policy.outside-unfinished')}</strong>}
      </summary>
      <div className="policy__part">
        {children}
        <Button tone="quiet" onPress={onRemove}>{say('policy.remove')}</Button>
      </div>
    </details>
  )
}

/** Where it is asked. `isTwice`: another door of the list has the same name in the rules. */
export function DoorAddress({ list, door, isTwice, hint, isWrong, onDoor }: DoorProps & { readonly isTwice: boolean; readonly hint: string }) {
  const { say } = useWords()
  return (
    <>
      <TextField
        rule={`${list}[].id`} label={say('policy.outside-id')} hint={say('policy.outside-id-hint')} value={door.id} most={32} isCode
        wrong={isTwice ? say('policy.name-twice') : isWrong('id') ? say('policy.outside-id-wrong') : null} onText={(id) => onDoor({ id })}
      />
      <TextField
        rule={`${list}[].url`} label={say('policy.outside-url')} hint={hint} value={door.url} most={500} isCode
        wrong={isWrong('url') || door.url === 'https://' ? say('policy.outside-url-wrong') : null} onText={(url) => onDoor({ url })}
      />
    </>
  )
}

export function DoorHeaders({ list, door, isWrong, onDoor }: DoorProps) {
  const { say } = useWords()
  return (
    <WordPairs
      rule={`${list}[].headers.*`} label={say('policy.outside-headers')} hint={say('policy.outside-headers-hint')} pairs={door.headers} left={say('policy.outside-header')} right={say('policy.outside-value')}
      isWrong={isWrong('headers')} onPairs={(headers) => onDoor({ headers })}
    />
  )
}

/** Where in its answer the words stand that count, what they mean here, and how long it is waited for. */
export function DoorAnswer({ list, door, meanings, isWrong, onDoor }: DoorProps & { readonly meanings: readonly { readonly id: string; readonly words: string }[] }) {
  const { say } = useWords()
  const wrongPointer = (field: 'answerAt' | 'referenceAt') => (isWrong(field) ? say('policy.outside-pointer-wrong') : null)
  return (
    <>
      <TextField
        rule={`${list}[].answerAt`} label={say('policy.outside-answer')} hint={say('policy.outside-answer-hint')} value={door.answerAt} most={200} isCode
        wrong={wrongPointer('answerAt')} onText={(answerAt) => onDoor({ answerAt })}
      />
      <WordPairs
        rule={`${list}[].means.*`} label={say('policy.outside-means')} hint={say('policy.outside-means-hint')} pairs={door.means} left={say('policy.outside-their-word')} right={say('policy.outside-our-word')}
        choices={meanings} isWrong={isWrong('means')} onPairs={(means) => onDoor({ means })}
      />
      <TextField
        rule={`${list}[].referenceAt`} label={say('policy.outside-reference')} hint={say('policy.outside-reference-hint')} value={door.referenceAt ?? ''} most={200} isCode
        wrong={wrongPointer('referenceAt')} onText={(at) => onDoor({ referenceAt: at === '' ? null : at })}
      />
      <WholeNumber rule={`${list}[].limit_ms`} label={say('policy.outside-limit')} value={door.limit_ms} least={100} most={OUTSIDE_LIMIT_MS} onValue={(limit_ms) => onDoor({ limit_ms })} />
    </>
  )
}
