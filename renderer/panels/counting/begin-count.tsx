import { Check, ScanBarcode } from 'lucide-react'
import { useState } from 'react'
import { Checkbox } from 'react-aria-components'
import type { CountingDesk, CountScope, CountView } from '../../../contract/counting-view.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { KEYS } from '../../keys/keymap.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { useWords } from '../../words/words-context.tsx'

const SAMPLES = [10, 25, 50, 100] as const
const EVERY = 'every'

/** What is to be counted: a place, goods, all of it or so many pieces drawn by lot. */
export function BeginCount({ desk, onBegun }: { desk: CountingDesk; onBegun: (count: CountView) => void }) {
  const { say, sayCode } = useWords()
  const store = useDeskStore()
  const [scope, setScope] = useState<CountScope>({ area: null, category: null, sample: null, blind: false })
  const change = (part: Partial<CountScope>) => setScope({ ...scope, ...part })
  const begin = () => {
    store.dismissRefusal()
    void store.ask((core) => core.counting.begin(scope)).then((count) => count !== null && onBegun(count))
  }
  return (
    <section className="stack" aria-label={say('counting.begin')}>
      <p className="muted prose">{say('counting.about')}</p>
      <div className="count-begin__where">
        <Pick label={say('counting.where')} all={say('counting.everywhere')} chosen={scope.area} codes={desk.areas} words={(area) => sayCode(`area.${area}`, {}, area)} onPick={(area) => change({ area })} />
        <Pick label={say('counting.what')} all={say('counting.all-goods')} chosen={scope.category} codes={desk.categories} words={(category) => sayCode(`category.${category}`, {}, category)} onPick={(category) => change({ category })} />
      </div>
      <ChoiceGroup
        label={say('counting.how-many')}
        chosen={scope.sample === null ? EVERY : String(scope.sample)}
        choices={[{ id: EVERY, words: say('counting.every-piece') }, ...SAMPLES.map((count) => ({ id: String(count), words: say('counting.sample-of', { count }) }))]}
        onChoose={(id) => change({ sample: id === EVERY ? null : Number(id) })}
      />
      <Checkbox className="tick" isSelected={scope.blind} onChange={(blind) => change({ blind })}>
        <span className="tick__box">
          <Check size={20} aria-hidden />
        </span>
        {say('counting.blind')}
      </Checkbox>
      <RefusalLine />
      <Button tone="primary" size="large" icon={ScanBarcode} hotkey={KEYS.finish} onPress={begin}>
        {say('counting.begin')}
      </Button>
    </section>
  )
}

interface PickProps {
  readonly label: string
  readonly all: string
  readonly chosen: string | null
  readonly codes: readonly string[]
  readonly words: (code: string) => string
  readonly onPick: (code: string | null) => void
}

function Pick({ label, all, chosen, codes, words, onPick }: PickProps) {
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <select className="field__input" value={chosen ?? ''} onChange={(event) => onPick(event.target.value === '' ? null : event.target.value)}>
        <option value="">{all}</option>
        {codes.map((code) => (
          <option key={code} value={code}>
            {words(code)}
          </option>
        ))}
      </select>
    </label>
  )
}
