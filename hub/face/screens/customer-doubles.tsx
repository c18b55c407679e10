import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { CustomerDouble, CustomerView, MergedCustomer } from '../../contract/office-calls.ts'
import { hub } from '../client.ts'
import { Field } from '../parts/field.tsx'
import { Pages } from '../parts/pages.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

/** Each pair is two open persons: as many at once as somebody reads. */
const PAIRS_MAX = 30

/** Who is on the table: the pair, and which of the two stays. */
interface Choice {
  readonly keep: CustomerView
  readonly away: CustomerView
}

/** People who may be kept twice. They are looked for when somebody asks for them: each look is written down. */
export function CustomerDoubles() {
  const { t } = useFaceWords()
  const [doubles, setDoubles] = useState<{ readonly rows: readonly CustomerDouble[]; readonly next: string | null } | null>(null)
  const [after, setAfter] = useState<readonly string[]>([])
  const [choice, setChoice] = useState<Choice | null>(null)
  const [merged, setMerged] = useState<MergedCustomer | null>(null)
  const { act, busy, trouble } = useAct()
  const look = (from: readonly string[]) => act(() => hub.customers.doubles({ after: from.at(-1) ?? null, limit: PAIRS_MAX }), (page) => { setDoubles(page); setAfter(from) })
  return (
    <section className="section" aria-labelledby="doubles-title">
      <div className="section__head"><h2 id="doubles-title" className="chart__title">{t('doubles.title')}</h2><Button isDisabled={busy} onPress={() => look([])}>{t('doubles.look')}</Button></div>
      <TroubleLine trouble={trouble} />
      {merged === null ? null : (
        <div className="card section" role="status">
          <div className="section__head">
            <p>{t('doubles.done', { name: merged.person.name })}</p>
            <Button isDisabled={busy} onPress={() => act(() => hub.customers.unmerge({ mergeId: merged.mergeId }), () => { setMerged(null); look(after) })}>{t('doubles.undo')}</Button>
          </div>
        </div>
      )}
      {doubles?.rows.length === 0 && after.length === 0 ? <p className="muted">{t('doubles.none')}</p> : null}
      {doubles?.rows.map(({ by, people: [one, other] }) => one === undefined || other === undefined ? null : (
        <article key={`${one.id} ${other.id}`} className="card section">
          <p className="muted">{by.map((what) => t(`double-by.${what}`)).join(' · ')}</p>
          {[[one, other], [other, one]].map(([keep, away]) => keep === undefined || away === undefined ? null : (
            <div key={keep.id} className="section__head">
              <p><bdi>{[keep.name, keep.email, keep.phone, keep.address].filter((part) => part !== '').join(' · ')}</bdi> <span className="muted">{t('doubles.pieces', { count: keep.units.length })}</span></p>
              <Button label={`${t('doubles.keep')}: ${keep.name}`} onPress={() => setChoice({ keep, away })}>{t('doubles.keep')}</Button>
            </div>
          ))}
        </article>
      ))}
      <Pages after={after} next={doubles?.next ?? null} isBusy={busy} onAfter={look} />
      {choice === null ? null : <Merge choice={choice} onClose={() => setChoice(null)} onMerged={(done) => { setChoice(null); setMerged(done); look(after) }} />}
    </section>
  )
}

function Merge({ choice: { keep, away }, onClose, onMerged }: { choice: Choice; onClose: () => void; onMerged: (done: MergedCustomer) => void }) {
  const { t } = useFaceWords()
  const [why, setWhy] = useState('')
  const { act, busy, trouble } = useAct()
  return (
    <Dialog title={t('doubles.merge-title', { name: keep.name })} onClose={onClose} isAlert>
      <p>{t('doubles.merge-hint', { name: away.name })}</p>
      <Field label={t('common.why')} value={why} onChange={setWhy} />
      <TroubleLine trouble={trouble} />
      <div className="dialog__feet"><Button tone="primary" isDisabled={busy || why.trim() === ''} onPress={() => act(() => hub.customers.merge({ keepId: keep.id, awayId: away.id, why }), onMerged)}>{t('doubles.merge')}</Button></div>
    </Dialog>
  )
}
