import { Hourglass } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Dialog } from '../parts/dialog.tsx'
import { playTone } from '../sounds.ts'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'

interface IdleWatchProps {
  readonly act: KioskAct
  /** Changes with every step of the customer that the core has heard of, a scan for instance: that is life too. */
  readonly sign: string
  /** As the shop's policy has it; both count from the last sign of life. */
  readonly idle: { readonly warnAfter_ms: number; readonly wipeAfter_ms: number }
  /** The question stands on the screen: who is read to has to hear it. */
  readonly onAsked: () => void
}

/**
 * Nobody touched anything for so long: ask. The time to answer is many times what the answer needs, and more of it is
 * one touch away (WCAG 2.2.1).
 */
export function IdleWatch({ act, sign, idle, onAsked }: IdleWatchProps) {
  const [left_s, setLeft_s] = useState<number | null>(null)
  const [touches, setTouches] = useState(0)
  const asks = left_s !== null

  useEffect(() => {
    if (asks) return
    const onLife = () => setTouches((count) => count + 1)
    // On its way in: a key of the screen keeps the touch on it to itself, and nothing of it comes back out to the window.
    window.addEventListener('pointerdown', onLife, { capture: true })
    window.addEventListener('keydown', onLife, { capture: true })
    return () => {
      window.removeEventListener('pointerdown', onLife, { capture: true })
      window.removeEventListener('keydown', onLife, { capture: true })
    }
  }, [asks])

  // Who types a long number slowly does nothing that the till hears of, and its own clock would wipe her work.
  const told = useRef(touches)
  const tellLife = useEffectEvent(() => {
    if (told.current === touches) return
    told.current = touches
    act({ do: 'more-time' })
  })
  useEffect(() => {
    const timer = window.setInterval(() => tellLife(), idle.warnAfter_ms / 2)
    return () => window.clearInterval(timer)
  }, [idle.warnAfter_ms])

  const wipe = useEffectEvent(() => {
    setLeft_s(null)
    act({ do: 'finish' })
  })
  useEffect(() => {
    if (left_s === null) return
    const timer = window.setTimeout(() => (left_s <= 1 ? wipe() : setLeft_s(left_s - 1)), 1_000)
    return () => window.clearTimeout(timer)
  }, [left_s])

  // Every sign of life makes a new timer.
  if (left_s === null) {
    const answer_s = Math.max(1, Math.ceil((idle.wipeAfter_ms - idle.warnAfter_ms) / 1_000))
    return <Patience key={`${sign} ${touches}`} wait_ms={idle.warnAfter_ms} onOver={() => setLeft_s(answer_s)} />
  }
  return (
    <IdleDialog
      left_s={left_s}
      onAsked={onAsked}
      onMore={() => {
        setLeft_s(null)
        act({ do: 'more-time' })
      }}
      onStop={() => {
        setLeft_s(null)
        act({ do: 'finish' })
      }}
    />
  )
}

/** Waits once, from when it is mounted. */
function Patience({ wait_ms, onOver }: { wait_ms: number; onOver: () => void }) {
  const over = useEffectEvent(onOver)
  useEffect(() => {
    const timer = window.setTimeout(() => over(), wait_ms)
    return () => window.clearTimeout(timer)
  }, [wait_ms])
  return null
}

interface IdleDialogProps {
  readonly left_s: number
  readonly onAsked?: () => void
  readonly onMore: () => void
  readonly onStop: () => void
}

/** A sound goes with it: who looks at the piece in his hand is asked too. */
export function IdleDialog({ left_s, onAsked, onMore, onStop }: IdleDialogProps) {
  const { say } = useWords()
  const asked = useEffectEvent(() => onAsked?.())
  useEffect(() => {
    playTone('info')
    asked()
  }, [])
  return (
    <Dialog title={say('kiosk.idle-title')} width="medium" isAlert onClose={onMore}>
      <div className="idle">
        <Hourglass size={96} aria-hidden />
        <p className="kiosk-step__hint">{say('kiosk.idle-text', { seconds: left_s })}</p>
        <KioskButton tone="primary" onPress={onMore}>
          {say('kiosk.more-time')}
        </KioskButton>
        <KioskButton onPress={onStop}>{say('kiosk.stop')}</KioskButton>
      </div>
    </Dialog>
  )
}
