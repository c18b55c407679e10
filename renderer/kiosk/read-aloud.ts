import { useEffect, useEffectEvent, useRef } from 'react'
import type { Language } from '../../contract/ids.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'

/** Says a text in its language; what was being said before is cut short. */
export function readAloud(text: string, language: Language): void {
  const { speechSynthesis } = window
  speechSynthesis.cancel()
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.lang = LANGUAGES[language].locale
  speechSynthesis.speak(utterance)
}

/** Everything on the step as one would read it aloud: the words and the names of what can be pressed. */
export function textOfStep(): string {
  const main = document.getElementById('main')
  if (main === null) return ''
  const spoken = [...main.querySelectorAll<HTMLElement>('h1, h2, p, li, button, output, [role="status"]')].filter(
    (part) => part.closest('[aria-hidden="true"]') === null && part.parentElement?.closest('li, button, output, [role="status"]') === null,
  )
  return spoken.map((part) => part.getAttribute('aria-label') ?? part.innerText.replaceAll('\n', ', ')).filter((text) => text.trim() !== '').join('. ')
}

/** Reads each new step aloud, and whatever a key has moved to. Captions are the screen itself: nothing is only said. */
export function useReadAloud(isOn: boolean, language: Language, step: string): void {
  const readStep = useEffectEvent(() => readAloud(textOfStep(), language))
  const read = useRef<string | null>(null)
  useEffect(() => {
    if (isOn && read.current !== step) readStep()
    read.current = isOn ? step : null
  }, [isOn, step])
  useEffect(() => {
    if (!isOn) return
    const onFocus = (event: FocusEvent) => {
      const target = event.target
      if (target instanceof HTMLElement && target.matches(':focus-visible') && target.tagName !== 'H1') readAloud(target.getAttribute('aria-label') ?? target.innerText, language)
    }
    document.addEventListener('focusin', onFocus)
    return () => {
      document.removeEventListener('focusin', onFocus)
      window.speechSynthesis.cancel()
    }
  }, [isOn, language])
}
