import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Desk } from '../../../electron/core/desk/desk.ts'
import { ViewFeed } from '../../../electron/core/desk/view-feed.ts'
import { demoExamples } from '../../../electron/core/demo/examples.ts'
import { DEMO_SEED, makeDemoMirror } from '../../../electron/core/demo/make-demo-mirror.ts'
import { Ground } from '../../../electron/core/ground.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { beginSession } from '../../../electron/core/people/session.ts'
import { personOf, staffOf } from '../../../electron/core/people/staff.ts'
import { lookAt } from '../../../electron/core/scans/look.ts'
import { isAside } from '../../../electron/core/scans/found.ts'
import { ServiceDesk } from '../../../electron/core/service/service-desk.ts'
import { Store } from '../../../electron/core/store/store.ts'
import type { Role } from '../../../contract/roles.ts'
import { HandClock } from './money-till.ts'
import { NO_MACHINES } from './no-machines.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')

/** The demo shop on real files, with its desk and its service desk and no machines. */
export interface DemoDesk {
  readonly ground: Ground
  readonly desk: Desk
  readonly service: ServiceDesk
  readonly clock: HandClock
  signIn(role: Role): void
  /** The piece of a story that the demo tells, by its id. */
  piece(story: string): string
  close(): void
}

export function demoDesk(units = 1_500): DemoDesk {
  const folder = mkdtempSync(join(tmpdir(), 'countermark-desk-'))
  const clock = new HandClock()
  const now = new Date(clock.now()).toISOString()
  makeDemoMirror(join(folder, 'mirror.db'), join(MIGRATIONS, 'mirror'), { seed: DEMO_SEED, units, now })
  const store = new Store(join(folder, 'shop.db'), join(MIGRATIONS, 'shop'))
  const mirror = new Mirror(join(folder, 'mirror.db'), join(MIGRATIONS, 'mirror'))
  const place = mirror.store(mirror.about('home_store') ?? '')
  if (place === null) throw new Error('the demo has a store')
  const ground = new Ground({ store, mirror, clock, seat: 'counter', till: { id: 'till-1', code: 'T1', name: 'T1' }, place })
  const desk = new Desk(ground, NO_MACHINES, new ViewFeed(clock.now()))
  const till: DemoDesk = {
    ground, desk, clock,
    service: new ServiceDesk({ ground, desk }),
    signIn: (role) => {
      const row = staffOf(ground).find((person) => person.role === role)
      if (!row) throw new Error(`nobody is ${role}`)
      beginSession(ground, personOf(ground, row))
      desk.arrive(personOf(ground, row))
    },
    piece: (story) => {
      const text = demoExamples(mirror.reading, { storeId: place.id, now }).find((example) => example.story === story)?.text
      const found = text === undefined ? null : lookAt(ground, text)
      if (found === null || isAside(found) || found.is !== 'unit') throw new Error(`the demo has no piece for ${story}`)
      return found.hit.unit.id
    },
    close: () => {
      store.close()
      mirror.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  till.signIn('manager')
  return till
}
