import { join } from 'node:path'
import { openPostgres } from '../../../hub/database.ts'
import { startHub, type Hub } from '../../../hub/start-hub.ts'
import { makeJoinCode } from '../../../hub/sync/devices.ts'
import { loadMirror } from '../../../hub/sync/load-mirror.ts'
import { enter, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../core/till.ts'
import { Browser, joinWithTotp, ownerCodeIn, startPostgres, type TestPostgres } from '../hub-office.ts'
import { until } from '../hub-shop.ts'

export const STORE = 'store-berlin'
export const SUPERVISOR = { staffId: 'staff-ines', pin: '2222' }

export interface JoinedTill {
  readonly client: Client
  /** Its data folder. */
  readonly dir: string
  readonly till: RunningTill
}

/** A centre with the demo shop on a PostgreSQL of its own, and tills that join it as their users let them. */
export class Chain {
  readonly #postgres: TestPostgres
  readonly #database: string
  readonly #leave: (() => Promise<unknown> | void)[] = []
  readonly #log: string[]
  hub: Hub

  private constructor(postgres: TestPostgres, database: string, hub: Hub, log: string[]) {
    this.#postgres = postgres
    this.#database = database
    this.hub = hub
    this.#log = log
  }

  static async start(): Promise<Chain> {
    const postgres = await startPostgres()
    const database = await postgres.database('chain')
    const seed = temporaryFolder()
    withDemoMirror(seed.path)
    const log: string[] = []
    const chain = new Chain(postgres, database, await Chain.#open(postgres, database, 0, log), log)
    await loadMirror(chain.hub.ground, join(seed.path, 'mirror.db'))
    seed.remove()
    return chain
  }

  static #open = (postgres: TestPostgres, database: string, port: number, log: string[]): Promise<Hub> =>
    startHub({ host: '127.0.0.1', port, dataDir: postgres.folder, databaseUrl: database, load: null, joinCodes: false }, (line) => log.push(line))

  /** A till with its first mirror and its line to the centre, in the demo's store. */
  async join(letters: string, ...more: readonly string[]): Promise<JoinedTill> {
    const folder = temporaryFolder()
    const { code } = await makeJoinCode(this.hub.ground, STORE, 'test')
    const till = await startTill(['--data', folder.path, '--till', letters, '--hub', this.hub.url, '--join', code, ...more])
    const { client, close } = await enter(till)
    this.#leave.push(close, () => till.end(), () => folder.remove())
    await until(() => client.desk.view(), ({ sync }) => sync.state === 'up-to-date', 60_000)
    return { client, dir: folder.path, till }
  }

  /** The first person of the centre, joined with the code of its first start and a second factor: once a chain. */
  async owner(): Promise<Browser> {
    const browser = new Browser(this.hub.url)
    await joinWithTotp(browser, ownerCodeIn(this.#log))
    return browser
  }

  /** Rows of the centre. */
  ask<Row>(text: string, values: readonly (string | number)[] = []): Promise<Row[]> {
    return this.hub.ground.db.query<Row>(text, values)
  }

  /** Stops the centre, lets something be done to its database meanwhile, and starts it at the same address. */
  async restart(meanwhile: (url: string) => Promise<void>): Promise<void> {
    const port = Number(new URL(this.hub.url).port)
    await this.hub.stop()
    await meanwhile(this.#database)
    this.hub = await Chain.#open(this.#postgres, this.#database, port, this.#log)
  }

  async stop(): Promise<void> {
    for (const leave of this.#leave) await leave()
    await this.hub.stop()
    await this.#postgres.stop()
  }
}

/** One statement on a database without a centre. */
export async function once(url: string, text: string, values: readonly (string | number)[] = []): Promise<void> {
  const db = openPostgres(url, 1)
  await db.query(text, values)
  await db.close()
}
