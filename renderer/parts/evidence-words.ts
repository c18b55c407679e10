import type { SpokenWords } from '../words/words-context.tsx'

/** A layer of cover as the verdict keeps it among its evidence: its kind, its first day and its last. */
const LAYER = /^(legal|maker|plan|repair) (\d{4}-\d{2}-\d{2}) – (\d{4}-\d{2}-\d{2})$/u

/** What an answer rests on. Numbers of receipts and campaigns stay as they are; a layer of cover is said in words. */
export function evidenceInWords(words: SpokenWords, line: string): string {
  const layer = LAYER.exec(line)
  if (layer === null) return line
  const [, kind = '', start = '', end = ''] = layer
  return words.say('verdict.cover', { layer: words.sayCode(`cover.${kind}`), start, end })
}

/** Who marks pieces without being a person or a register with a name of its own, as the records spell it. */
const MARKERS: Readonly<Record<string, string>> = {
  Owner: 'owner', Quality: 'quality', Carrier: 'carrier', Inspection: 'inspection',
}

/** Who knows it: the till, the centre, the label, the owner; the name of a register or of a store stays as it is. */
export function sourceInWords(words: SpokenWords, source: string): string {
  return words.sayCode(`source.${MARKERS[source] ?? source}`, {}, source)
}
