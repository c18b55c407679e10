import { spawn, type ChildProcess } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import Database from 'better-sqlite3'
import { WebSocket } from 'ws'
import type { Contract } from '../../../contract/contract.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import { makeDemoMirror, DEMO_SEED } from '../../../electron/core/demo/make-demo-mirror.ts'

export type Client = ContractRouterClient<Contract>

const ROOT = join(import.meta.dirname, '../../..')

/** A folder for one test; removed when the test is over. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'countermark-till-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

let made: string | null = null

/** Puts a demo mirror of the usual size into a folder; made once a test file, because the same seed gives the same. */
export function withDemoMirror(dataDir: string): void {
  if (made === null) {
    made = join(mkdtempSync(join(tmpdir(), 'countermark-mirror-')), 'mirror.db')
    makeDemoMirror(made, join(ROOT, 'migrations/mirror'), { seed: DEMO_SEED, units: 5_000, now: new Date().toISOString() })
    process.on('exit', () => made !== null && rmSync(join(made, '..'), { recursive: true, force: true }))
  }
  copyFileSync(made, join(dataDir, 'mirror.db'))
}

export interface RunningTill {
  readonly process: ChildProcess
  readonly url: string
  readonly key: string
  readonly port: number
  /** Everything it said on standard error. */
  errors(): string
  /** Ends it as `how` says and waits until it is gone. */
  end(how?: NodeJS.Signals): Promise<void>
}

/** Starts the till as its user does, from the sources, and waits for its readiness line. Rejects when it does not start. */
export async function startTill(args: readonly string[]): Promise<RunningTill> {
  const child = spawn(process.execPath, [join(ROOT, 'electron/serve.ts'), '--no-open', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()))
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (bytes: Buffer) => {
      out += bytes.toString()
      const ready = /^Countermark is ready: (\S+)$/m.exec(out)
      if (ready?.[1]) resolve(ready[1])
    })
    void gone.then((code) => reject(new NotStarted(code, err)))
  })
  const { port, hash } = new URL(url)
  return {
    process: child,
    url,
    port: Number(port),
    key: new URLSearchParams(hash.slice(1)).get('key') ?? '',
    errors: () => err,
    end: async (how = 'SIGTERM') => {
      child.kill(how)
      await gone
    },
  }
}

/** The till said why and ended. */
export class NotStarted extends Error {
  readonly code: number | null
  readonly said: string
  constructor(code: number | null, said: string) {
    super(`the till ended with ${code}: ${said}`)
    this.code = code
    this.said = said
  }
}

/** A window's line to a running till, by the loopback door. */
export async function enter(till: RunningTill): Promise<{ client: Client; close(): void }> {
  const socket = new WebSocket(`ws://127.0.0.1:${till.port}/core?key=${till.key}`, { origin: `http://127.0.0.1:${till.port}` })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })
  const link = new RPCLink({ websocket: socket })
  return { client: createORPCClient<Client>(link), close: () => socket.terminate() }
}

/** Signs in the first person of a role, by the PIN that stands on the demo's tile. */
export async function signIn(client: Client, role = 'cashier'): Promise<DeskView> {
  const { session } = await client.desk.view()
  if (session.at !== 'signed-out') throw new Error(`the till is ${session.at}`)
  const tile = session.staff.find((person) => person.role === role)
  if (!tile?.demoPin) throw new Error(`nobody is ${role}`)
  return client.session.signIn({ staffId: tile.staffId, pin: tile.demoPin })
}

/** The text to scan for a story of the demo shop. */
export async function example(client: Client, story: string): Promise<string> {
  const found = (await client.demo.examples()).find((entry) => entry.story === story)
  if (!found) throw new Error(`the demo has no story ${story}`)
  return found.text
}

export const scan = (client: Client, text: string): Promise<DeskView> => client.desk.scan({ text, via: 'typed', aim: null })

/** The sale in front, or a complaint that says what is there instead. */
export function saleIn(view: DeskView) {
  if (view.front.screen !== 'sale') throw new Error(`in front is ${view.front.screen}`)
  return view.front.sale
}

/** What the file of a shop says while its till runs, read beside it as an auditor would. */
export function booksIn<Row>(dataDir: string, query: string): Row[] {
  const db = new Database(join(dataDir, 'shop.db'), { readonly: true })
  try {
    return db.prepare(query).all() as Row[]
  } finally {
    db.close()
  }
}

/** Takes the money for a cart in cash, to the cent. The shift is open. */
export async function payInCash(client: Client, flowId: string) {
  const asked = saleIn(await client.sale.act({ flowId, action: { do: 'pay' } }))
  if (asked.at !== 'tendering') throw new Error(`the sale is ${asked.at}`)
  const paid = saleIn(await client.sale.act({ flowId, action: { do: 'tender', kind: 'cash', given_cents: asked.due_cents } }))
  if (paid.at !== 'paid') throw new Error(`the sale is ${paid.at}`)
  return paid
}

export function returnIn(view: DeskView) {
  if (view.front.screen !== 'return') throw new Error(`in front is ${view.front.screen}`)
  return view.front.return
}

export function checkIn(view: DeskView) {
  if (view.front.screen !== 'check') throw new Error(`in front is ${view.front.screen}`)
  return view.front.check
}
