import { Database, Printer, PrinterCheck, ScanBarcode } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import type { DeviceView } from '../../contract/device-view.ts'
import type { SyncView } from '../../contract/sync/sync-view.ts'
import { useDesk } from '../desk/desk-context.ts'
import { SyncLine } from '../panels/sync-line.tsx'
import { useWords } from '../words/words-context.tsx'
import type { OpenPanel } from './panel-name.ts'

/** How the till is, in words: the store, how fresh the records are, whether scanner and printer work. */
export function StatusCluster({ openPanel }: { openPanel: OpenPanel }) {
  const words = useWords()
  const desk = useDesk()
  const { knowledge } = desk
  // The drawer's trouble is the printer's, and one that stands open is seen by whoever opened it.
  const troubled = desk.devices.filter((device) => device.role !== 'drawer' && !isWell(device))
  return (
    <AriaButton
      className="status"
      onPress={() => openPanel({ name: needsEyes(desk.sync) ? 'sync' : 'devices' })}
    >
      <span className="visually-hidden">{words.say('app.status')}</span>
      <span className="status__place">{words.say('app.till-of', { till: desk.till.name, store: desk.store.name })}</span>
      <span className="status__line">
        <Database size={14} aria-hidden />
        {knowledge.asOf === null
          ? words.say('knowledge.never')
          : words.say('knowledge.as-of', { time: words.instant(knowledge.asOf) })}
      </span>
      {desk.sync.state === 'alone' ? null : (
        <span className="status__line status__line--sync">
          <SyncLine sync={desk.sync} isShort />
        </span>
      )}
      <span className="status__signs">
        {desk.devices
          .filter((device) => device.role === 'scanner' || device.role === 'printer')
          .map((device) => {
            const Sign = signOf(device)
            return <Sign key={device.deviceId} size={18} aria-hidden className={isWell(device) ? 'is-well' : 'is-ill'} />
          })}
        {troubled.map((device) => (
          <span key={device.deviceId} className="status__trouble">
            {words.say(`device-role.${device.role}`)}: {words.say(`device.${device.state}`)}
          </span>
        ))}
      </span>
    </AriaButton>
  )
}

/** A press leads to what is not as it should be. */
const needsEyes = (sync: SyncView): boolean =>
  sync.conflicts > 0 || sync.remark !== null || !['alone', 'up-to-date', 'catching-up', 'connecting'].includes(sync.state)

export function isWell(device: DeviceView): boolean {
  return device.state === 'ready' || device.state === 'opening' || device.state === 'closed'
}

function signOf(device: DeviceView): LucideIcon {
  if (device.role === 'scanner') return ScanBarcode
  return isWell(device) ? PrinterCheck : Printer
}
