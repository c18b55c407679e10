/** `npm run test:soak -- [seconds] [seed]`: real tills, hubs and PostgreSQL under faults; an hour when nothing is said. */
import { underFaults } from '../test/integration/hub/faults.ts'

const seconds = Number(process.argv[2] ?? 3_600)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)
console.log(`${seconds} s, seed ${seed}`)
await underFaults(seconds, seed, (line) => console.log(line))
console.log('1 passed, 0 failed')
process.exit()
