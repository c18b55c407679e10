import { Circle, CircleCheck, Info, OctagonX, Repeat2, TriangleAlert, UserRound } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'

/** One sign for each tone: its outline alone tells them apart, without any colour. */
const SIGNS = {
  good: CircleCheck,
  plain: Circle,
  attention: TriangleAlert,
  stop: OctagonX,
  info: Info,
  again: Repeat2,
  quiet: UserRound,
} as const satisfies Readonly<Record<string, LucideIcon>>

export type SignTone = keyof typeof SIGNS

export function ToneSign({ tone, size = 20 }: { tone: SignTone; size?: number }) {
  const Sign = SIGNS[tone]
  return <Sign className={`sign sign--${tone}`} size={size} aria-hidden />
}
