import { mkdtempSync, rmSync } from 'node:fs'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import pg from 'pg'
import type { FaceContract } from '../../hub/contract/face-contract.ts'
import { trustedNetworks } from '../../hub/doors/inner-networks.ts'
import { totpCode } from '../../hub/people/totp.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../hub/embedded-postgres.ts'
import { startHub, type Hub } from '../../hub/start-hub.ts'

export type FaceClient = ContractRouterClient<FaceContract>

/** A real PostgreSQL in a folder of its own, for the tests of one file. */
export interface TestPostgres {
  /** The address of a new, empty database. */
  database(name: string): Promise<string>
  /** A folder of this test file for what a hub keeps beside its database. */
  readonly folder: string
  stop(): Promise<void>
}

/** A PostgreSQL of its own, or the one that TEST_DATABASE_URL names: databases made there are taken away at the end. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'countermark-office-'))
  chmodSync(folder, 0o755)
  const given = process.env['TEST_DATABASE_URL']
  const server: EmbeddedPostgres | null = given === undefined ? await startEmbeddedPostgres(folder) : null
  const url = given ?? server?.url ?? ''
  const made: string[] = []
  return {
    folder,
    async database(name) {
      const own = server === null ? `countermark_${name}_${process.pid}` : name
      await asAdmin(url, `CREATE DATABASE ${own}`)
      made.push(own)
      return Object.assign(new URL(url), { pathname: `/${own}` }).href
    },
    async stop() {
      if (server === null) for (const own of made) await asAdmin(url, `DROP DATABASE ${own} WITH (FORCE)`)
      await server?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function asAdmin(url: string, command: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(command)
  await client.end()
}

export interface RunningOffice {
  readonly hub: Hub
  /** What the hub has written to its log. */
  readonly log: readonly string[]
  /** The code that the first start prints for the owner. */
  readonly ownerCode: string
  stop(): Promise<void>
}

/** Starts one hub on a database; the log is kept for whoever looks for the owner's code. */
export async function startOffice(databaseUrl: string, dataDir: string): Promise<RunningOffice> {
  const log: string[] = []
  const hub = await startHub(
    { host: '127.0.0.1', port: 0, dataDir, databaseUrl, load: null, demo: false, joinCodes: false, trusted: trustedNetworks('127.0.0.0/8'), proxies: trustedNetworks('127.0.0.0/8') } as Parameters<typeof startHub>[0], (line) => log.push(line),
  )
  return { hub, log, ownerCode: ownerCodeIn(log), stop: () => hub.stop() }
}

/** The code with which the first person joins, as the first start of a centre prints it; empty where it was another start. */
export const ownerCodeIn = (log: readonly string[]): string =>
  log.map((line) => /with the code (\S+)$/u.exec(line)?.[1]).find((code) => code !== undefined) ?? ''

/** A browser as far as the hub can tell: it keeps its cookies and says where its page came from. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly client: FaceClient
  readonly #url: string

  /** `behind`: what a proxy in front of the hub would say of it. */
  constructor(url: string, origin = url, behind: Readonly<Record<string, string>> = {}) {
    this.#url = url
    this.client = createORPCClient(new RPCLink({
      url: `${url}/face/rpc`,
      headers: () => ({ ...behind, origin, cookie: this.#cookie() }),
      fetch: async (request, init) => {
        const response = await fetch(request, init)
        this.#keep(response)
        return response
      },
    }))
  }

  async upload(kind: string, name: string, body: string | Buffer): Promise<{ id: string; state: string }> {
    const response = await fetch(`${this.#url}/face/imports/${kind}?name=${encodeURIComponent(name)}`, {
      method: 'POST', body: new Uint8Array(Buffer.from(body)), headers: { origin: this.#url, cookie: this.#cookie() },
    })
    if (!response.ok) throw new Error(`HTTP ${response.status} ${await response.text()}`)
    return (await response.json()) as { id: string; state: string }
  }

  #keep(response: Response): void {
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(set) ?? []
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }

  #cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

export const OWNER = { name: 'Ada Owner', password: 'correct horse battery' }

/** Joins with a code and sets up an authenticator; gives its secret, for further codes. */
export async function joinWithTotp(browser: Browser, code: string, person = OWNER): Promise<string> {
  await browser.client.people.join({ code, ...person })
  const { secret } = await browser.client.people.beginTotp()
  await browser.client.people.confirmTotp({ code: totpCode(secret, Date.now()) })
  return secret
}
