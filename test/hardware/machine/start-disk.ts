import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Parts } from './debian-parts.ts'

/** What the guest needs to reach the host's files and to speak with it. */
const TO_START = ['virtio_pci', 'virtio_console', '9pnet_virtio', '9p', 'overlay']
/** The real drivers under test, and the kernel's own toolbox of virtual devices. */
const DEVICES = [
  'usbcore', 'xhci_pci', 'hid', 'hid_generic', 'usbhid', 'evdev', 'uhid', 'usbserial', 'ftdi_sio', 'cdc_acm', 'usblp',
  'configfs', 'libcomposite', 'usb_f_hid', 'usb_f_acm', 'usb_f_printer', 'dummy_hcd',
]
const OPTIONS: Readonly<Record<string, string>> = { dummy_hcd: 'num=6 is_super_speed=0' }

/** The first file system of the guest: busybox, `init` and the modules. Made once for each kernel and `init`. */
export function startDisk(parts: Parts): string {
  const init = join(import.meta.dirname, 'init')
  const key = createHash('sha256').update(readFileSync(init)).update(JSON.stringify([TO_START, DEVICES, OPTIONS]))
  const disk = join(parts.cache, `start-${parts.kernelVersion}-${key.digest('hex').slice(0, 12)}.cpio`)
  if (existsSync(disk)) return disk
  const folder = mkdtempSync(join(tmpdir(), 'countermark-start-'))
  try {
    for (const dir of ['bin', 'modules']) mkdirSync(join(folder, dir))
    copyFileSync(parts.busybox, join(folder, 'bin/busybox'))
    copyFileSync(init, join(folder, 'init'))
    chmodSync(join(folder, 'init'), 0o755)
    const order = modulesInOrder(parts.modulesDir, [...TO_START, ...DEVICES])
    for (const file of order) copyFileSync(join(parts.modulesDir, file), join(folder, 'modules', basename(file)))
    const lines = order.map((file) => `${basename(file)} ${OPTIONS[nameOf(file)] ?? ''}`.trimEnd())
    writeFileSync(join(folder, 'modules/order'), `${lines.join('\n')}\n`)
    pack(parts.busybox, folder, disk)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return disk
}

/** The modules with everything they depend on, what is needed first standing first. Those built in are left out. */
function modulesInOrder(modulesDir: string, names: readonly string[]): readonly string[] {
  const needs = new Map<string, readonly string[]>()
  for (const line of readFileSync(join(modulesDir, 'modules.dep'), 'utf8').split('\n')) {
    const [file, deps] = line.split(':')
    if (file !== undefined && deps !== undefined) needs.set(file, deps.trim().split(' ').filter((dep) => dep !== ''))
  }
  const fileOf = new Map([...needs.keys()].map((file) => [nameOf(file), file]))
  const order = new Set<string>()
  const add = (file: string): void => {
    if (order.has(file)) return
    for (const dep of needs.get(file) ?? []) add(dep)
    order.add(file)
  }
  for (const name of names) {
    const file = fileOf.get(name)
    if (file !== undefined) add(file)
  }
  return [...order]
}

const nameOf = (file: string): string => basename(file).replace(/\.ko.*$/, '').replaceAll('-', '_')

function pack(busybox: string, folder: string, disk: string): void {
  const script = 'cd "$1" && find . | "$2" cpio -o -H newc > "$3"'
  const done = spawnSync('sh', ['-c', script, 'sh', folder, busybox, `${disk}.new`], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`the start disk cannot be packed: ${done.stderr}`)
  renameSync(`${disk}.new`, disk)
}
