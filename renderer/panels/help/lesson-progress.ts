import { useSyncExternalStore } from 'react'
import { LESSON_IDS } from './lessons.ts'

type LessonId = (typeof LESSON_IDS)[number]

/** How far somebody has come. It stays in the browser, so that the lesson about the power cut can go on after one. */
interface Progress {
  /** Whether the lessons stand beside the screen. */
  readonly shown: boolean
  readonly lesson: LessonId | null
  readonly step: number
  readonly done: readonly LessonId[]
}

const STORED_AS = 'countermark.lessons'
const AT_THE_START: Progress = { shown: false, lesson: null, step: 0, done: [] }

let progress = read()
const listeners = new Set<() => void>()

export function useLessonProgress(): Progress {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => progress,
  )
}

export function setLessonProgress(change: Partial<Progress>): void {
  progress = { ...progress, ...change }
  window.localStorage.setItem(STORED_AS, JSON.stringify(progress))
  for (const listener of listeners) listener()
}

function read(): Progress {
  const stored = window.localStorage.getItem(STORED_AS)
  if (stored === null) return AT_THE_START
  try {
    const { shown, lesson, step, done } = JSON.parse(stored) as Partial<Record<keyof Progress, unknown>>
    return {
      shown: shown === true,
      lesson: LESSON_IDS.find((id) => id === lesson) ?? null,
      step: typeof step === 'number' ? step : 0,
      done: LESSON_IDS.filter((id) => Array.isArray(done) && done.includes(id)),
    }
  } catch {
    return AT_THE_START
  }
}
