import type { DayFigures } from '../../contract/figures.ts'
import type { SpokenWords } from '../words/words-context.tsx'

/** How a time and a share of the figures are read; a dash where there was nothing to measure. */
export function figureWords(words: SpokenWords) {
  return {
    seconds: (value: number | null): string => (value === null ? '–' : words.say('figures.seconds', { seconds: words.number(value) })),
    typedShare: (day: DayFigures): string => {
      const percent = typedPercent(day)
      return percent === null ? '–' : words.rate(percent * 100)
    },
  }
}

/** How many of a hundred serials were typed; null where none came in. */
export function typedPercent({ serialsScanned, serialsTyped }: DayFigures): number | null {
  const serials = serialsScanned + serialsTyped
  return serials === 0 ? null : Math.round((100 * serialsTyped) / serials)
}
