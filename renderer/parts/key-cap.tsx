import { WORDED_KEYS } from '../keys/keymap.ts'
import { useWords } from '../words/words-context.tsx'

/** The legend of a key, drawn like the key. Hidden from speech: `aria-keyshortcuts` says it there. */
export function KeyCap({ name }: { name: string }) {
  const legend = useLegend(name)
  return <kbd className="key-cap" aria-hidden>{legend}</kbd>
}

/** What is printed on the key, in the language of the person. */
export function useLegend(name: string): string {
  const { say } = useWords()
  const worded = name in WORDED_KEYS ? WORDED_KEYS[name as keyof typeof WORDED_KEYS] : null
  return worded === null ? (ARROWS[name] ?? legendOf(name)) : say(worded)
}

const ARROWS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', '-': '−' }

/** Keyboards have capital letters on their keys. */
function legendOf(name: string): string {
  return name.length === 1 ? name.toUpperCase() : name
}
