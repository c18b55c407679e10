import { Keyboard, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { CALIBRATION } from '../../wedge/wedge.ts'
import { calibrateWedge, forgetCalibration, useLearnedWedge } from '../../wedge/window-wedge.ts'
import { useWords } from '../../words/words-context.tsx'
import { CodePicture } from './code-picture.tsx'

/** Teaches the window its keyboard scanner with one scan of one code: how fast it types, and on which keyboard. */
export function CalibrateWedge() {
  const { say } = useWords()
  const learned = useLearnedWedge()
  const [at, setAt] = useState<'idle' | 'waiting' | 'taught' | 'not-it'>('idle')
  const begin = () => {
    setAt('waiting')
    void calibrateWedge().then((taught) => setAt(taught ? 'taught' : 'not-it'))
  }
  return (
    <section className="card stack">
      <h3 className="card__title">{say('calibrate.title')}</h3>
      <p className="prose">{say('calibrate.hint')}</p>
      <p className="muted">
        {learned === null
          ? say('calibrate.usual')
          : say('calibrate.learned', { gap: learned.gap_ms_max, keyboard: say(`calibrate.keyboard-${learned.layout}`) })}
      </p>
      {at === 'waiting' ? (
        <div className="tone tone--info device__test" role="status">
          <p>{say('calibrate.waiting')}</p>
          <CodePicture symbology="code128" text={CALIBRATION} caption={CALIBRATION} />
        </div>
      ) : null}
      {at === 'taught' || at === 'not-it' ? (
        <p className={`tone tone--${at === 'taught' ? 'good' : 'attention'} device__test`} role="status">
          {say(at === 'taught' ? 'calibrate.taught' : 'calibrate.not-it')}
        </p>
      ) : null}
      <div className="devices__tools">
        <Button icon={Keyboard} isDisabled={at === 'waiting'} onPress={begin}>
          {say('calibrate.begin')}
        </Button>
        {learned === null ? null : (
          <Button
            tone="quiet"
            icon={RotateCcw}
            onPress={() => {
              forgetCalibration()
              setAt('idle')
            }}
          >
            {say('calibrate.forget')}
          </Button>
        )}
      </div>
    </section>
  )
}
