import { join } from 'node:path'
import { v7 } from 'uuid'
import { CLEAR_SIGNS } from '../../contract/clear-signs.ts'
import type { Clock } from '../../native/clock.ts'
import { forgetOnOldPapers } from './customers/forget-person.ts'
import { mirrorFile, removeDatabase, shopFile } from './data-folder.ts'
import { freshenDemo } from './demo/freshen-demo.ts'
import { KioskWindow } from './desk/kiosk-window.ts'
import { Ground, type Till } from './ground.ts'
import { Mirror, type ShopStore } from './mirror/mirror.ts'
import { StartFault, type CoreOptions } from './options.ts'
import { metaValue, setMeta } from './store/meta.ts'
import { StorageFault } from './store/open-database.ts'
import { bookRows } from './sync/book-rows.ts'
import { hubPlace } from './sync/progress.ts'
import { Reserve } from './store/reserve.ts'
import { Store } from './store/store.ts'
import { sealKeys } from './tags/seal-keys.ts'

interface OwnShop {
  readonly name: string
  readonly country: string
  readonly currency: string
}

/** Opens both files and finds out which till in which store this is. `demoIfNew` marks a shop made at a first start. */
export function openGround(options: CoreOptions, migrationsDir: string, clock: Clock, demoIfNew: boolean, kioskWindow = new KioskWindow()): Ground {
  const store = new Store(shopFile(options.dataDir), join(migrationsDir, 'shop'), new Reserve(join(options.dataDir, 'reserve.bin')))
  try {
    const now = new Date(clock.now()).toISOString()
    sealKeys(store)
    forgetOnOldPapers(store, now)
    const mirror = openMirror(options.dataDir, migrationsDir)
    if (demoIfNew && mirror.about('demo') === '1') store.write((db) => setMeta(db, 'demo', true))
    if (metaValue<boolean>(store.reading, 'demo') === true) freshenDemo(mirror.reading, now)
    const place = placeOf(options, store, mirror)
    const till = tillOf(store, options, place)
    const ground = new Ground({ store, mirror, clock, seat: options.seat, till, place, kioskWindow })
    store.endEachWith((db) => bookRows(ground, db))
    return ground
  } catch (error) {
    store.close()
    throw error
  }
}

/** A mirror that cannot be opened is only a copy: it is thrown away, and an empty one waits for the centre. */
function openMirror(dataDir: string, migrationsDir: string): Mirror {
  const file = mirrorFile(dataDir)
  const dir = join(migrationsDir, 'mirror')
  try {
    return new Mirror(file, dir)
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error
    removeDatabase(file)
    return new Mirror(file, dir)
  }
}

function placeOf(options: CoreOptions, store: Store, mirror: Mirror): ShopStore {
  const stores = mirror.stores()
  // A till that has joined a centre stands where the centre put it.
  const joined = hubPlace(store.reading)
  const ours = stores.find((entry) => entry.id === joined?.storeId)
  if (ours) return ours
  if (options.store !== null && stores.length > 0) {
    const wanted = options.store.toLowerCase()
    const found = stores.find((entry) => entry.id.toLowerCase() === wanted || entry.name.toLowerCase() === wanted)
    if (!found)
      throw new StartFault(`There is no store "${options.store}". There are: ${stores.map((entry) => entry.id).join(', ')}.`)
    return found
  }
  const home = mirror.about('home_store')
  const first = stores.find((entry) => entry.id === home) ?? stores[0]
  if (first) return first
  const own = metaValue<OwnShop>(store.reading, 'own-shop')
  return {
    id: 'own',
    name: own?.name ?? 'Countermark',
    address: '',
    country: own?.country ?? 'DE',
    currency: own?.currency ?? 'EUR',
    tax_number: '',
    tax_inclusive: 1,
    cash_step: 1,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

/** Made once and kept: a till's numbers must never be given again under another name. */
function tillOf(store: Store, options: CoreOptions, place: ShopStore): Till {
  const kept = metaValue<Till & { storeId: string }>(store.reading, 'till')
  if (kept && kept.storeId === place.id) return kept
  const id = v7()
  const code = options.till ?? (metaValue<boolean>(store.reading, 'demo') === true ? 'T1' : codeOf(id))
  const till = kept ? { ...kept, storeId: place.id } : { id, code, name: code, storeId: place.id }
  store.write((db) => setMeta(db, 'till', till))
  return till
}

/** Two tills that never heard of each other must not give out the same numbers: twenty random bits of the id. */
export function codeOf(id: string): string {
  const bits = Number.parseInt(id.replaceAll('-', '').slice(-5), 16)
  return `T${[15, 10, 5, 0].map((shift) => CLEAR_SIGNS[(bits >> shift) & 31]).join('')}`
}
