/** Longer than the gap between two signs of the slowest scanner that types, and shorter than anybody notices. */
const SCAN_GAP_MS_MAX = 60

let waiting: number | null = null

/** Does it in a moment, unless what was pressed turns out to be the first sign of a scan. The newest waits alone. */
export function untilNoScan(act: () => void): void {
  itWasAScan()
  waiting = window.setTimeout(() => {
    waiting = null
    act()
  }, SCAN_GAP_MS_MAX)
}

/** A key was kept from the page: it belongs to a burst, and so does the one before it. */
export function itWasAScan(): void {
  if (waiting !== null) window.clearTimeout(waiting)
  waiting = null
}
