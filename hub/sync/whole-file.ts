import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

const CHECK = `
const { parentPort, workerData } = require('node:worker_threads')
const Database = require(workerData.sqlite)
const db = new Database(workerData.file, { readonly: true })
const said = db.pragma('quick_check(1)', { simple: true })
db.close()
parentPort.postMessage(said)`

/**
 * Looks whether a file is whole as a database, and throws what SQLite says where it is not. In a thread of its own: a
 * million units take a second, and tills are waiting for leases.
 */
export async function mustBeWhole(file: string): Promise<void> {
  const sqlite = createRequire(import.meta.url).resolve('better-sqlite3')
  const said = await new Promise<string>((resolve, reject) => {
    const worker = new Worker(CHECK, { eval: true, workerData: { file, sqlite } })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the check of a mirror ended without an answer')))
  })
  if (said !== 'ok') throw new Error(`a mirror that was made is damaged: ${said}`)
}
