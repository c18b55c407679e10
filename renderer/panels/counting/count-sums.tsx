import type { CountView } from '../../../contract/counting-view.ts'
import { useWords } from '../../words/words-context.tsx'

/** Read from across the shelf: found, to be found, still to find. A blind count says only what was found. */
export function CountSums({ found, expected, surplus }: Pick<CountView, 'found' | 'expected' | 'surplus'>) {
  const { say, number } = useWords()
  return (
    <>
      <dl className="count-sums" aria-live="polite">
        <Sum name={say('counting.found')} value={number(found)} is="found" />
        {expected === null ? null : <Sum name={say('counting.expected')} value={number(expected)} is="expected" />}
        {expected === null ? null : <Sum name={say('counting.left')} value={number(expected - found)} is={expected === found ? 'done' : 'left'} />}
        <Sum name={say('counting.surplus')} value={number(surplus)} is={surplus === 0 ? 'done' : 'surplus'} />
      </dl>
      {expected === null ? null : <progress className="service__progress" value={found} max={expected} aria-label={say('counting.found')} />}
    </>
  )
}

function Sum({ name, value, is }: { name: string; value: string; is: 'found' | 'expected' | 'left' | 'surplus' | 'done' }) {
  return (
    <div className="count-sum" data-is={is}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
