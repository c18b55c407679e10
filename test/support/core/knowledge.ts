import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { knownUnit } from '../../../electron/core/facts/known-unit.ts'
import { DEMO_POLICY } from '../../../electron/core/demo/demo-policy.ts'
import { demoExamples } from '../../../electron/core/demo/examples.ts'
import { DEMO_SEED, makeDemoMirror } from '../../../electron/core/demo/make-demo-mirror.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import type { Knowledge } from '../../../electron/core/scans/knowledge.ts'
import { Store } from '../../../electron/core/store/store.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
export const NOW = '2026-11-22T09:00:00.000Z'

/** A till's knowledge with nobody around it: a demo mirror and an empty precious file, in a folder of their own. */
export interface Bench {
  readonly store: Store
  readonly mirror: Mirror
  readonly know: Knowledge
  readonly folder: string
  /** The text to scan for a story, the AIM identifier apart. */
  story(name: string): { readonly text: string; readonly aim: string | null }
  remove(): void
}

export function demoKnowledge(units = 1_500): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'countermark-scans-'))
  makeDemoMirror(join(folder, 'mirror.db'), join(MIGRATIONS, 'mirror'), { seed: DEMO_SEED, units, now: NOW })
  const mirror = new Mirror(join(folder, 'mirror.db'), join(MIGRATIONS, 'mirror'))
  const store = new Store(join(folder, 'shop.db'), join(MIGRATIONS, 'shop'))
  const storeId = mirror.about('home_store') ?? ''
  const place = mirror.store(storeId)
  if (place === null) throw new Error('the demo has a store')
  const know: Knowledge = {
    mirror,
    db: store.reading,
    today: NOW.slice(0, 10),
    storeId,
    unit: (id) => knownUnit(mirror, store.reading, id, { country: place.country, timeZone: place.time_zone }, DEMO_POLICY),
    staffByBadge: (badge) => mirror.staff(storeId).find((person) => person.badge === badge) ?? null,
  }
  const examples = demoExamples(mirror.reading, { storeId, now: NOW })
  return {
    store,
    mirror,
    know,
    folder,
    story: (name) => {
      const text = examples.find((example) => example.story === name)?.text
      if (text === undefined) throw new Error(`the demo has no story ${name}`)
      const aim = /^\][A-Za-z]\d/.exec(text)?.[0] ?? null
      return { text: aim === null ? text : text.slice(aim.length), aim }
    },
    remove: () => {
      store.close()
      mirror.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
