// `npm run hub`: the centre. An empty one given `--demo` begins with the demo shop that a first till would have made.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMO_SEED, DEMO_UNITS, makeDemoMirror } from '../electron/core/demo/make-demo-mirror.ts'
import { HUB_HELP, HubStartFault, readHubOptions } from '../hub/options.ts'
import { startHub, type Hub } from '../hub/start-hub.ts'
import { isEmpty, loadMirror } from '../hub/sync/load-mirror.ts'
import { makeJoinCode } from '../hub/sync/devices.ts'

const args = process.argv.slice(2)
/** What has to be said on the way is said under the address it is about; or before what went wrong, where there is none. */
const early: string[] = []
const tellEarly = (): void => early.splice(0).forEach((line) => void process.stderr.write(`${line}\n`))

async function main(): Promise<void> {
  const options = readHubOptions(args)
  if (options === 'help') return void process.stdout.write(HUB_HELP)
  let isReady = false
  const hub = await startHub(options, (line) => (isReady ? void process.stderr.write(`${line}\n`) : void early.push(line)))
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(0), 10_000).unref()
    void hub.stop().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  if (await isEmpty(hub.ground.db)) {
    if (options.load !== null) tell(`took over ${await loadMirror(hub.ground, options.load)} units of ${options.load}`)
    else if (args.includes('--demo')) tell(`began with the demo shop, ${await loadDemo(hub)} units`)
  }
  process.stdout.write(`Countermark's centre is ready: ${hub.url}\n`)
  isReady = true
  tellEarly()
  await tellJoinCodes(hub, options.joinCodes)
}

async function loadDemo(hub: Hub): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'countermark-demo-'))
  try {
    const file = join(dir, 'mirror.db')
    makeDemoMirror(file, join(import.meta.dirname, '../migrations/mirror'), { seed: DEMO_SEED, units: DEMO_UNITS, now: new Date().toISOString() })
    return await loadMirror(hub.ground, file)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** A centre without tills is waiting for its first ones: a code for each store, where there are few. */
async function tellJoinCodes(hub: Hub, always: boolean): Promise<void> {
  const tills = await hub.ground.db.query('SELECT till FROM device LIMIT 1')
  if (tills.length > 0 && !always) return
  const stores = await hub.ground.db.query<{ body: string }>("SELECT body FROM record WHERE kind = 'stores' AND NOT gone ORDER BY key LIMIT 5")
  for (const { body } of stores) {
    const store = JSON.parse(body) as { id: string; name: string }
    const { code } = await makeJoinCode(hub.ground, store.id, 'start')
    tell(`a till of ${store.name} joins within ten minutes with: npm start -- --hub ${hub.url} --join ${code}`)
  }
  if (stores.length === 0) tell('it knows no store yet: make the first on its page “Stores”, or start it with --demo, or with --load and the mirror.db of a till')
}

const tell = (line: string): void => void process.stdout.write(`${line}\n`)

try {
  await main()
} catch (error) {
  tellEarly()
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(error instanceof HubStartFault ? 2 : 1)
}
