import { useEffect } from 'react'
import type { HandOverView, KioskHealth } from '../../contract/hand-over.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { Button } from '../parts/button.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import { playTone } from '../sounds.ts'
import { useWords } from '../words/words-context.tsx'

/** Customers whom a kiosk of the store could not help alone, on every staff screen until somebody has gone there. */
export function HandOverStrip() {
  const { handOvers, kiosks } = useDesk()
  const waiting = handOvers.filter(({ state }) => state === 'waiting')
  // A quiet one rings for nobody: whoever it is about is standing within hearing.
  const loud = waiting.filter(({ quiet }) => !quiet).length
  useEffect(() => {
    if (loud > 0) playTone('info')
  }, [loud])
  const ill = kiosks.filter(({ isClosed, troubles }) => isClosed || troubles.length > 0)
  if (handOvers.length === 0 && ill.length === 0) return null
  return (
    <div className="hand-overs" role="status">
      {handOvers.map((handOver) => (
        <HandOverLine key={handOver.id} handOver={handOver} />
      ))}
      {ill.map((kiosk) => (
        <HealthLine key={kiosk.tillId} kiosk={kiosk} />
      ))}
    </div>
  )
}

function HandOverLine({ handOver }: { handOver: HandOverView }) {
  const words = useWords()
  const store = useDeskStore()
  const { piece, by, state } = handOver
  return (
    <section className="hand-over" data-quiet={handOver.quiet} aria-label={words.say('hand-over.title', { kiosk: handOver.fromName })}>
      <ToneSign tone={handOver.quiet ? 'quiet' : 'info'} size={24} />
      <div className="hand-over__words">
        <span className="hand-over__title">
          {words.say('hand-over.title', { kiosk: handOver.fromName })} · {words.say('hand-over.since', { time: words.time(handOver.at) })}
        </span>
        <span>
          {piece === null ? null : <bdi>{`${piece.name} …${piece.serialEnd} · `}</bdi>}
          {words.sayCode(`hand-over.why.${handOver.why}`)}
        </span>
        {by === null ? null : <span>{words.say('hand-over.taken-by', by)}</span>}
        {state === 'left' ? <span>{words.say('hand-over.has-left')}</span> : null}
      </div>
      {state === 'taken' ? null : (
        <Button tone="primary" onPress={() => void store.act((core) => core.kiosk.takeOver({ id: handOver.id }))}>
          {words.say('hand-over.take')}
        </Button>
      )}
      <Button onPress={() => void store.act((core) => core.kiosk.closeHandOver({ id: handOver.id }))}>{words.say('hand-over.close')}</Button>
    </section>
  )
}

function HealthLine({ kiosk }: { kiosk: KioskHealth }) {
  const words = useWords()
  const what = kiosk.troubles.map((trouble) => words.sayCode(`kiosk-trouble.${trouble}`, {}, words.sayCode(`device-role.${trouble}`, {}, trouble))).join(', ')
  return (
    <p className="hand-over">
      <ToneSign tone="attention" size={24} />
      {kiosk.troubles.length > 0 ? words.say('kiosk-health.trouble', { name: kiosk.name, what }) : words.say('kiosk-health.closed', { name: kiosk.name })}
    </p>
  )
}
