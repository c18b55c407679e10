import { Archive, Printer } from 'lucide-react'
import type { DeviceView } from '../../contract/device-view.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import { isWell } from '../screens/status-cluster.tsx'
import { useWords } from '../words/words-context.tsx'

/** Each device with its state in words, and how fresh the knowledge of the till is. */
export function DevicesPanel({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const { devices, knowledge } = useDesk()
  return (
    <Dialog title={words.say('devices.title')} onClose={onClose}>
      {devices.length === 0 ? <p className="prose">{words.say('devices.none')}</p> : null}
      <ul className="rows">
        {devices.map((device) => (
          <DeviceRow key={device.deviceId} device={device} />
        ))}
      </ul>
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
    </Dialog>
  )
}

function DeviceRow({ device }: { device: DeviceView }) {
  const words = useWords()
  const store = useDeskStore()
  const { deviceId } = device
  return (
    <li className="device card">
      <ToneSign tone={isWell(device) ? 'good' : 'attention'} size={28} />
      <div className="device__words">
        <p className="device__name">
          {words.say(`device-role.${device.role}`)}: {device.name}
        </p>
        <p>{words.say(`device.${device.state}`)}</p>
        <p className="muted">
          <bdi dir="ltr">{device.address}</bdi> ·{' '}
          {device.lastEventAt === null
            ? words.say('devices.never')
            : words.say('devices.last-event', { time: words.instant(device.lastEventAt) })}{' '}
          · {words.say('devices.counts', { events: device.events, garbled: device.garbled })}
        </p>
      </div>
      {device.role === 'printer' ? (
        <Button icon={Printer} onPress={() => void store.act((core) => core.devices.testPrint({ deviceId }))}>
          {words.say('devices.test-print')}
        </Button>
      ) : null}
      {device.role === 'drawer' ? (
        <Button icon={Archive} onPress={() => void store.act((core) => core.devices.openDrawer({ deviceId }))}>
          {words.say('devices.open-drawer')}
        </Button>
      ) : null}
    </li>
  )
}
