import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Mirror } from '../../electron/core/mirror/mirror.ts'
import { Store } from '../../electron/core/store/store.ts'

const MIGRATIONS = join(import.meta.dirname, '../../migrations')

/** A folder of the files of a till that has lived nothing yet, to begin tills from. Answers its path. */
export function emptyFiles(folder: string): string {
  const template = join(folder, 'template')
  mkdirSync(template, { recursive: true })
  new Store(join(template, 'shop.db'), join(MIGRATIONS, 'shop')).close()
  new Mirror(join(template, 'mirror.db'), join(MIGRATIONS, 'mirror')).close()
  return template
}

/** Lays such files into the folder of a till, in place of what was there. */
export function beginFrom(template: string, dir: string): void {
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  for (const file of ['shop.db', 'mirror.db']) copyFileSync(join(template, file), join(dir, file))
}
