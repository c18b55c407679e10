import { useEffect, useEffectEvent } from 'react'

/** Where a scan goes that the keyboard-wedge detector found: to the field that waits for one, else to the till. */
type Catcher = (text: string) => void

const catchers: Catcher[] = []

/** While mounted, scans come here and not to the till: "What is this code?" must not sell anything. */
export function useScanCatcher(onScan: Catcher): void {
  const latest = useEffectEvent(onScan)
  useEffect(() => {
    const catcher = (text: string) => latest(text)
    catchers.push(catcher)
    return () => {
      catchers.splice(catchers.indexOf(catcher), 1)
    }
  }, [])
}

export function routeScan(text: string, till: Catcher): void {
  const catcher = catchers.at(-1) ?? till
  catcher(text)
}

/** A symbology identifier (ISO/IEC 15424) that the scanner typed before the text, and the text without it. */
export function withoutAim(text: string): { readonly aim: string | null; readonly text: string } {
  const found = /^\][A-Za-z][0-9A-Za-z]/u.exec(text)
  return found === null || text.length === 3 ? { aim: null, text } : { aim: found[0], text: text.slice(3) }
}
