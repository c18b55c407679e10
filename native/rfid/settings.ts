import type { Order, Outcome, ReaderSettings, Region } from './reader.ts'

/** What the shop wants of its reader: so little power that the shelf behind stays out, and its country's region. */
export interface WantedSettings {
  readonly power_dbm: number
  readonly region: Region
}

export type Difference =
  | { readonly setting: 'power'; readonly is_dbm: number; readonly wanted_dbm: number }
  | { readonly setting: 'region'; readonly is: Region; readonly wanted: Region }

/**
 * Read, compare, and write only a difference that somebody confirmed. Flash wears, and a region changed in silence
 * may break the law, so nothing is written at start-up. Two things need no confirmation because they change nothing
 * that lasts: power that the reader forgets when switched off, and the region of a reader that forgot its own.
 */
export type SettingsWatch =
  | { readonly at: 'reading' }
  | { readonly at: 'same'; readonly found: ReaderSettings }
  | { readonly at: 'differs'; readonly found: ReaderSettings; readonly differences: readonly Difference[] }
  | { readonly at: 'writing'; readonly left: readonly Order[]; readonly sent: Order }
  /** The reader was told and says otherwise, or would not be told. */
  | { readonly at: 'failed'; readonly found: ReaderSettings | null; readonly differences: readonly Difference[] }

export type SettingsInput =
  /** The reader told its settings, at start or when asked. */
  | { readonly kind: 'found'; readonly settings: ReaderSettings }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'confirmed' }
  /** The reader has gone; when it comes back it tells its settings again. */
  | { readonly kind: 'lost' }

export type SettingsStep = readonly [SettingsWatch, readonly Order[]]

/** A reader keeps whole decibels, or hundredths; less than this apart is the same. */
const SAME_DB = 0.5
const ORDER_IDS = { power: 'settings-power', region: 'settings-region', check: 'settings-check' } as const

export function startSettings(): SettingsWatch {
  return { at: 'reading' }
}

/** What is not as the shop wants it. What a reader does not have, such as power on an NFC pad, cannot differ. */
export function differencesOf(found: ReaderSettings, wanted: WantedSettings): readonly Difference[] {
  const differences: Difference[] = []
  if (found.family !== 'pn532' && found.region !== wanted.region)
    differences.push({ setting: 'region', is: found.region, wanted: wanted.region })
  if (found.power_dbm !== null && Math.abs(found.power_dbm - wanted.power_dbm) >= SAME_DB)
    differences.push({ setting: 'power', is_dbm: found.power_dbm, wanted_dbm: wanted.power_dbm })
  return differences
}

/** Whether the radio may be switched on: never in another country's region, and not while settings are written. */
export function mayRadiate(watch: SettingsWatch): boolean {
  if (watch.at === 'same') return true
  if (watch.at === 'differs') return watch.differences.every((difference) => difference.setting !== 'region')
  return watch.at === 'failed' && watch.found !== null && !watch.differences.some(({ setting }) => setting === 'region')
}

export function stepSettings(watch: SettingsWatch, input: SettingsInput, wanted: WantedSettings): SettingsStep {
  switch (input.kind) {
    case 'lost':
      return [startSettings(), []]
    case 'found':
      return found(watch, input.settings, wanted)
    case 'confirmed':
      return watch.at === 'differs' ? write(watch.differences.map(orderFor)) : [watch, []]
    case 'outcome':
      return answered(watch, input.outcome)
    default:
      return input satisfies never
  }
}

function found(watch: SettingsWatch, settings: ReaderSettings, wanted: WantedSettings): SettingsStep {
  const differences = differencesOf(settings, wanted)
  if (watch.at === 'writing') {
    if (watch.sent.kind !== 'read-settings') return [watch, []]
    // The last word: what the reader says of itself after it was told.
    if (differences.length > 0) return [{ at: 'failed', found: settings, differences }, []]
    return [{ at: 'same', found: settings }, []]
  }
  if (differences.length === 0) return [{ at: 'same', found: settings }, []]
  if (watch.at === 'failed') return [{ at: 'failed', found: settings, differences }, []]
  const harmless = differences.every((difference) => forgottenAnyway(settings, difference))
  return harmless ? write(differences.map(orderFor)) : [{ at: 'differs', found: settings, differences }, []]
}

function forgottenAnyway(settings: ReaderSettings, difference: Difference): boolean {
  return difference.setting === 'power'
    ? !settings.power_is_stored
    : !settings.region_is_stored && settings.region === 'unknown'
}

function write(orders: readonly Order[]): SettingsStep {
  const [first, ...left] = [...orders, { kind: 'read-settings', id: ORDER_IDS.check } as const]
  return [{ at: 'writing', left, sent: first }, [first]]
}

function answered(watch: SettingsWatch, outcome: Outcome): SettingsStep {
  if (watch.at !== 'writing' || outcome.id !== watch.sent.id) return [watch, []]
  if (outcome.outcome !== 'done') return [{ at: 'failed', found: null, differences: [] }, []]
  const [next, ...left] = watch.left
  return next === undefined ? [watch, []] : [{ at: 'writing', left, sent: next }, [next]]
}

function orderFor(difference: Difference): Order {
  return difference.setting === 'power'
    ? { kind: 'set-power', id: ORDER_IDS.power, power_dbm: difference.wanted_dbm }
    : { kind: 'set-region', id: ORDER_IDS.region, region: difference.wanted }
}
