import { Archive, FlaskConical, MonitorUp, Printer, Square } from 'lucide-react'
import type { DeviceHealth, SelfTest } from '../../../contract/device-view.ts'
import type { WordKey } from '../../../contract/words/en.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'

/** The test that fits the device: a slip, the drawer, or a scan and a tag that go into no sale. */
export function DeviceTest({ device }: { device: DeviceHealth }) {
  const { say } = useWords()
  const store = useDeskStore()
  const { deviceId, role, test } = device
  if (role === 'terminal') return null
  if (device.address === 'screen') {
    const { opensAt } = device
    if (opensAt === null) return null
    return (
      <Button icon={MonitorUp} onPress={() => void window.open(opensAt, 'countermark-customer', 'popup')}>
        {say('devices.customer-screen-open')}
      </Button>
    )
  }
  if (role === 'printer')
    return (
      <Button icon={Printer} onPress={() => void store.act((core) => core.devices.testPrint({ deviceId }))}>
        {say('devices.test-print')}
      </Button>
    )
  if (role === 'drawer')
    return (
      <Button icon={Archive} onPress={() => void store.act((core) => core.devices.openDrawer({ deviceId }))}>
        {say('devices.open-drawer')}
      </Button>
    )
  const turn = (go: boolean) => void store.ask((core) => core.devices.selfTest({ deviceId, go }))
  return (
    <>
      {test === null || test.at === 'over' ? (
        <Button icon={FlaskConical} onPress={() => turn(true)}>
          {say('devices.test')}
        </Button>
      ) : (
        <Button icon={Square} onPress={() => turn(false)}>
          {say('devices.test-end')}
        </Button>
      )}
      {test === null ? null : <TestResult kind={role} test={test} />}
    </>
  )
}

/** What came of a test so far. Spoken as it changes. */
export function TestResult({ kind, test }: { kind: DeviceHealth['role']; test: SelfTest }) {
  const words = useWords()
  return (
    <div className={`device__test tone tone--${TONES[test.at]}`} role="status">
      {test.at === 'waiting' ? <p>{words.say(kind === 'pad' ? 'devices.test-tag' : 'devices.test-scan')}</p> : null}
      {test.at === 'arrived' ? <p>{words.say('devices.test-good')}</p> : null}
      {test.at === 'over' ? (
        <p>
          {words.say('devices.test-nothing')} {test.why === null ? '' : words.sayCode(`why.${test.why}`, {}, test.why)}
        </p>
      ) : null}
      {test.lines.length === 0 ? null : (
        <dl className="facts">
          {test.lines.map((line) => (
            <div key={`${line.code} ${line.text}`} className="facts__row">
              <dt>{words.say(LINE_WORDS[line.code])}</dt>
              <dd>
                <bdi dir="ltr" className="serial">{line.text.replaceAll('\u001D', '␝')}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

const TONES = { waiting: 'info', arrived: 'good', over: 'attention' } as const

const LINE_WORDS: Readonly<Record<SelfTest['lines'][number]['code'], WordKey>> = {
  text: 'explain.code',
  aim: 'explain.aim',
  symbology: 'devices.line-symbology',
  hex: 'explain.bytes',
  tag: 'devices.line-tag',
  garbled: 'devices.line-garbled',
}
