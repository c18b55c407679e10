import type { DeskView } from '../../../contract/desk-view.ts'
import type { Result } from '../../../contract/fault.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { CountingDesk } from '../counting/counting-desk.ts'
import type { Desk } from '../desk/desk.ts'
import type { Scan } from '../scans/knowledge.ts'

interface Hearers {
  readonly desk: Pick<Desk, 'view'>
  readonly counting: Pick<CountingDesk, 'inFront' | 'heard'>
  scan(scan: Scan): Result<DeskView>
}

/** Hands a scan of a device to the count that is in front, else to the till; answers what the scanner is told. */
export function hearScan({ desk, counting, scan }: Hearers, heard: Scan): 'good' | 'bad' | null {
  if (counting.inFront !== null) return counting.heard(heard)
  const before = desk.view()
  return answerTo(before, scan(heard))
}

/**
 * What the scanner is told about a scan: good, bad, or nothing at all. A quiet hit makes no sound anywhere, and a
 * remark or a question is for the screen.
 */
function answerTo(before: DeskView, after: Result<DeskView>): 'good' | 'bad' | null {
  if (!after.ok) return 'bad'
  const known = new Set(noticesIn(before).map((notice) => notice.id))
  const fresh = noticesIn(after.value).filter((notice) => !known.has(notice.id))
  if (fresh.some((notice) => notice.tone === 'quiet')) return null
  if (fresh.some((notice) => notice.tone === 'stop')) return 'bad'
  return fresh.some((notice) => notice.tone === 'good') ? 'good' : null
}

/** The notices a view shows. The kiosk shows none: what a customer scans there is nobody else's business. */
function noticesIn(view: DeskView): Notice[] {
  const { front, alarm } = view
  if (front.screen === 'kiosk' || front.screen === 'home') return present([alarm])
  if (front.screen === 'sale') return present([alarm, front.sale.notice])
  if (front.screen === 'check') return present([alarm, front.check.notice])
  if (front.screen === 'exchange') return present([alarm, front.exchange.notice])
  if (front.screen === 'trade-in') return present([alarm, 'notice' in front.tradeIn ? front.tradeIn.notice : null])
  return present([alarm, 'notice' in front.return ? front.return.notice : null])
}

const present = (notices: readonly (Notice | null)[]): Notice[] => notices.filter((notice) => notice !== null)
