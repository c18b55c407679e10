import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')

export interface HubProcess {
  readonly port: number
  /** What it has written so far. */
  said(): string
  kill(signal?: NodeJS.Signals): Promise<void>
}

/** Starts one process of the centre as its user does, and waits until it says that it is ready. `databaseUrl` null: on the built-in PostgreSQL. */
export async function startHubProcess(databaseUrl: string | null, dataDir: string, port: number, more: readonly string[] = []): Promise<HubProcess> {
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'scripts/hub.ts'), '--port', String(port), '--data', dataDir, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }) },
  })
  let said = ''
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    const hear = (bytes: Buffer): void => {
      said += bytes.toString()
      if (said.includes("centre is ready")) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    void gone.then(() => reject(new Error(`the hub ended: ${said}`)))
  })
  return {
    port,
    said: () => said,
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal)
      await gone
    },
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
