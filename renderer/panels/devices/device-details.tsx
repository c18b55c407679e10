import { CircleDot, Save, Unplug } from 'lucide-react'
import type { DeviceHealth, DevicesView } from '../../../contract/device-view.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { Scrolled } from '../../parts/scrolled.tsx'
import { useWords } from '../../words/words-context.tsx'
import { saveText } from './save-text.ts'
import { ScannerCodes } from './scanner-codes.tsx'
import { TagPasswords } from './tag-passwords.tsx'

const LINES_SHOWN = 60

/** What support asks for: counters, the system's own words, what passed on the line, and a tape of it. */
export function DeviceDetails({ device, tagPasswords }: { device: DeviceHealth; tagPasswords: DevicesView['tagPasswords'] }) {
  const words = useWords()
  const store = useDeskStore()
  const { deviceId } = device
  const facts: readonly (readonly [string, string])[] = [
    [words.say('devices.since'), words.instant(device.since)],
    [words.say('devices.opened'), String(device.opened)],
    [words.say('devices.lost'), String(device.lost)],
    [words.say('devices.bytes'), `${device.bytesIn} / ${device.bytesOut}`],
    ...(device.why === null ? [] : [[words.say('devices.system-says'), device.why] as const]),
  ]
  return (
    <div className="device__details">
      <p>{words.say('devices.counts', { events: device.events, garbled: device.garbled })}</p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="facts__row">
            <dt>{name}</dt>
            <dd>
              <bdi dir="auto">{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {device.role === 'scanner' ? <ScannerCodes /> : null}
      {device.role === 'pad' ? <TagPasswords kept={tagPasswords} /> : null}
      <Traffic deviceId={deviceId} passed={device.bytesIn + device.bytesOut + device.opened} />
      <p className="muted">{words.say('devices.tape-hint')}</p>
      <div className="devices__tools">
        {device.taping ? (
          <Button icon={Save} onPress={() => void store.ask((core) => core.devices.stopTape({ deviceId })).then(saveText)}>
            {words.say('devices.tape-stop')}
          </Button>
        ) : (
          <Button icon={CircleDot} onPress={() => void store.ask((core) => core.devices.startTape({ deviceId }))}>
            {words.say('devices.tape-start')}
          </Button>
        )}
        {device.canForget ? (
          <Button tone="danger" icon={Unplug} onPress={() => void store.ask((core) => core.devices.forget({ deviceId }))}>
            {words.say('devices.forget')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

/** The last of what passed, newest first. Asked again whenever more has passed. */
function Traffic({ deviceId, passed }: { deviceId: string; passed: number }) {
  const { say } = useWords()
  const lines = useAnswer((core) => core.devices.traffic({ deviceId }), passed)
  return (
    <div className="traffic">
      <p className="device__name">{say('devices.traffic')}</p>
      {lines === null || lines.length === 0 ? <p className="muted">{say('devices.traffic-none')}</p> : null}
      <Scrolled className="traffic__lines" label={say('devices.traffic')}>
        {lines?.slice(-LINES_SHOWN).toReversed().map((line, index) => (
          <p key={`${line.at} ${index}`} dir="ltr" className={`traffic__line traffic__line--${line.way}`}>
            <span>{line.at.slice(11, 23)}</span>
            <span aria-label={line.way}>{WAYS[line.way]}</span>
            <span>{line.hex}</span>
            <span>{line.text}</span>
          </p>
        ))}
      </Scrolled>
    </div>
  )
}

const WAYS = { opened: '●', in: '◂', out: '▸', closed: '○' } as const
