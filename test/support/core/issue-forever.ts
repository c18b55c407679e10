/** Gives out numbers of a shop's file until it is killed, and says each one after it is durable. */
import { writeSync } from 'node:fs'
import { issueNumber } from '../../../electron/core/own-numbers/issue-number.ts'
import { Store } from '../../../electron/core/store/store.ts'

const [file = '', migrations = '', at = ''] = process.argv.slice(2)
const store = new Store(file, migrations)
const STDOUT = 1
for (;;) {
  const issued = store.write((db) => issueNumber(db, { unitId: null, staffId: null, at }))
  if (issued === null) break
  writeSync(STDOUT, `${issued.number}\n`)
}
