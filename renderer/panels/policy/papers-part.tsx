import { Plus } from 'lucide-react'
import type { Policy } from '../../../contract/policy.ts'
import { PLAIN_TEMPLATE } from '../../../contract/paper-template.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { TemplateFields } from '../template-fields.tsx'
import type { PartProps } from './part-props.ts'

/** How papers look, for every store or for one; what was set at a till itself goes before it there. */
export function PapersPart({ draft, desk, onDraft }: PartProps) {
  const { say } = useWords()
  const papers = draft.papers ?? {}
  const set = (next: Policy['papers']) => onDraft({ ...draft, papers: next })
  const nameOf = (id: string): string => (id === '*' ? say('policy.every-store') : (desk.stores.find((store) => store.id === id)?.name ?? id))
  const free = ['*', ...desk.stores.map(({ id }) => id)].filter((id) => papers[id] === undefined)
  return (
    <section className="policy__part">
      <p className="muted">{say('policy.papers-text')}</p>
      {Object.entries(papers).map(([id, template]) => (
        <fieldset key={id} className="policy__entry">
          <legend>{nameOf(id)}</legend>
          <TemplateFields template={template} rule="papers.*" onTemplate={(next) => set({ ...papers, [id]: next })} />
          <Button tone="quiet" onPress={() => set(Object.fromEntries(Object.entries(papers).filter(([one]) => one !== id)))}>{say('policy.remove')}</Button>
        </fieldset>
      ))}
      <div className="row row--wrap">
        {free.map((id) => (
          <Button key={id} tone="quiet" icon={Plus} onPress={() => set({ ...papers, [id]: PLAIN_TEMPLATE })}>{say('policy.papers-add', { store: nameOf(id) })}</Button>
        ))}
      </div>
    </section>
  )
}
