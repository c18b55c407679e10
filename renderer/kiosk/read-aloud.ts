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

const nameOf = (one: HTMLElement): string => one.getAttribute('aria-label') ?? one.innerText

/** Everything in a part of the page as one would read it aloud: the words and the names of what can be pressed. */
export function textOf(selector: string): string {
  const part = document.querySelector(selector)
  if (part === null) return ''
  const spoken = [...part.querySelectorAll<HTMLElement>('h1, h2, p, li, button, output, [role="status"]')].filter(
    (one) => one.closest('[aria-hidden="true"]') === null && one.parentElement?.closest('li, button, output, [role="status"]') === null,
  )
  return spoken
    .map((one) => one.getAttribute('aria-label') ?? one.innerText.replaceAll('\n', ', '))
    .filter((text) => text.trim() !== '')
    .map((text) => (/\p{Po}$/u.test(text) ? text : `${text}.`))
    .join(' ')
}

/** Reads each new step aloud, and whatever a key has moved to. Captions are the screen itself: nothing is only said. */
export function useReadAloud(isOn: boolean, language: Language, step: string): void {
  const readStep = useEffectEvent(() => readAloud(textOf('#main'), language))
  const read = useRef<string | null>(null)
  useEffect(() => {
    if (isOn && read.current !== step) readStep()
    read.current = isOn ? step : null
  }, [isOn, step])
  useEffect(() => {
    if (!isOn) return
    const onFocus = (event: FocusEvent) => {
      const target = event.target
      if (target instanceof HTMLElement && target.matches(':focus-visible') && target.tagName !== 'H1') readAloud(nameOf(target), language)
    }
    // What is typed is said sign by sign, by the keys on the screen and by those of a keyboard.
    const onKeyTouched = (event: MouseEvent) => {
      const key = event.target instanceof Element ? event.target.closest<HTMLElement>('.kiosk-key') : null
      if (key !== null) readAloud(nameOf(key), language)
    }
    const onTyped = (event: KeyboardEvent) => {
      // Only what a customer types: never a colleague's PIN.
      if (event.target instanceof Element && event.target.matches('.field__input--kiosk') && event.key.length === 1) readAloud(event.key, language)
    }
    document.addEventListener('focusin', onFocus)
    document.addEventListener('click', onKeyTouched, { capture: true })
    document.addEventListener('keydown', onTyped)
    return () => {
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('click', onKeyTouched, { capture: true })
      document.removeEventListener('keydown', onTyped)
      window.speechSynthesis.cancel()
    }
  }, [isOn, language])
}
