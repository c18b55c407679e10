import { useEffect } from 'react'
import type { ReactNode } from 'react'
import type { DeskView } from '../../contract/desk-view.ts'
import type { Notice } from '../../contract/notice.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useDesk, useDeskState, useDeskStore } from '../desk/desk-context.ts'
import type { DeskStore } from '../desk/desk-store.ts'
import { KEYS } from '../keys/keymap.ts'
import { playTone } from '../sounds.ts'
import { useWindowSettings } from '../window-settings.ts'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'
import { ToneSign } from './tone-sign.tsx'

/**
 * What just happened, always in the same place and of the same height, so that nothing jumps. A refusal of the last
 * act goes before the remark of the flow; without either it says what can be scanned now. Without a hint no room is kept
 * for it: it lies over the end of the screen, and nothing moves for it either.
 */
export function NoticeStrip({ hint, onReceipt }: { hint: ReactNode; onReceipt: (documentId: string) => void }) {
  const words = useWords()
  const desk = useDesk()
  const { refusal } = useDeskState()
  const store = useDeskStore()
  const notice = noticeOf(desk)
  const tone = refusal === null ? (notice?.tone ?? 'info') : 'stop'
  useNoticeSounds(notice, refusal?.id ?? null)

  const text =
    refusal !== null
      ? words.refusal(refusal.code, refusal.params)
      : notice === null
        ? null
        : words.sayCode(`notice.${notice.code}`, notice.params)
  if (text === null && hint === null) return null
  return (
    <div className={text === null ? 'notice notice--none' : `notice tone tone--${tone}${hint === null ? ' notice--over' : ''}`}>
      <div role={tone === 'stop' ? 'alert' : 'status'} className="notice__words">
        {text === null ? null : <ToneSign tone={tone} size={22} />}
        {text === null ? (
          hint
        ) : (
          <span>
            {text}
            {refusal !== null || notice === null ? null : <NoticeReason notice={notice} />}
          </span>
        )}
      </div>
      {refusal !== null ? (
        <Button tone="quiet" onPress={store.dismissRefusal}>
          {words.say('app.dismiss')}
        </Button>
      ) : notice === null || notice.offer === null ? null : (
        <Button hotkey={KEYS.offer} onPress={() => takeOffer(notice.offer, desk, store, onReceipt)}>
          {words.say(`offer.${notice.offer.kind}`)}
        </Button>
      )}
    </div>
  )
}

/** The verdict's own sentence under a notice that says only that something is not done. */
function NoticeReason({ notice }: { notice: Notice }) {
  const { sayCode } = useWords()
  const { reason } = notice.params
  if (typeof reason !== 'string') return null
  const sentence = sayCode(`reason.${reason}.staff`, notice.params, '')
  return sentence === '' ? null : <span className="notice__reason">{sentence}</span>
}

/** The remark of the flow in front, if it has one. */
export function noticeOf(desk: DeskView): Notice | null {
  const { front } = desk
  switch (front.screen) {
    case 'sale':
      return front.sale.notice
    case 'return':
      return 'notice' in front.return ? front.return.notice : null
    case 'check':
      return front.check.notice
    case 'exchange':
      return front.exchange.notice
    case 'trade-in':
      return 'notice' in front.tradeIn ? front.tradeIn.notice : null
    case 'home':
    case 'kiosk':
      return null
    default:
      return unreachable(front)
  }
}

function takeOffer(
  offer: Notice['offer'],
  desk: DeskView,
  store: DeskStore,
  onReceipt: (documentId: string) => void,
): void {
  if (offer === null) return
  switch (offer.kind) {
    case 'remove-line': {
      if (desk.front.screen !== 'sale') return
      const { flowId } = desk.front.sale
      void store.act((core) => core.sale.act({ flowId, action: { do: 'remove-line', lineId: offer.lineId } }))
      return
    }
    case 'accept-anyway': {
      if (desk.front.screen !== 'sale') return
      const { flowId } = desk.front.sale
      void store.act((core) => core.sale.act({ flowId, action: { do: 'accept-anyway', unitId: offer.unitId } }))
      return
    }
    case 'fetch-reserved':
      void store.act((core) => core.reservations.fetch({ unitId: offer.unitId }))
      return
    case 'start-return':
      void store.act((core) => core.desk.go({ to: 'return', unitId: offer.unitId }))
      return
    case 'check-unit':
      void store.act((core) => core.desk.go({ to: 'check', unitId: offer.unitId }))
      return
    case 'show-receipt':
      onReceipt(offer.documentId)
      return
    default:
      return unreachable(offer)
  }
}

function useNoticeSounds(notice: Notice | null, refusalId: number | null): void {
  const { sounds } = useWindowSettings()
  const id = notice?.id ?? null
  const tone = notice?.tone ?? null
  useEffect(() => {
    if (sounds && id !== null && tone !== null) playTone(tone)
  }, [id, tone, sounds])
  useEffect(() => {
    if (sounds && refusalId !== null) playTone('stop')
  }, [refusalId, sounds])
}
