import { ArrowRight, Camera, UserRound } from 'lucide-react'
import { useState } from 'react'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { shotOfVideo } from '../returns/photo-shot.ts'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'
import { useCamera } from '../parts/use-camera.ts'

/** The camera looks at the piece, not at the customer; what it sees is shown the whole time, and kept only on a touch. */
export function PhotoStep({ kiosk, act }: { kiosk: Extract<KioskView, { at: 'photo' }>; act: KioskAct }) {
  const { say } = useWords()
  const store = useDeskStore()
  const { video, state } = useCamera({ atTheBack: false })
  const hasNone = state === 'none'
  const [isTaking, setTaking] = useState(false)
  const take = async () => {
    if (video.current === null) return
    setTaking(true)
    const shot = await shotOfVideo(video.current)
    if (shot.is === 'shot') await store.act((core) => core.kiosk.keepPhoto({ base64: shot.base64 }))
    setTaking(false)
  }
  return (
    <section className="kiosk-step">
      <h1 className="kiosk-step__title">{say(hasNone ? 'kiosk.photo-no-camera' : 'kiosk.photo')}</h1>
      {hasNone ? null : <p className="kiosk-step__hint">{say('kiosk.photo-text')}</p>}
      {hasNone ? null : <video ref={video} className="kiosk-camera" muted playsInline aria-label={say('kiosk.photo-seen')} />}
      <p className="kiosk-step__hint" role="status">
        {kiosk.wanted > 1 && !hasNone ? say('kiosk.photo-count', { taken: kiosk.taken, wanted: kiosk.wanted }) : null}
      </p>
      <div className="kiosk-step__acts">
        {hasNone ? null : (
          <KioskButton tone="primary" icon={Camera} isDisabled={state !== 'on' || isTaking} onPress={() => void take()}>
            {say('kiosk.photo-take')}
          </KioskButton>
        )}
        {kiosk.maySkip ? (
          <KioskButton tone={hasNone ? 'primary' : 'plain'} icon={ArrowRight} onPress={() => act({ do: 'next' })}>
            {say('kiosk.photo-skip')}
          </KioskButton>
        ) : hasNone ? (
          <KioskButton tone="primary" icon={UserRound} onPress={() => act({ do: 'call-colleague' })}>
            {say('kiosk.call')}
          </KioskButton>
        ) : null}
      </div>
    </section>
  )
}
