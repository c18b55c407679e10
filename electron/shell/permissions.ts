import { isOurPage } from './app-origin.ts'

/** What a page asked the engine for, reduced to what decides. */
export interface PermissionQuestion {
  /** Electron's own word, such as `media` or `geolocation`. */
  readonly permission: string
  readonly address: string
  readonly isMainFrame: boolean
  /** For `media`: the kinds of device. */
  readonly media: readonly string[]
}

/**
 * Everything is refused but the picture of a camera, asked for by our own page while its photo step is on the screen.
 * Never sound: the till has no use for what is said in front of it.
 */
export function isPermitted(question: PermissionQuestion, photoStepOpen: boolean): boolean {
  return (
    photoStepOpen &&
    question.permission === 'media' &&
    question.isMainFrame &&
    isOurPage(question.address) &&
    question.media.length === 1 &&
    question.media[0] === 'video'
  )
}
