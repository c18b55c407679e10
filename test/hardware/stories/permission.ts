import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { hidScannerDevice } from '../../../native/scanners/open-scanner.ts'
import { listHid } from '../../../native/transports/hid.ts'
import { HID_POS_DESCRIPTOR, hidPosReports } from '../devices/scanner-reports.ts'
import { UhidDevice } from '../devices/uhid-device.ts'
import type { Counter } from '../story.ts'
import { story, until } from '../story.ts'
import { supervise } from './supervised-till.ts'

const SCANNER = { vendorId: 0x0c2e, productId: 0x0b07 }
const OURS = join(import.meta.dirname, '../../../packaging/linux/70-countermark.rules')
const RULES = '/run/udev/rules.d'
const NOBODY = 65_534
const PLUGGINGS = 6

function scannerOn(counter: Counter): UhidDevice {
  const scanner = new UhidDevice({ name: 'Xenon', ...SCANNER, serialNumber: 'P1', descriptor: HID_POS_DESCRIPTOR })
  counter.after(() => scanner.close())
  return scanner
}

function udevadm(...words: string[]): string {
  const done = spawnSync('udevadm', words, { encoding: 'utf8', env: { ...process.env, SYSTEMD_IGNORE_CHROOT: '1' } })
  assert.equal(done.status, 0, done.stderr)
  return done.stdout
}

function installRules(counter: Counter): void {
  mkdirSync(RULES, { recursive: true })
  copyFileSync(OURS, join(RULES, '70-countermark.rules'))
  udevadm('control', '--reload')
  counter.after(() => {
    rmSync(join(RULES, '70-countermark.rules'))
    udevadm('control', '--reload')
  })
}

/** The till's process gives up being root, as in the shop: nobody, in the group of those who may plug things in. */
function becomeNobody(counter: Counter): void {
  counter.after(becomeRoot)
  process.setgroups!([plugdev()])
  process.seteuid!(NOBODY)
}

function becomeRoot(): void {
  process.seteuid!(0)
  process.setgroups!([0])
}

function plugdev(): number {
  const line = readFileSync('/etc/group', 'utf8').split('\n').find((each) => each.startsWith('plugdev:'))
  assert.ok(line, 'this system has no group plugdev')
  return Number(line.split(':')[2])
}

const scan = (scanner: UhidDevice, text: string) => hidPosReports(text, ']C0').forEach((report) => scanner.send(report))

story('without a udev rule the till says that it may not use the scanner; with ours it may, without a restart', async (counter) => {
  const scanner = scannerOn(counter)
  scanner.plug()
  await until(async () => (await listHid(SCANNER)).length > 0, 'the scanner in the list')
  const till = supervise(counter, hidScannerDevice('scanner', SCANNER))
  await till.is('ready')
  await till.stop()

  becomeNobody(counter)
  const nobodys = supervise(counter, hidScannerDevice('scanner', SCANNER))
  await nobodys.is('not-allowed')
  becomeRoot()
  installRules(counter)
  udevadm('trigger', '--action=change', '--subsystem-match=hidraw')
  udevadm('settle')
  const [found] = await listHid(SCANNER)
  assert.match(udevadm('info', '--query=property', found!.path), /^CURRENT_TAGS=.*:uaccess:/m)
  assert.equal(statSync(found!.path).mode & 0o777, 0o660)
  becomeNobody(counter)
  await nobodys.is('ready')
  scan(scanner, 'ALLOWED')
  await until(() => nobodys.scans().length === 1, 'a scan')
})

story('a scanner is plugged in six times: the moment before the udev rule holds is never told as a refusal', async (counter) => {
  await listHid()
  installRules(counter)
  const scanner = scannerOn(counter)
  becomeNobody(counter)
  const till = supervise(counter, hidScannerDevice('scanner', SCANNER))
  await till.is('searching')
  for (let round = 1; round <= PLUGGINGS; round++) {
    scanner.plug()
    // Looks at once, as after a sign of the hot-plug: a device of /dev/uhid gives none.
    await until(async () => (await listHid(SCANNER)).length > 0, 'the scanner in the list')
    till.look()
    await till.is('ready')
    scan(scanner, `ROUND${round}`)
    await until(() => till.scans().length === round, 'a scan')
    scanner.unplug()
    await till.is('lost')
  }
  assert.ok(!till.states.includes('not-allowed'), till.states.join(', '))
})
