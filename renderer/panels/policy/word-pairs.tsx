import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { Pick, TextField } from './policy-fields.tsx'
import type { RulePath } from './typed-fields.tsx'

interface WordPairsProps {
  readonly rule: RulePath
  readonly label: string
  readonly hint: string
  readonly pairs: Readonly<Record<string, string>>
  readonly left: string
  readonly right: string
  /** What the right side may be; left out: any text. */
  readonly choices?: readonly { readonly id: string; readonly words: string }[]
  readonly isWrong: boolean
  readonly onPairs: (pairs: Record<string, string>) => void
}

/** Words on the left, what belongs to each on the right. A row without a word, or with one that stands above, counts for nothing. */
export function WordPairs({ rule, label, hint, pairs, left, right, choices, isWrong, onPairs }: WordPairsProps) {
  const { say } = useWords()
  // Half a row has no place in the rules yet, but on the screen.
  const [rows, setRows] = useState<readonly (readonly [string, string])[]>(() => Object.entries(pairs))
  const set = (next: readonly (readonly [string, string])[]) => {
    setRows(next)
    onPairs(Object.fromEntries(next.toReversed().filter(([word]) => word !== '')))
  }
  const put = (place: number, pair: readonly [string, string]) => set(rows.map((row, n) => (n === place ? pair : row)))
  return (
    <fieldset className="policy__entry">
      <legend>{label}</legend>
      <p className="muted">{hint}</p>
      {rows.map(([word, meaning], place) => (
        // oxlint-disable-next-line react/no-array-index-key -- the word is what is being typed
        <div key={place} className="policy__row">
          <TextField rule={rule} label={left} value={word} most={64} isCode onText={(text) => put(place, [text, meaning])} />
          {choices === undefined
            ? <TextField rule={rule} label={right} value={meaning} most={500} isCode onText={(text) => put(place, [word, text])} />
            : <Pick rule={rule} label={right} value={meaning} all={choices} onPick={(id) => put(place, [word, id])} />}
          <Button tone="quiet" onPress={() => set(rows.toSpliced(place, 1))}>{say('policy.remove')}</Button>
        </div>
      ))}
      {isWrong ? <p className="policy__wrong" role="alert">{say('policy.pairs-wrong')}</p> : null}
      <Button tone="quiet" icon={Plus} onPress={() => set([...rows, ['', choices?.[0]?.id ?? '']])}>{say('policy.add-row')}</Button>
    </fieldset>
  )
}
