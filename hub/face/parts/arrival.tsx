import type { Arrival } from '../../contract/shop-calls.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { Chip } from './chip.tsx'

/** At how many tills a change has arrived, and at which it has not. */
export function ArrivalChip({ arrival }: { arrival: Arrival }) {
  const { t } = useFaceWords()
  if (arrival.tills === 0) return <Chip tone="plain">{t('arrival.none')}</Chip>
  const { tills, arrived, waiting } = arrival
  const isThere = arrived === tills
  return (
    <span className="arrival" title={waiting.length === 0 ? undefined : t('arrival.waiting', { tills: waiting.join(', ') })}>
      <Chip tone={isThere ? 'good' : 'attention'}>{isThere ? t('arrival.all', { tills }) : t('arrival.some', { arrived, tills })}</Chip>
    </span>
  )
}
