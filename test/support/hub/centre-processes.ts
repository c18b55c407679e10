import { join } from 'node:path'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../hub/embedded-postgres.ts'
import { until } from '../hub-shop.ts'
import { freePort, startHubProcess, type HubProcess } from './hub-process.ts'

const START_MS_MAX = 90_000

/** A centre of processes that are killed and started again where they were: PostgreSQL with its data in a folder, and hubs on it. */
export class CentreProcesses {
  readonly #folder: string
  readonly #hubs: HubProcess[] = []
  #postgres: EmbeddedPostgres
  hubKills = 0
  postgresKills = 0

  private constructor(folder: string, postgres: EmbeddedPostgres) {
    this.#folder = folder
    this.#postgres = postgres
  }

  /** With PostgreSQL alone. */
  static async start(folder: string): Promise<CentreProcesses> {
    return new CentreProcesses(folder, await startEmbeddedPostgres(folder))
  }

  get databaseUrl(): string {
    return this.#postgres.url
  }

  /** Where the hubs are reached, also those that are just being started again. */
  get ports(): number[] {
    return this.#hubs.map(({ port }) => port)
  }

  async addHub(): Promise<void> {
    this.#hubs.push(await this.#startHub(this.#hubs.length, await freePort()))
  }

  async killHub(n: number): Promise<void> {
    const hub = this.#hubs[n]
    if (!hub) throw new Error(`there is no hub ${n}`)
    await hub.kill()
    this.hubKills += 1
    this.#hubs[n] = await this.#startHub(n, hub.port)
  }

  #startHub(n: number, port: number): Promise<HubProcess> {
    return startHubProcess(this.#postgres.url, join(this.#folder, `hub-${n}`), port)
  }

  /** The processes it has made end a moment after it; until they have, the next one finds the memory they share and refuses. */
  async killPostgres(): Promise<void> {
    const { pid, port } = this.#postgres
    process.kill(pid, 'SIGKILL')
    this.postgresKills += 1
    const start = (): Promise<EmbeddedPostgres | string> => startEmbeddedPostgres(this.#folder, { port }).catch(String)
    const started = await until(start, (found) => typeof found !== 'string', START_MS_MAX)
    if (typeof started !== 'string') this.#postgres = started
  }

  async stop(): Promise<void> {
    for (const hub of this.#hubs) await hub.kill()
    await this.#postgres.stop()
  }
}
