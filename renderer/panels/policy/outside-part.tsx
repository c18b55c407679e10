import { Plus } from 'lucide-react'
import { OutsideCheck } from '../../../contract/outside-check.ts'
import { OUTSIDE_LIMIT_MS } from '../../../contract/outside-request.ts'
import { AliasKind } from '../../../contract/unit.ts'
import { Intent } from '../../../contract/verdict.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { categoryChoices } from './category-words.ts'
import { DoorAddress, DoorAnswer, DoorEntry, DoorHeaders, type DoorRules } from './door-fields.tsx'
import type { PartProps } from './part-props.ts'
import { Checks, Choice, TextField } from './policy-fields.tsx'
import { useRowNames } from './row-names.ts'

const CHECKS_MAX = 8
const MEANINGS = { stolen: ['listed', 'not-listed'], authenticity: ['genuine', 'fake', 'no-opinion'] } as const

/** Registers and makers that are asked about a piece, each as the questions and answers of its own door. */
export function OutsidePart({ draft, desk, onDraft }: PartProps) {
  const { say } = useWords()
  const checks = draft.outside ?? []
  const rows = useRowNames(checks.length)
  const set = (next: OutsideCheck[]) => onDraft({ ...draft, outside: next })
  const remove = (place: number) => {
    rows.remove(place)
    set(checks.toSpliced(place, 1))
  }
  return (
    <section className="policy__part">
      <p className="muted">{say('policy.outside-text')}</p>
      {checks.map((check, place) => (
        <Register
          key={rows.nameAt(place)}
          check={check}
          isTwice={checks.findIndex(({ id }) => id === check.id) !== place}
          categories={desk.categories}
          onCheck={(changed) => set(checks.map((one, n) => (n === place ? changed : one)))}
          onRemove={() => remove(place)}
        />
      ))}
      {checks.length >= CHECKS_MAX ? null : (
        <div className="row row--wrap" data-rule="outside[].asks">
          {(['stolen', 'authenticity'] as const).map((asks) => (
            <Button key={asks} tone="quiet" icon={Plus} onPress={() => set([...checks, freshCheck(asks, checks.map(({ id }) => id))])}>
              {say(`policy.outside-add-${asks}`)}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}

/** Asks before anything is decided, keeps nothing, and means by "true" the graver of its answers. */
function freshCheck(asks: OutsideCheck['asks'], ids: readonly string[]): OutsideCheck {
  const stem = asks === 'stolen' ? 'stolen-register' : 'maker'
  const id = [stem, ...Array.from({ length: CHECKS_MAX }, (_, n) => `${stem}-${n + 2}`)].find((name) => !ids.includes(name)) ?? stem
  const common = {
    id, register: '', url: 'https://', method: 'GET' as const, headers: {}, body: null, numbers: ['imei' as const, 'serial' as const], categories: ['*'],
    intents: ['return' as const, 'check' as const, 'trade-in' as const], limit_ms: OUTSIDE_LIMIT_MS, answerAt: '/status', referenceAt: null, mayKeep: false,
  }
  return asks === 'stolen' ? { asks, ...common, means: { true: 'listed', false: 'not-listed' } } : { asks, ...common, means: { true: 'genuine', false: 'fake' } }
}

interface RegisterProps {
  readonly check: OutsideCheck
  readonly isTwice: boolean
  readonly categories: readonly string[]
  readonly onCheck: (check: OutsideCheck) => void
  readonly onRemove: () => void
}

function Register({ check, isTwice, categories, onCheck, onRemove }: RegisterProps) {
  const words = useWords()
  const { say, sayCode } = words
  const put = (change: Partial<OutsideCheck>) => onCheck({ ...check, ...change } as OutsideCheck)
  const read = OutsideCheck.safeParse(check)
  const isWrong = (field: string): boolean => !read.success && read.error.issues.some(({ path }) => path[0] === field)
  const all = categoryChoices(words, categories)
  const door = { list: 'outside', door: check, isWrong, onDoor: (change: Partial<DoorRules>) => put(change as Partial<OutsideCheck>) } as const
  return (
    <DoorEntry title={say(check.asks === 'stolen' ? 'policy.outside-stolen' : 'policy.outside-authenticity', { register: check.register === '' ? '…' : check.register })} isNew={check.register === ''} isFinished={read.success && !isTwice} onRemove={onRemove}>
      <TextField rule="outside[].register" label={say('policy.outside-register')} hint={say('policy.outside-register-hint')} value={check.register} most={64} wrong={check.register.trim() === '' ? say('policy.needed') : null} onText={(register) => put({ register })} />
      <DoorAddress {...door} isTwice={isTwice} hint={say('policy.outside-url-hint')} />
      <Choice
        rule="outside[].method" label={say('policy.outside-method')} chosen={check.method} choices={[{ id: 'GET', words: say('policy.outside-GET') }, { id: 'POST', words: say('policy.outside-POST') }]}
        onChoose={(method) => put({ method, body: method === 'GET' ? null : (check.body ?? '{"number": "{number}"}') })}
      />
      {check.method === 'GET' ? null : (
        <TextField rule="outside[].body" label={say('policy.outside-body')} hint={say('policy.outside-body-hint')} value={check.body ?? ''} most={2_000} isCode rows={3} onText={(body) => put({ body })} />
      )}
      <DoorHeaders {...door} />
      <Checks rule="outside[].numbers" label={say('policy.outside-numbers')} all={AliasKind.options.map((id) => ({ id, words: say(`alias.${id}`) }))} chosen={check.numbers} onChosen={(numbers) => put({ numbers })} />
      <Checks rule="outside[].categories" label={say('policy.outside-categories')} all={all} chosen={check.categories} onChosen={(chosen) => put({ categories: chosen })} />
      <Checks rule="outside[].intents" label={say('policy.outside-intents')} all={Intent.options.map((id) => ({ id, words: sayCode(`policy.intent-${id}`) }))} chosen={check.intents} onChosen={(intents) => put({ intents })} />
      {['numbers', 'categories', 'intents'].some(isWrong) ? <p className="policy__wrong" role="alert">{say('policy.choose-one')}</p> : null}
      <DoorAnswer {...door} meanings={MEANINGS[check.asks].map((id) => ({ id, words: say(`policy.means-${id}`) }))} />
      <Choice
        rule="outside[].mayKeep" label={say('policy.outside-keep')} chosen={check.mayKeep ? 'yes' : 'no'}
        choices={(['no', 'yes'] as const).map((id) => ({ id, words: say(`policy.outside-keep-${id}`) }))} onChoose={(id) => put({ mayKeep: id === 'yes' })}
      />
    </DoorEntry>
  )
}
