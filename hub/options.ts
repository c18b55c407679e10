import type { BlockList } from 'node:net'
import { homedir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { trustedNetworks } from './doors/inner-networks.ts'

export interface HubOptions {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  /** Null: the built-in PostgreSQL in the data folder. */
  readonly databaseUrl: string | null
  /** A mirror file whose shop an empty centre takes over. */
  readonly load: string | null
  /** Print join codes for another till, also where the centre has tills already. */
  readonly joinCodes: boolean
  /** This database was put back from a backup: the tills compare, and send again what it has lost. */
  readonly restored?: boolean
  /** Inner networks that messages to other systems may go to. */
  readonly trusted?: BlockList
  /** Proxies and balancers in front of it, whose `X-Forwarded-For` is believed. */
  readonly proxies?: BlockList
}

/** A wrong word of the person who started the centre: one clear sentence, exit code 2, nothing changed. */
export class HubStartFault extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'HubStartFault'
  }
}

export const HUB_PORT = 7350

export const HUB_HELP = `Countermark's centre: what one till knows, all know.

  npm run hub -- [options]

  --port N      the port of its door (default: ${HUB_PORT})
  --host NAME   where it listens (default: 127.0.0.1; 0.0.0.0 for the tills of a network, behind TLS)
  --data DIR    where its data lies (default: ${defaultHubDir()})
  --demo        an empty centre starts with the demo shop
  --load FILE   an empty centre takes over the shop of this mirror file of a till
  --restored    its database was put back from a backup: tills send again what is missing (once, at the first start)
  --join-code   also print a code for another till (a centre without tills always prints one)
  --help        this text

DATABASE_URL=postgres://…  uses that PostgreSQL (15 or newer) in place of the built-in one.
COUNTERMARK_TRUSTED_NETWORKS=10.20.0.0/16,…  inner networks that webhooks may go to (default: none).
COUNTERMARK_PROXIES=127.0.0.1/32,…  TLS proxies in front, whose X-Forwarded-For is believed (default: none).
`

/** nobody, as whom PostgreSQL runs where we are root, cannot look into root's home. */
export function defaultHubDir(): string {
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Countermark Hub')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Countermark Hub')
  if (userInfo().uid === 0) return '/var/lib/countermark-hub'
  const xdg = process.env['XDG_DATA_HOME']
  return join(xdg?.startsWith('/') ? xdg : join(homedir(), '.local', 'share'), 'Countermark Hub')
}

/** Reads the command line. Answers `help` where that was asked for; refuses with a `HubStartFault`. */
export function readHubOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>> = process.env): HubOptions | 'help' {
  const given = parsed(args)
  if (given.help) return 'help'
  const port = Number(given.port ?? HUB_PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new HubStartFault(`--port is a number from 0 to 65535, not "${given.port}".`)
  const url = env['DATABASE_URL'] ?? null
  if (url !== null && !/^postgres(ql)?:\/\//.test(url)) throw new HubStartFault('DATABASE_URL begins with postgres:// or postgresql://.')
  return {
    host: given.host ?? '127.0.0.1',
    port,
    dataDir: resolve(given.data ?? defaultHubDir()),
    databaseUrl: url,
    load: given.load === undefined ? null : resolve(given.load),
    joinCodes: given['join-code'] === true,
    restored: given.restored === true,
    trusted: networksIn(env, 'COUNTERMARK_TRUSTED_NETWORKS'),
    proxies: networksIn(env, 'COUNTERMARK_PROXIES'),
  }
}

function networksIn(env: Readonly<Record<string, string | undefined>>, name: string): BlockList {
  const text = env[name] ?? ''
  try {
    return trustedNetworks(text)
  } catch (error) {
    throw new HubStartFault(`${name} names networks such as 10.20.0.0/16, separated by commas, not "${text}".`, { cause: error })
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        load: { type: 'string' },
        demo: { type: 'boolean' },
        'join-code': { type: 'boolean' },
        restored: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new HubStartFault(`${why}. Try --help.`, { cause: error })
  }
}
