import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UsableRole } from '../../../contract/device-view.ts'
import { writeWhole } from '../store/write-whole.ts'

/** The key of a role in settings.json; scanners and pads may be several, the others are one. */
const KEY_OF = {
  scanner: 'scanner',
  pad: 'pad',
  printer: 'printer',
  display: 'display',
  'label-printer': 'label-printer',
  terminal: 'terminal',
} as const satisfies Readonly<Record<UsableRole, string>>

const SEVERAL: ReadonlySet<UsableRole> = new Set(['scanner', 'pad'])

/** The devices that stand in a settings file, as texts; empty where there is no file. */
export function devicesInSettings(dataDir: string, role: UsableRole): readonly string[] {
  const value = read(dataDir)[KEY_OF[role]]
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

/** Puts a device into settings.json; one that there can be only one of takes the place of the one before. */
export function addToSettings(dataDir: string, role: UsableRole, text: string): void {
  const now = devicesInSettings(dataDir, role)
  if (SEVERAL.has(role)) write(dataDir, role, [...now.filter((each) => each !== text), text])
  else write(dataDir, role, [text])
}

export function removeFromSettings(dataDir: string, role: UsableRole, text: string): void {
  write(dataDir, role, devicesInSettings(dataDir, role).filter((each) => each !== text))
}

function read(dataDir: string): Record<string, unknown> {
  const file = join(dataDir, 'settings.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {}
}

function write(dataDir: string, role: UsableRole, texts: readonly string[]): void {
  const { [KEY_OF[role]]: _before, ...rest } = read(dataDir)
  const value = texts.length > 1 ? texts : texts[0]
  const settings = value === undefined ? rest : { ...rest, [KEY_OF[role]]: value }
  writeWhole(join(dataDir, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`)
}
