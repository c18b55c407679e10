import { Archive, CreditCard, Monitor, Nfc, Printer, ScanBarcode, Tag } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { DeviceRole } from '../../../contract/device-view.ts'

/** The picture of a kind of device. */
export const DEVICE_SIGNS: Readonly<Record<DeviceRole, LucideIcon>> = {
  scanner: ScanBarcode,
  printer: Printer,
  pad: Nfc,
  terminal: CreditCard,
  display: Monitor,
  drawer: Archive,
  'label-printer': Tag,
}
