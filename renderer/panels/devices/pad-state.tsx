import { Settings2 } from 'lucide-react'
import type { PadTag, PadView } from '../../../contract/device-view.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'

/** What lies on a pad and what nobody can tell apart: a person chooses, the reader never guesses. */
export function PadState({ deviceId, pad }: { deviceId: string; pad: PadView }) {
  const { say } = useWords()
  const store = useDeskStore()
  const judge = (tag: string, takes: boolean) => void store.ask((core) => core.devices.judgeTag({ deviceId, tag, takes }))
  return (
    <div className="device__details">
      <p>{say(pad.learning ? 'devices.pad-learning' : pad.radio ? 'devices.pad-on' : 'devices.pad-off')}</p>
      {pad.settings === 'differs' ? (
        <div className="tone tone--attention device__test">
          {pad.differences.map((difference) => (
            <p key={difference.setting}>
              {say(difference.setting === 'power' ? 'devices.pad-power' : 'devices.pad-region', {
                is: difference.is,
                wanted: difference.wanted,
              })}
            </p>
          ))}
          <Button icon={Settings2} onPress={() => void store.ask((core) => core.devices.setUpPad({ deviceId }))}>
            {say('devices.pad-set-up')}
          </Button>
        </div>
      ) : null}
      {pad.present.length === 0 ? null : <Tags title={say('devices.pad-present')} tags={pad.present} />}
      {pad.unsure.length === 0 ? null : <Tags title={say('devices.pad-unsure')} tags={pad.unsure} judge={judge} />}
      {pad.strays.length === 0 ? null : <Tags title={say('devices.pad-strays')} tags={pad.strays} judge={judge} />}
    </div>
  )
}

function Tags(props: { title: string; tags: readonly PadTag[]; judge?: (tag: string, takes: boolean) => void }) {
  const { say } = useWords()
  const { judge } = props
  return (
    <div>
      <p className="device__name">{props.title}</p>
      <ul className="rows">
        {props.tags.map(({ tag, name, rssi_dbm }) => (
          <li key={tag} className="device__tag">
            <span>
              {name === null ? null : <strong>{name}</strong>}{' '}
              <bdi dir="ltr" className="serial muted">{tag}</bdi>{' '}
              {rssi_dbm === null ? null : <bdi dir="ltr" className="muted">{Math.round(rssi_dbm)} dBm</bdi>}
            </span>
            {judge === undefined ? null : (
              <>
                <Button onPress={() => judge(tag, true)}>{say('devices.pad-take')}</Button>
                <Button tone="quiet" onPress={() => judge(tag, false)}>{say('devices.pad-leave')}</Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
