import { BellOff, Check, Tag, ZapOff } from 'lucide-react'
import type { ExitTag, ExitView } from '../../../contract/device-view.ts'
import { useDeskState, useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { useWords } from '../../words/words-context.tsx'

/** After a sale, where a pad that writes tags is ready: the customer chooses what becomes of the tags. */
export function TagsAtExit({ flowId }: { flowId: string }) {
  const { view } = useDeskState()
  const devices = useAnswer((core) => core.devices.health(), view?.revision ?? 0)
  const exit = devices?.exit ?? null
  if (exit === null || exit.flowId !== flowId) return null
  return exit.going === null ? <Choose exit={exit} /> : <Going going={exit.going} />
}

function Choose({ exit }: { exit: ExitView }) {
  const { say } = useWords()
  const store = useDeskStore()
  const choose = (choice: 'mute' | 'kill') => void store.ask((core) => core.devices.atExit({ choice }))
  return (
    <section className="card stack" aria-label={say('exit.title')}>
      <h2 className="card__title">
        <Tag size={20} aria-hidden /> {say('exit.title')}
      </h2>
      <p className="prose">{say('exit.ask')}</p>
      {exit.usual === 'keep' ? <p className="muted">{say('exit.keep')}</p> : null}
      <div className="row row--wrap">
        <Button tone={exit.usual === 'mute' ? 'primary' : 'plain'} icon={BellOff} onPress={() => choose('mute')}>
          {say('exit.mute')}
        </Button>
        {exit.canKill ? (
          <Button tone={exit.usual === 'kill' ? 'primary' : 'plain'} icon={ZapOff} onPress={() => choose('kill')}>
            {say('exit.kill')}
          </Button>
        ) : null}
      </div>
    </section>
  )
}

function Going({ going }: { going: NonNullable<ExitView['going']> }) {
  const words = useWords()
  const store = useDeskStore()
  return (
    <section className="card stack" aria-label={words.say('exit.title')}>
      <h2 className="card__title">
        <Tag size={20} aria-hidden /> {words.say(`exit.${going.choice}`)}
      </h2>
      <p className="prose">{words.say('exit.lay')}</p>
      <ul className="rows" role="status">
        {going.tags.map((tag) => (
          <li key={tag.unitId} className="device__tag">
            <span>
              <strong>{tag.name}</strong> {tag.serial === null ? null : <bdi dir="ltr" className="serial muted">{tag.serial}</bdi>}
            </span>
            <span className="device__state">
              <ToneSign tone={TONES[tag.state]} />
              {words.say(`exit.state-${tag.state}`)} {tag.why === null ? '' : words.sayCode(`exit-why.${tag.why}`, {}, tag.why)}
            </span>
          </li>
        ))}
      </ul>
      <div>
        <Button icon={Check} onPress={() => void store.ask((core) => core.devices.atExit({ choice: 'keep' }))}>
          {words.say('exit.end')}
        </Button>
      </div>
    </section>
  )
}

const TONES = {
  waiting: 'info', working: 'info', done: 'good', 'not-done': 'stop', unknown: 'attention',
} as const satisfies Record<ExitTag['state'], string>
