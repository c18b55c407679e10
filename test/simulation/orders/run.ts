// `npm run test:orders -- [length]`: every order of what two tills may do with one piece, up to so many steps; 8 when nothing is said.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { quickFolder } from '../../support/quick-folder.ts'
import { allOrders } from './all-orders.ts'
import { TwoTills } from './two-tills.ts'

const length = Number(process.argv[2] ?? 8)
const folder = mkdtempSync(join(quickFolder(), 'countermark-orders-'))
const began = performance.now()
try {
  const found = await allOrders(await TwoTills.open(folder), length, (line) => console.log(`${line}, ${Math.round((performance.now() - began) / 1_000)} s`))
  console.log(`${found.states} moments, ${found.quiet} of them quiet, ${found.inDispute} in dispute; ${found.steps} steps, by length ${found.byLength.join(' ')}`)
  console.log('1 passed, 0 failed')
} catch (error) {
  console.error(error instanceof Error ? (process.env['TRACE'] ? error.stack : error.message) : error)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
