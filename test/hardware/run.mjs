// `npm run test:hardware [-- WORD...]`: the virtual hardware bench. Plays the stories of test/hardware/stories against a
// real Linux kernel with devices that it takes for real; with words, only the stories whose names hold one of them.
// `--short` is what `npm test` plays of it: one story a line, where the machine has been fetched or this is CI.
//
// How: Debian's kernel and QEMU are fetched as packages into a cache (about 90 MB, once; nothing is installed). QEMU boots
// that kernel without KVM in seconds, on the files of this machine: read-only, with a layer in memory above them. There
// is no disk to build, and the project and its packages are simply there. Everything runs in one boot.
//
// What it proves: on Linux, the project's own transports, drivers, supervisor and till behave at hidraw, usbhid, ftdi_sio,
// cdc_acm, usblp and udev as they must when something is plugged in, pulled out, stalled, forbidden or held by another.
//
// What it does not prove: anything about Windows or macOS; the radio, optics and firmware of real devices, whose reports
// here follow their makers' papers; the rights that systemd-logind gives (only that our rule asks for them).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootAndRun } from './machine/boot.ts'
import { areFetched, CannotRun, debianParts } from './machine/debian-parts.ts'
import { makeShop } from './machine/shop-for-the-guest.ts'

const ROOT = join(import.meta.dirname, '../..')
const STORIES_MS_MAX = 15 * 60_000
const SERIAL_ADAPTERS = 1

/** One story for each kind of line: HID, USB serial, pad, printer. */
const SHORT = ['is found by its ids and reads a code', 'told by the hot-plug', 'found by its ids and read however', 'two tills at one USB printer']

const asked = process.argv.slice(2)
const isShort = asked.includes('--short')
const parts = partsOrNothing()
if (parts !== null) process.exitCode = await play(parts, isShort ? SHORT : asked)

function partsOrNothing() {
  try {
    // Nobody who only runs the tests is made to fetch 90 MB.
    if (isShort && !areFetched() && !process.env.CI)
      throw new CannotRun('its kernel and QEMU have not been fetched yet; npm run test:hardware fetches them once')
    return debianParts((sentence) => console.log(sentence))
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error
    console.log(`skipped: the virtual hardware bench cannot run here, because ${error.message}`)
    console.log('0 passed, 0 failed')
    return null
  }
}

async function play(parts, words) {
  const share = mkdtempSync(join(tmpdir(), 'countermark-job-'))
  try {
    makeShop(share, ROOT)
    const job = {
      command: [process.execPath, join(import.meta.dirname, 'guest.ts'), ...words],
      cwd: ROOT,
      env: {},
      serial_count: SERIAL_ADAPTERS,
      ms_max: STORIES_MS_MAX,
      heard: (text) => process.stdout.write(text),
    }
    const end = await bootAndRun(parts, job, share)
    const count = countIn(share)
    if (count === null) console.log(`FAILED  the machine ended before its stories did; its kernel said last:\n${end.console}`)
    const { passed, failed } = count ?? { passed: 0, failed: 1 }
    console.log(`${passed} passed, ${failed} failed`)
    return failed === 0 && passed > 0 ? 0 : 1
  } finally {
    rmSync(share, { recursive: true, force: true })
  }
}

/** Null: the stories did not come to their end. */
function countIn(share) {
  try {
    return JSON.parse(readFileSync(join(share, 'count.json'), 'utf8'))
  } catch {
    return null
  }
}
