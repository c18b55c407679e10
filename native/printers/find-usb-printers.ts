import { readdir, readFile } from 'node:fs/promises'

export interface UsbPrinterFound {
  /** `/dev/usb/lp0` */
  readonly path: string
  /** Maker and model as the printer names itself (IEEE 1284 device id); the path where it does not. */
  readonly name: string
}

const LP_FILES = '/dev/usb'

/** Printers of the USB printer class, as Linux shows them. Empty on systems that have no such files. Never rejects. */
export async function findUsbPrinters(): Promise<readonly UsbPrinterFound[]> {
  const names = await readdir(LP_FILES).catch(() => [])
  return Promise.all(
    names
      .filter((name) => /^lp\d+$/.test(name))
      .map(async (name) => ({ path: `${LP_FILES}/${name}`, name: (await ieee1284Name(name)) ?? `${LP_FILES}/${name}` })),
  )
}

async function ieee1284Name(name: string): Promise<string | null> {
  const id = await readFile(`/sys/class/usbmisc/${name}/device/ieee1284_id`, 'utf8').catch(() => '')
  return nameOfDeviceId(id)
}

/** `MFG:EPSON;CMD:…;MDL:TM-T20III;` is "EPSON TM-T20III". Null where neither part is there. */
export function nameOfDeviceId(id: string): string | null {
  const field = (short: string, long: string): string =>
    new RegExp(`(?:^|;)\\s*(?:${short}|${long}):([^;]*)`, 'i').exec(id)?.[1]?.trim() ?? ''
  const name = [field('MFG', 'MANUFACTURER'), field('MDL', 'MODEL')].filter((part) => part !== '').join(' ')
  return name === '' ? null : name
}
