import { useState } from 'react'

/** How this customer wants to be served; forgotten with the session, so that the next one finds the kiosk as it is. */
export interface KioskAccess {
  readonly large: boolean
  readonly contrast: boolean
  /** Everything that is touched within 1.2 m of the floor. */
  readonly low: boolean
  readonly speech: boolean
}

const AS_IT_IS: KioskAccess = { large: false, contrast: false, low: false, speech: false }

/** Kept for one customer: `session` changes with the session, and everything is as it was. */
export function useKioskAccess(session: string | null): { access: KioskAccess; toggle: (what: keyof KioskAccess) => void } {
  const [kept, setKept] = useState({ session, access: AS_IT_IS })
  // What is chosen on the first screen, before there is a session, goes along into it.
  const goesOn = kept.session === session || kept.session === null
  const access = goesOn ? kept.access : AS_IT_IS
  if (kept.session !== session) setKept({ session, access })
  return { access, toggle: (what) => setKept({ session, access: { ...access, [what]: !access[what] } }) }
}

export const maySpeak = (): boolean => 'speechSynthesis' in window
