import type { ReactNode } from 'react'
import { ToneSign, type SignTone } from '../../../renderer/parts/tone-sign.tsx'

/** A state in one word, with a sign that tells it apart without colour. */
export function Chip({ tone, children }: { tone: Extract<SignTone, 'good' | 'attention' | 'stop' | 'plain'>; children: ReactNode }) {
  return (
    <span className={`chip chip--${tone}`}>
      <ToneSign tone={tone} size={16} />
      {children}
    </span>
  )
}
