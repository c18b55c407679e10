import { useEffect } from 'react'
import type { ReactNode } from 'react'
import type { Trouble } from '../client.ts'
import { TroubleLine } from './trouble-line.tsx'

interface PageProps {
  readonly title: string
  readonly lead: string
  /** What can be done here, at the end of the head. */
  readonly acts?: ReactNode
  readonly trouble?: Trouble | null
  readonly children: ReactNode
}

/** One place of the centre: what it is, what can be done, and what is wrong, always in the same places. */
export function Page({ title, lead, acts, trouble = null, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} – Countermark`
  }, [title])
  return (
    <main className="page" id="page" tabIndex={-1}>
      <header className="page__head">
        <div>
          <h1 className="page__title">{title}</h1>
          <p className="page__lead">{lead}</p>
        </div>
        <div className="row row--wrap">{acts}</div>
      </header>
      <TroubleLine trouble={trouble} />
      {children}
    </main>
  )
}
