import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import type { DeviceHealth, DevicesView } from '../../../contract/device-view.ts'
import { Button } from '../../parts/button.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { isWell } from '../../screens/status-cluster.tsx'
import { useWords } from '../../words/words-context.tsx'
import { DeviceDetails } from './device-details.tsx'
import { DeviceTest } from './device-test.tsx'
import { DEVICE_SIGNS } from './device-sign.ts'
import { PadState } from './pad-state.tsx'
import { TerminalState } from './terminal-state.tsx'

/** One device: its picture, its state in words, its test; everything else one press away. */
export function DeviceCard({ device, tagPasswords }: { device: DeviceHealth; tagPasswords: DevicesView['tagPasswords'] }) {
  const words = useWords()
  const [isOpen, setOpen] = useState(false)
  const Sign = DEVICE_SIGNS[device.role]
  const isGood = isWell(device) && !device.noisy
  return (
    <li className="device card">
      <div className={`device__picture device__picture--${isGood ? 'good' : 'ill'}`}>
        <Sign size={30} aria-hidden />
      </div>
      <div className="device__words">
        <p className="device__name">
          {words.say(`device-role.${device.role}`)}{' '}
          {device.saysOfItself === null ? null : <bdi className="muted">{device.saysOfItself}</bdi>}
        </p>
        <p className="device__state">
          <ToneSign tone={isGood ? 'good' : 'attention'} />
          {words.say(`device.${device.state}`)}
        </p>
        {device.untried ? <p className="device__remark">{words.say('devices.untried')}</p> : null}
        {device.noisy ? <p className="device__remark">{words.say('devices.noisy')}</p> : null}
        <p className="muted">
          <bdi dir="ltr">{device.address}</bdi> ·{' '}
          {device.lastEventAt === null
            ? words.say('devices.never')
            : words.say('devices.last-event', { time: words.instant(device.lastEventAt) })}
        </p>
      </div>
      <div className="device__deeds">
        <DeviceTest device={device} />
        <Button tone="quiet" icon={isOpen ? ChevronUp : ChevronDown} onPress={() => setOpen(!isOpen)}>
          {words.say(isOpen ? 'devices.fewer' : 'devices.details')}
        </Button>
      </div>
      {device.pad === null ? null : <PadState deviceId={device.deviceId} pad={device.pad} />}
      {device.terminal === null ? null : <TerminalState terminal={device.terminal} />}
      {isOpen ? <DeviceDetails device={device} tagPasswords={tagPasswords} /> : null}
    </li>
  )
}
