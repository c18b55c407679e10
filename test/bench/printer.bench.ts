import { bytesForPrinter } from '../../native/printers/print-bytes.ts'
import { layColumns } from '../../native/printers/columns.ts'
import type { PrintBlock } from '../../native/printers/columns.ts'
import { readEscpos } from '../../native/simulators/printer/escpos-reader.ts'
import { PLAIN, RECEIPT } from '../support/printer/print-blocks.ts'

const LINES_40: readonly PrintBlock[] = Array.from({ length: 40 }, (_, index) => ({
  kind: 'item',
  name: `Phone Aurora 256 GB blåsort ${index}`,
  details: [`IMEI ${356_938_035_643_800 + index}`],
  quantity: null,
  amount: '€ 649.00',
}))
const printed = bytesForPrinter(RECEIPT, PLAIN).bytes

/** What printing costs the till itself: `run(n)` does the work `n` times, and `unit` names one of them. */
export const benches: readonly { name: string; unit: string; run(times: number): void }[] = [
  {
    name: 'receipt to ESC/POS bytes, with QR and bars',
    unit: 'receipts',
    run: (times) => {
      for (let count = 0; count < times; count++) bytesForPrinter(RECEIPT, PLAIN)
    },
  },
  {
    name: 'receipt of 40 units to ESC/POS bytes',
    unit: 'receipts',
    run: (times) => {
      for (let count = 0; count < times; count++) bytesForPrinter(LINES_40, PLAIN)
    },
  },
  {
    name: 'blocks to columns, 40 units',
    unit: 'receipts',
    run: (times) => {
      for (let count = 0; count < times; count++) layColumns(LINES_40, 48)
    },
  },
  {
    name: 'receipt bytes read by the simulated printer',
    unit: 'receipts',
    run: (times) => {
      for (let count = 0; count < times; count++) readEscpos(printed)
    },
  },
]
