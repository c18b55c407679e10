import { mkdirSync } from 'node:fs'
import { openPostgres, type Database } from './database.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts'
import { newId, type HubGround } from './ground.ts'
import { migrate } from './migrate.ts'
import type { HubOptions } from './options.ts'
import { ROOMS } from './rooms.ts'
import { openDoor, type Door } from './server.ts'
import { newGeneration } from './sync/identity.ts'

export interface Hub {
  readonly url: string
  readonly ground: HubGround
  /** Null where another PostgreSQL is used. */
  readonly postgres: EmbeddedPostgres | null
  stop(): Promise<void>
}

/** Starts one process of the centre. Several may run on one database, in any order, and any of them may die. */
export async function startHub(options: HubOptions, log: (line: string) => void = logLine): Promise<Hub> {
  mkdirSync(options.dataDir, { recursive: true })
  const postgres = options.databaseUrl === null ? await startEmbeddedPostgres(options.dataDir) : null
  const db = openPostgres(options.databaseUrl ?? postgres?.url ?? '')
  try {
    await migrate(db)
    if (options.restored) await newGeneration(db)
    const ground: HubGround = { db, now_ms: Date.now, newId, dataDir: options.dataDir, log, trusted: options.trusted, proxies: options.proxies }
    const rooms = await Promise.all(ROOMS.map(async (room) => room(ground)))
    const door = await openDoor({ host: options.host, port: options.port, routes: rooms.flatMap((room) => room.routes), log })
    return {
      url: door.url,
      ground,
      postgres,
      stop: () => stopAll(door, rooms.map((room) => room.stop), db, postgres),
    }
  } catch (error) {
    await db.close()
    await postgres?.stop()
    throw error
  }
}

async function stopAll(door: Door, rooms: readonly ((() => Promise<void>) | undefined)[], db: Database, postgres: EmbeddedPostgres | null): Promise<void> {
  const closing = door.close()
  await Promise.all(rooms.map(async (stop) => stop?.()))
  await closing
  await db.close()
  await postgres?.stop()
}

const logLine = (line: string): void => void process.stderr.write(`${line}\n`)
