import { paperLettering } from '../../electron/core/papers/lettering/paper-lettering.ts'
import { bytesForPrinter } from '../../native/printers/print-bytes.ts'
import { layColumns } from '../../native/printers/columns.ts'
import type { PrintBlock } from '../../native/printers/columns.ts'
import { readEscpos } from '../../native/simulators/printer/escpos-reader.ts'
import { PLAIN, RECEIPT } from '../support/printer/print-blocks.ts'
import { receipt } from '../unit/papers/a-shop-of-papers.ts'

const LINES_40: readonly PrintBlock[] = Array.from({ length: 40 }, (_, index) => ({
  kind: 'item',
  name: `Phone Aurora 256 GB blåsort ${index}`,
  details: [`IMEI ${356_938_035_643_800 + index}`],
  quantity: null,
  amount: '€ 649.00',
}))
const ARABIC = receipt('ar').blocks
const drawn = { ...PLAIN, lettering: await paperLettering('rtl') }
/** A receipt with another number and another serial than the one before, as they come. */
let receipts = 0
const arabic = (): void => {
  receipts += 1
  const blocks: PrintBlock[] = [...ARABIC, { kind: 'text', text: `الرقم التسلسلي 000-FJ7-${receipts}`, align: 'left', bold: false, size: 'normal' }]
  bytesForPrinter(blocks, drawn)
}
const printed = bytesForPrinter(RECEIPT, PLAIN).bytes

function perSecond(n: number, work: () => void): number {
  const began = performance.now()
  for (let count = 0; count < n; count++) work()
  return (n * 1_000) / (performance.now() - began)
}

const bench = (name: string, promised_per_s: number, work: () => void, limitName: string, least: () => void) => ({
  name, promised_per_s, limitName, run: (n: number) => perSecond(n, work), limit: (n: number) => perSecond(n, least),
})
const columns = (blocks: readonly PrintBlock[]) => () => void layColumns(blocks, 48)

/** What printing costs the till itself, receipts a second; a printer puts out one in two. */
export const benches = [
  bench('receipt to ESC/POS bytes, with QR and bars', 50, () => void bytesForPrinter(RECEIPT, PLAIN), 'its columns laid out', columns(RECEIPT)),
  bench('receipt of 40 units to ESC/POS bytes', 50, () => void bytesForPrinter(LINES_40, PLAIN), 'its columns laid out', columns(LINES_40)),
  bench('receipt render time: 20 lines of Arabic drawn, to ESC/POS bytes', 20, arabic, 'its columns laid out', columns(ARABIC)),
  bench('receipt bytes read by the simulated printer', 500, () => void readEscpos(printed), 'the bytes copied', () => void Uint8Array.from(printed)),
]
