import { buildElementString } from './build.ts'
import { specOfAi } from './ai-table.ts'
import { elementsFault } from './check-elements.ts'
import type { Element } from './element.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/**
 * Reads the bracketed form that stands under a barcode, `(01)09521234543213(21)ABC`. Strict: no blanks, known AIs,
 * the same checks as for a scan. A bracket inside a value is written `\(`; an unescaped one begins the next AI.
 */
export function parseHri(text: string): Outcome<{ elements: readonly Element[], elementString: string }> {
  if (text === '') return refused('EMPTY', 0)
  const elements: Element[] = []
  let at = 0
  while (at < text.length) {
    if (text.charAt(at) !== '(') return refused('FORMAT', at)
    const close = text.slice(at, at + 6).indexOf(')')
    const ai = close < 0 ? '' : text.slice(at + 1, at + close)
    if (specOfAi(ai) === undefined) return refused('UNKNOWN_AI', at)
    const value = valueFrom(text, at + ai.length + 2)
    elements.push([ai, value.text])
    at = value.end
  }
  return elementsFault(elements) ?? { ok: true, elements, elementString: buildElementString(elements) }
}

function valueFrom(text: string, start: number): { text: string, end: number } {
  let value = ''
  let at = start
  while (at < text.length && text.charAt(at) !== '(') {
    if (text.charAt(at) === '\\' && text.charAt(at + 1) === '(') at++
    value += text.charAt(at)
    at++
  }
  return { text: value, end: at }
}
