import type { Driver, ScanEvent } from '../../native/driver.ts'
import { ascii } from '../../native/bytes.ts'
import { buildHidPos, LAYOUT_A } from '../../native/scanners/hid-pos-layout.ts'
import { hidPos } from '../../native/scanners/hid-pos.ts'
import { serialScanner } from '../../native/scanners/serial-scanner.ts'
import { buildSsi, SSI } from '../../native/scanners/ssi-frames.ts'
import { zebraSsi } from '../../native/scanners/zebra-ssi.ts'

/** A GTIN with a serial, as it stands on a label of ours. */
const SCANNED = '010950110153000321SN4711'
const GS1_DATAMATRIX = 0x1b

/** What a driver is given for one scan, as the line brings it. */
interface Case {
  readonly name: string
  readonly driver: Driver<unknown, never, { readonly kind: string }>
  readonly scan: readonly Uint8Array[]
}

const CASES: readonly Case[] = [
  { name: 'serial, CR at the end', driver: serialScanner(), scan: [ascii(`${SCANNED}\r`)] },
  { name: 'serial, a byte at a time', driver: serialScanner(), scan: [...ascii(`${SCANNED}\r`)].map((byte) => Uint8Array.of(byte)) },
  { name: 'HID POS, one report', driver: hidPos(), scan: [buildHidPos({ aim: ']d2', data: ascii(SCANNED), vendorCode: null, more: false }, LAYOUT_A)] },
  { name: 'Zebra SSI with ACK', driver: zebraSsi(), scan: [buildSsi(SSI.decodeData, [GS1_DATAMATRIX, ...ascii(SCANNED)], 0, 0)] },
]

/** The least that can be done with the same bytes: to look at each once and make one text of them. */
function leastWork(scan: readonly Uint8Array[], n: number): number {
  let seen = 0
  for (let count = 0; count < n; count++) {
    const whole = scan.length === 1 ? scan[0]! : Uint8Array.from(scan.flatMap((piece) => [...piece]))
    seen += String.fromCharCode(...whole).length
  }
  return seen
}

function perSecond(work: () => void, n: number): number {
  const began = performance.now()
  work()
  return (n * 1_000) / (performance.now() - began)
}

/** Bytes in to `ScanEvent` out, scans a second, beside the least that could be done with the bytes. */
export const benches = CASES.map(({ name, driver, scan }) => ({
  name: `${name}: bytes to ScanEvent`,
  promised_per_s: 20_000,
  limitName: 'bytes to text',
  run(n: number): number {
    return perSecond(() => {
      let state = driver.step(driver.start(), { kind: 'opened' })[0]
      let scans = 0
      for (let count = 0; count < n; count++)
        for (const bytes of scan) {
          const [next, effects] = driver.step(state, { kind: 'bytes', bytes })
          state = next
          for (const effect of effects) if (effect.kind === 'emit' && isScan(effect.event)) scans++
        }
      if (scans !== n) throw new Error(`${name}: ${scans} scans of ${n}`)
    }, n)
  },
  limit: (n: number): number => perSecond(() => void leastWork(scan, n), n),
}))

const isScan = (event: { readonly kind: string }): event is ScanEvent => event.kind === 'scan'
