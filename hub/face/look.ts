export type Look = 'system' | 'light' | 'dark'

const STORED_AS = 'countermark.hub.look'

/** The look a person chose for this browser; without a choice it follows the system. */
export function lookNow(): Look {
  const stored = window.localStorage.getItem(STORED_AS)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

export function setLook(look: Look): void {
  window.localStorage.setItem(STORED_AS, look)
  showLook()
}

/** Tells the style sheet. */
export function showLook(): void {
  const look = lookNow()
  if (look === 'system') delete document.documentElement.dataset['look']
  else document.documentElement.dataset['look'] = look
}
