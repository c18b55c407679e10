/** What of a key press matters here: both the shell's and the page's have it. */
export interface KeyStroke {
  readonly key: string
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
}

const NAMED_KEYS = new Set([
  'ContextMenu',
  'PrintScreen',
  'Pause',
  'ScrollLock',
  'Meta',
  'OS',
  'BrowserBack',
  'BrowserForward',
  'BrowserHome',
  'BrowserRefresh',
  'BrowserSearch',
  'BrowserFavorites',
  'LaunchMail',
  'LaunchApplication1',
  'LaunchApplication2',
  'Help',
  'Print',
])

/**
 * Whether a kiosk swallows a key: every function key and every chord that could open, close, zoom, print, reload or
 * leave. A wedge scanner cannot type control characters this way either. AltGr is Ctrl+Alt on some systems and is
 * needed for `@` and `€`: a chord of both that makes a character other than a letter or digit is let through.
 */
export function isBlockedInKiosk(stroke: KeyStroke): boolean {
  if (/^F\d{1,2}$/.test(stroke.key) || NAMED_KEYS.has(stroke.key)) return true
  if (stroke.meta) return true
  const typedByAltGr = stroke.control && stroke.alt && stroke.key.length === 1 && !/[a-z0-9]/i.test(stroke.key)
  return (stroke.control || stroke.alt) && !typedByAltGr
}
