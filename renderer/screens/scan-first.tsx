import type { WhichOne as Question } from '../../contract/notice.ts'
import type { Picture } from '../../contract/unit.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { KEYS } from '../keys/keymap.ts'
import { ProductPicture } from '../parts/product-picture.tsx'
import { WhichOne } from '../parts/which-one.tsx'

interface ScanFirstProps {
  readonly title: string
  readonly hint: string
  readonly pictures: readonly Picture[]
  readonly question: Question | null
  readonly onChoose: (choice: string) => void
  readonly onNone: () => void
}

/** A flow that waits for its piece. Esc goes back to the start. */
export function ScanFirst({ title, hint, pictures, question, onChoose, onNone }: ScanFirstProps) {
  const store = useDeskStore()
  useHotkey(KEYS.back, () => void store.act((core) => core.desk.go({ to: 'home', unitId: null })))
  return (
    <section className="empty empty--alone">
      <span className="empty__pictures" aria-hidden>
        {pictures.map((picture) => (
          <ProductPicture key={picture} picture={picture} />
        ))}
      </span>
      <h1 className="empty__title">{title}</h1>
      <p className="empty__hint">{hint}</p>
      {question === null ? null : <WhichOne question={question} onChoose={onChoose} onNone={onNone} />}
    </section>
  )
}
