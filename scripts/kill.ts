/** `npm run test:kill -- [times] [seed]`: the kill test for as long as you like; 10,000 times when nothing is said. */
import { killRuns } from '../test/support/kill/kill-run.ts'

const times = Number(process.argv[2] ?? 10_000)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)
console.log(`${times} kills, seed ${seed}`)
let done = 0
const report = await killRuns(times, Math.min(4, times), seed, () => {
  done += 1
  if (done % 100 === 0) console.log(`${done} kills`)
})
for (const fault of report.faults) console.log(fault)
console.log(`${report.kills} kills, ${report.sales} sales, ${report.returns} returns, ${report.seenOnPaper} seen on paper`)
console.log(report.faults.length === 0 ? '1 passed, 0 failed' : '0 passed, 1 failed')
process.exitCode = report.faults.length === 0 ? 0 : 1
