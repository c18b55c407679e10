import { access } from 'node:fs/promises'

/** Tells when something was plugged in or out. */
export interface HotPlug {
  /** Calls `changed` for each; resolves with what ends it. Never rejects: where it cannot work it stays silent. */
  watch(changed: () => void): Promise<() => Promise<void>>
}

const LINUX_USB = '/sys/bus/usb/devices'

/**
 * USB hot-plug by the `usb` package. It tells nothing on Linux without udev, and nothing of devices without a USB
 * parent: the supervisor's slow retries are the net under it. Where the system has no USB at all the package would end
 * the process with a rejection nobody can catch, so that is asked first.
 */
export const usbHotPlug: HotPlug = {
  async watch(changed) {
    const usb = await loadUsb()
    if (usb === null) return () => Promise.resolve()
    const listener = () => changed()
    usb.addEventListener('connect', listener)
    usb.addEventListener('disconnect', listener)
    return () => {
      usb.removeEventListener('connect', listener)
      usb.removeEventListener('disconnect', listener)
      return Promise.resolve()
    }
  },
}

type Usb = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>

async function loadUsb(): Promise<Usb | null> {
  try {
    if (process.platform === 'linux') await access(LINUX_USB)
    const { usb } = await import('usb')
    await usb.getDevices()
    return usb
  } catch {
    return null
  }
}
