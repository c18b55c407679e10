import type { CountScope } from '../../../contract/counting-view.ts'
import { useWords } from '../../words/words-context.tsx'

/** What is counted, in the words it was chosen by. */
export function ScopeWords({ scope }: { scope: CountScope }) {
  const { say, sayCode } = useWords()
  return [
    scope.area === null ? say('counting.everywhere') : sayCode(`area.${scope.area}`, {}, scope.area),
    scope.category === null ? say('counting.all-goods') : sayCode(`category.${scope.category}`, {}, scope.category),
    ...(scope.sample === null ? [] : [say('counting.sample-of', { count: scope.sample })]),
  ].join(' · ')
}
