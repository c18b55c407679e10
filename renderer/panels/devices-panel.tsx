import { FileDown, ListChecks, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { DevicesView } from '../../contract/device-view.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useDesk, useDeskState, useDeskStore } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import { useWords } from '../words/words-context.tsx'
import { CalibrateWedge } from './devices/calibrate-wedge.tsx'
import { DeviceCard } from './devices/device-card.tsx'
import { FoundList } from './devices/found-list.tsx'
import { PracticeSwitches } from './devices/practice-switches.tsx'
import { saveText } from './devices/save-text.ts'
import { SetUpTill } from './devices/set-up-till.tsx'

/** The devices as they are now: every change of one changes the desk, so its revision says when to ask again. */
function useDevices(): DevicesView | null {
  const { view } = useDeskState()
  return useAnswer((core) => core.devices.health(), view?.revision ?? 0)
}

/** Every machine on the counter with its state in words, what else is plugged in, and the way to set up a new till. */
export function DevicesPanel({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const store = useDeskStore()
  const desk = useDesk()
  const devices = useDevices()
  const [isSettingUp, setSettingUp] = useState(false)
  if (isSettingUp && devices !== null)
    return (
      <Dialog title={words.say('set-up-till.title')} onClose={onClose} width="wide">
        <SetUpTill devices={devices} onDone={() => setSettingUp(false)} />
      </Dialog>
    )
  return (
    <Dialog title={words.say('devices.title')} onClose={onClose} width="wide">
      <div className="devices__tools">
        <Button icon={ListChecks} onPress={() => setSettingUp(true)}>
          {words.say('set-up-till.title')}
        </Button>
        <Button icon={RefreshCw} onPress={() => void store.ask((core) => core.devices.look())}>
          {words.say('devices.look')}
        </Button>
        <Button icon={FileDown} onPress={() => void store.ask((core) => core.devices.supportFile()).then(saveText)}>
          {words.say('devices.support-file')}
        </Button>
      </div>
      <p className="muted">{words.say('devices.support-hint')}</p>
      {devices?.devices.length === 0 ? <p className="prose">{words.say('devices.none')}</p> : null}
      <ul className="rows">
        {devices?.devices.map((device) => (
          <DeviceCard key={device.deviceId} device={device} tagPasswords={devices.tagPasswords} />
        ))}
      </ul>
      {devices === null ? null : <FoundList devices={devices} />}
      <CalibrateWedge />
      {devices === null || devices.practice === null ? null : <PracticeSwitches practice={devices.practice} />}
      <Knowledge knowledge={desk.knowledge} />
      {devices === null ? null : <TillKey place={devices.tillKey} />}
    </Dialog>
  )
}

/** How fresh the till's copy of the centre's records is. */
function Knowledge({ knowledge }: { knowledge: ReturnType<typeof useDesk>['knowledge'] }) {
  const words = useWords()
  return (
    <section className="card">
      <p>
        {knowledge.asOf === null
          ? words.say('knowledge.never')
          : words.say('knowledge.as-of', { time: words.instant(knowledge.asOf) })}
      </p>
      <p className="muted">{words.say('knowledge.units', { count: knowledge.units })}</p>
      <p className="muted">
        {knowledge.waiting === 0
          ? words.say('knowledge.all-sent')
          : words.say('knowledge.waiting', { count: knowledge.waiting })}
      </p>
    </section>
  )
}

/** Where the key lies with which the till shows itself to its centre; nothing where it never had one. */
function TillKey({ place }: { place: DevicesView['tillKey'] }) {
  const words = useWords()
  switch (place) {
    case 'none':
      return null
    case 'key-store':
      return <p className="muted">{words.say('devices.key-in-store')}</p>
    case 'file':
      return <p className="muted">{words.say('devices.key-in-file')}</p>
    case 'elsewhere':
      return (
        <p className="tone tone--stop" role="alert">
          <ToneSign tone="stop" />
          {words.say('sync.remark-key-elsewhere')}
        </p>
      )
    default:
      return unreachable(place)
  }
}
