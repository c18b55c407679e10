/**
 * `npm run test:power -- [images] [receipts] [seed]`: power cuts replayed from the system calls of a till that sells, and
 * of one that gets mirror after mirror; 3,000 of each when nothing is said.
 */
import { cutPower } from '../test/support/power/power-run.ts'
import { whyNoStrace } from '../test/support/power/replay.ts'
import { cutSwaps } from '../test/support/power/swap-run.ts'

const [images, receipts] = [Number(process.argv[2] ?? 3_000), Number(process.argv[3] ?? 120)]
const seed = Number(process.argv[4] ?? Date.now() % 1_000_000)
const why = whyNoStrace()
if (why !== null) {
  console.log(`skipped: ${why}`)
  console.log('0 passed, 0 failed')
  process.exit(0)
}
console.log(`${images} images of ${receipts} receipts, seed ${seed}`)
const full = await cutPower('FULL', receipts, images, seed)
for (const fault of full.faults.slice(0, 20)) console.log(fault)
console.log(`FULL: ${full.faults.length} faults in ${full.images} images, ${full.promised} receipts, ${full.syncs} times waited for the disk`)
const normal = await cutPower('NORMAL', receipts, Math.ceil(images / 4), seed)
const lost = normal.faults.filter((fault) => fault.includes('is on paper and not in the books')).length
console.log(`NORMAL, the control: ${lost} receipts lost in ${normal.images} images`)
const swaps = await cutSwaps('careful', receipts, images, seed)
for (const fault of swaps.faults.slice(0, 20)) console.log(fault)
console.log(`swaps of the mirror: ${swaps.faults.length} faults in ${swaps.images} images`)
// Of a hundred cuts two or three mix a mirror that was put in place carelessly.
const careless = await cutSwaps('careless', receipts, Math.max(600, Math.ceil(images / 4)), seed)
console.log(`careless swaps, the control: ${careless.faults.length} mirrors mixed in ${careless.images} images`)
const isSound = full.faults.length === 0 && lost > 0 && swaps.faults.length === 0 && careless.faults.length > 0
console.log(isSound ? '1 passed, 0 failed' : '0 passed, 1 failed')
process.exitCode = isSound ? 0 : 1
