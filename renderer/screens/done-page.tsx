import type { ReactNode } from 'react'
import { useAnswer } from '../desk/use-answer.ts'
import { Paper } from '../parts/paper.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import { useWords } from '../words/words-context.tsx'

interface DonePageProps {
  readonly title: string
  /** The paper that was made of it, shown beside the words, and the number it carries. */
  readonly documentId: string
  readonly number: string
  readonly children: ReactNode
}

/** It is done: a good sign, what there is to say of it, and the paper as it was printed. */
export function DonePage({ title, documentId, number, children }: DonePageProps) {
  const { say } = useWords()
  const paper = useAnswer((core) => core.papers.view({ documentId }), documentId)
  const template = useAnswer((core) => core.papers.template(), 0)
  return (
    <div className="paid">
      <section className="paid__words">
        <h1 className="paid__title">
          <ToneSign tone="good" size={44} />
          {title}
        </h1>
        {children}
      </section>
      <div className="paid__paper">
        {paper === null ? null : <Paper document={paper} label={say('papers.paper-of', { number })} logo={template?.logo?.png ?? null} />}
      </div>
    </div>
  )
}
