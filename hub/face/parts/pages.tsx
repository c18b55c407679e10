import { Button } from '../../../renderer/parts/button.tsx'
import { useFaceWords } from '../words/use-face-words.ts'

interface PagesProps {
  /** The `next` of every page before this one. */
  readonly after: readonly string[]
  /** Null on the last page, and until the page is there. */
  readonly next: string | null
  readonly isBusy?: boolean
  readonly onAfter: (after: readonly string[]) => void
}

/** The ways through a list that comes in pages. */
export function Pages({ after, next, isBusy = false, onAfter }: PagesProps) {
  const { t } = useFaceWords()
  return (
    <div className="row">
      {after.length === 0 ? null : <Button isDisabled={isBusy} onPress={() => onAfter(after.slice(0, -1))}>{t('common.back')}</Button>}
      {next === null ? null : <Button isDisabled={isBusy} onPress={() => onAfter([...after, next])}>{t('common.more')}</Button>}
    </div>
  )
}
