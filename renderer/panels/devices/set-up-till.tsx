import { ArrowLeft, ArrowRight, Check, FlaskConical, Printer } from 'lucide-react'
import { useState } from 'react'
import type { DeviceHealth, DevicesView } from '../../../contract/device-view.ts'
import type { WordKey } from '../../../contract/words/en.ts'
import { useDesk, useDeskStore } from '../../desk/desk-context.ts'
import { useScanCatcher } from '../../desk/scan-route.ts'
import { Button } from '../../parts/button.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { isWell } from '../../screens/status-cluster.tsx'
import { useWords } from '../../words/words-context.tsx'
import { TestResult } from './device-test.tsx'
import { CalibrateWedge } from './calibrate-wedge.tsx'
import { FoundList } from './found-list.tsx'
import { TerminalState } from './terminal-state.tsx'

const STEPS = ['store', 'scanner', 'printer', 'terminal', 'done'] as const
type Step = (typeof STEPS)[number]
const STEP_WORDS = {
  store: 'set-up-till.store',
  scanner: 'device-role.scanner',
  printer: 'device-role.printer',
  terminal: 'device-role.terminal',
  done: 'set-up-till.done',
} as const satisfies Readonly<Record<Step, WordKey>>

/** A new till in five steps: its store, a scan that arrives, a slip that comes out, a card terminal. Each can be passed over. */
export function SetUpTill({ devices, onDone }: { devices: DevicesView; onDone: () => void }) {
  const { say } = useWords()
  const [step, setStep] = useState<Step>('store')
  const at = STEPS.indexOf(step)
  const [before, after] = [STEPS[at - 1], STEPS[at + 1]]
  const scanners = devices.devices.filter((device) => device.role === 'scanner')
  const printer = devices.devices.find((device) => device.role === 'printer')
  return (
    <div className="set-up-till">
      <ol className="set-up-till__steps">
        {STEPS.map((each, index) => (
          <li key={each} aria-current={each === step ? 'step' : undefined} className={index <= at ? 'is-reached' : ''}>
            {say(STEP_WORDS[each])}
          </li>
        ))}
      </ol>
      {step === 'store' ? <StoreStep /> : null}
      {step === 'scanner' ? <ScannerStep devices={devices} scanners={scanners} /> : null}
      {step === 'printer' ? <PrinterStep devices={devices} printer={printer} /> : null}
      {step === 'terminal' ? <TerminalStep devices={devices} /> : null}
      {step === 'done' ? <DoneStep devices={devices} /> : null}
      <div className="devices__tools">
        {before === undefined ? null : (
          <Button icon={ArrowLeft} onPress={() => setStep(before)}>
            {say('set-up-till.back')}
          </Button>
        )}
        {after === undefined ? (
          <Button tone="primary" icon={Check} onPress={onDone}>
            {say('set-up-till.finish')}
          </Button>
        ) : (
          <Button tone="primary" icon={ArrowRight} onPress={() => setStep(after)}>
            {say('set-up-till.next')}
          </Button>
        )}
      </div>
    </div>
  )
}

function StoreStep() {
  const { say } = useWords()
  const desk = useDesk()
  return (
    <section className="card stack">
      <p>{say('app.till-of', { till: desk.till.name, store: desk.store.name })}</p>
      <p className="muted">{say('set-up-till.store-hint')}</p>
    </section>
  )
}

function ScannerStep({ devices, scanners }: { devices: DevicesView; scanners: readonly DeviceHealth[] }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [typed, setTyped] = useState<string | null>(null)
  useScanCatcher(setTyped)
  return (
    <>
      <p className="prose">{say('set-up-till.scanner-hint')}</p>
      {typed === null ? null : (
        <TestResult kind="scanner" test={{ at: 'arrived', lines: [{ code: 'text', text: typed }], why: null }} />
      )}
      {scanners.map((scanner) => (
        <section key={scanner.deviceId} className="card stack">
          <State device={scanner} />
          {scanner.test === null ? null : <TestResult kind="scanner" test={scanner.test} />}
          {scanner.test?.at === 'waiting' ? null : (
            <Button
              tone="primary"
              icon={FlaskConical}
              onPress={() => void store.ask((core) => core.devices.selfTest({ deviceId: scanner.deviceId, go: true }))}
            >
              {say('devices.test')}
            </Button>
          )}
        </section>
      ))}
      <CalibrateWedge />
      <FoundList devices={devices} wanted="scanner" />
    </>
  )
}

function PrinterStep({ devices, printer }: { devices: DevicesView; printer: DeviceHealth | undefined }) {
  const { say } = useWords()
  const store = useDeskStore()
  return (
    <>
      <p className="prose">{say('set-up-till.printer-hint')}</p>
      {printer === undefined ? null : (
        <section className="card stack">
          <State device={printer} />
          <p>{say('set-up-till.slips', { count: printer.events })}</p>
          <Button
            tone="primary"
            icon={Printer}
            onPress={() => void store.act((core) => core.devices.testPrint({ deviceId: printer.deviceId }))}
          >
            {say('devices.test-print')}
          </Button>
        </section>
      )}
      <NetworkAddress kind="printer" words={say('set-up-till.printer-address')} start="tcp://" />
      <FoundList devices={devices} wanted="printer" />
    </>
  )
}

function TerminalStep({ devices }: { devices: DevicesView }) {
  const { say } = useWords()
  const store = useDeskStore()
  const terminal = devices.devices.find((device) => device.role === 'terminal')
  return (
    <>
      <p className="prose">{say('set-up-till.terminal-hint')}</p>
      {terminal === undefined ? null : (
        <section className="card stack">
          <State device={terminal} />
          {terminal.terminal === null ? null : <TerminalState terminal={terminal.terminal} />}
        </section>
      )}
      <NetworkAddress kind="terminal" words={say('set-up-till.terminal-address')} start="zvt://" />
      <div>
        <Button onPress={() => void store.ask((core) => core.devices.use({ role: 'terminal', address: 'manual' }))}>
          {say('set-up-till.terminal-alone')}
        </Button>
      </div>
      <FoundList devices={devices} wanted="terminal" />
    </>
  )
}

/** A device on the network makes no sign of itself: its address is typed. */
function NetworkAddress({ kind, words, start }: { kind: 'printer' | 'terminal'; words: string; start: string }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [address, setAddress] = useState(start)
  const use = () => void store.ask((core) => core.devices.use({ role: kind, address }))
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        use()
      }}
    >
      <label className="field">
        <span className="field__label">{words}</span>
        <input
          className="field__input serial"
          type="text"
          dir="ltr"
          value={address}
          maxLength={200}
          spellCheck={false}
          onChange={(event) => setAddress(event.target.value)}
        />
      </label>
      <Button onPress={use}>{say('devices.use-as', { role: say(`device-role.${kind}`) })}</Button>
    </form>
  )
}

function DoneStep({ devices }: { devices: DevicesView }) {
  const { say } = useWords()
  return (
    <>
      <p className="prose">{say('set-up-till.done-hint')}</p>
      <ul className="rows">
        {devices.devices.map((device) => (
          <li key={device.deviceId} className="card">
            <State device={device} />
          </li>
        ))}
      </ul>
    </>
  )
}

function State({ device }: { device: DeviceHealth }) {
  const { say } = useWords()
  return (
    <p className="device__state">
      <ToneSign tone={isWell(device) ? 'good' : 'attention'} />
      <strong>{say(`device-role.${device.role}`)}</strong> {say(`device.${device.state}`)}
      <bdi dir="ltr" className="muted">{device.address}</bdi>
    </p>
  )
}
