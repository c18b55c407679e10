import { setTimeout as wait } from 'node:timers/promises'
import { newId } from './ground.ts'
import type { Office } from './people/office.ts'

/** A job does some work and answers whether there may be more of it right away. `isStopping` asks it to come to an end. */
export type Job = (isStopping: () => boolean) => Promise<boolean>

export interface Jobs {
  stop(): Promise<void>
}

const PAUSE_AFTER_ERROR_MS = 3_000

/** Runs jobs beside each other until they are stopped. A job that fails is logged and comes again; no error ends the centre. */
export function runJobs(office: Pick<Office, 'log'>, jobs: readonly { readonly every_ms: number; readonly job: Job }[]): Jobs {
  const stopping = new AbortController()
  const isStopping = (): boolean => stopping.signal.aborted
  const loops = jobs.map(async ({ every_ms, job }) => {
    while (!isStopping()) {
      let pause_ms = every_ms
      try {
        if (await job(isStopping)) pause_ms = 0
      } catch (error) {
        office.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
        pause_ms = PAUSE_AFTER_ERROR_MS
      }
      await wait(pause_ms, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  })
  return {
    async stop() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

const LEASE_MS = 10_000

/** Lets one process at a time do a job: the lease goes on with each turn and is free soon after its holder died. */
export function alone(office: Pick<Office, 'db' | 'now_ms'>, name: string, job: Job): Job {
  const holder = newId()
  return async (isStopping) => {
    const now_ms = office.now_ms()
    const mine = await office.db.touch(
      `INSERT INTO job_lease (job, holder, until_ms) VALUES ($1, $2, $3)
       ON CONFLICT (job) DO UPDATE SET holder = excluded.holder, until_ms = excluded.until_ms
       WHERE job_lease.holder = $2 OR job_lease.until_ms < $4`, [name, holder, now_ms + LEASE_MS, now_ms],
    )
    return mine === 1 ? job(isStopping) : false
  }
}
