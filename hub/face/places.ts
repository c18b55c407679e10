import type { LucideIcon } from 'lucide-react'
import {
  Activity, ChartColumn, ClipboardList, FileUp, MonitorCheck, Package, Plug, Scale, ScanSearch, ScrollText, ShieldAlert, Siren, Store, Tags, UserRound, Users, Warehouse,
} from 'lucide-react'
import type { HubRole } from '../contract/allowed.ts'
import { queryOf, useHash } from './address.ts'
import type { FaceKey } from './words/en.ts'

export type PlaceName =
  | 'tills' | 'live' | 'cases' | 'units' | 'stock' | 'recalls' | 'stolen' | 'stores' | 'products' | 'prices' | 'staff' | 'policy' | 'reports' | 'imports' | 'doors'
  | 'customers' | 'people'

interface Place {
  readonly name: PlaceName
  readonly words: FaceKey
  readonly icon: LucideIcon
  readonly roles: readonly HubRole[]
}

const ALL = ['owner', 'manager', 'auditor', 'support'] as const
const LOOKING = ['owner', 'manager', 'auditor'] as const

/** Every place of the centre in the order of the rail, by what a person is after. */
export const PLACES: readonly { readonly words: FaceKey; readonly places: readonly Place[] }[] = [
  {
    words: 'rail.now',
    places: [
      { name: 'tills', words: 'place.tills', icon: MonitorCheck, roles: ALL },
      { name: 'live', words: 'place.live', icon: Activity, roles: ALL },
      { name: 'cases', words: 'place.cases', icon: Scale, roles: ALL },
    ],
  },
  {
    words: 'rail.pieces',
    places: [
      { name: 'units', words: 'place.units', icon: ScanSearch, roles: ALL },
      { name: 'stock', words: 'place.stock', icon: Warehouse, roles: ALL },
      { name: 'recalls', words: 'place.recalls', icon: ShieldAlert, roles: ALL },
      { name: 'stolen', words: 'place.stolen', icon: Siren, roles: ALL },
    ],
  },
  {
    words: 'rail.shop',
    places: [
      { name: 'stores', words: 'place.stores', icon: Store, roles: ALL },
      { name: 'products', words: 'place.products', icon: Package, roles: ALL },
      { name: 'prices', words: 'place.prices', icon: Tags, roles: ALL },
      { name: 'staff', words: 'place.staff', icon: Users, roles: LOOKING },
      { name: 'policy', words: 'place.policy', icon: ScrollText, roles: ALL },
      { name: 'reports', words: 'place.reports', icon: ChartColumn, roles: LOOKING },
    ],
  },
  {
    words: 'rail.office',
    places: [
      { name: 'imports', words: 'place.imports', icon: FileUp, roles: ['owner', 'manager'] },
      { name: 'customers', words: 'place.customers', icon: UserRound, roles: ['owner', 'manager'] },
      { name: 'doors', words: 'place.doors', icon: Plug, roles: LOOKING },
      { name: 'people', words: 'place.people', icon: ClipboardList, roles: ['owner'] },
    ],
  },
]

const NAMES = new Set<string>(PLACES.flatMap(({ places }) => places.map(({ name }) => name)))

/** `#/units?text=123`: the place, and what it is opened with. */
export interface Opened {
  readonly name: PlaceName
  readonly text: string
}

export function openPlace(name: PlaceName, text = ''): void {
  window.location.hash = `/${name}${text === '' ? '' : `?text=${encodeURIComponent(text)}`}`
}

export function useOpened(): Opened {
  const hash = useHash()
  const [, name = ''] = /^#\/([a-z]+)(?:\?|$)/u.exec(hash) ?? []
  return { name: NAMES.has(name) ? (name as PlaceName) : 'tills', text: queryOf(hash).get('text') ?? '' }
}
