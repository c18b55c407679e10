import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export interface ProcessLine {
  /** The script Electron would run: the argument itself, or the `main` of the folder it names. */
  readonly mainScript: string
  /** What stands before the script (Electron's own switches) and after it (the program's). */
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Reads `[switches] <folder or script> [arguments]`, the command line of an Electron that is not packaged. */
export function readProcessLine(words: readonly string[]): ProcessLine {
  const at = words.findIndex((word) => !word.startsWith('-'))
  const given = words[at]
  if (given === undefined) throw new Error('usage: launch.mjs [switches] <app folder or main script> [arguments]')
  return { mainScript: mainScriptOf(resolve(given)), before: words.slice(0, at), after: words.slice(at + 1) }
}

function mainScriptOf(path: string): string {
  if (!statSync(path).isDirectory()) return path
  return join(path, readManifest(path).main ?? 'index.js')
}

export interface Manifest {
  readonly name?: string
  readonly productName?: string
  readonly version?: string
  readonly main?: string
}

/** The folder of the app: the nearest one above the main script that has a package.json. */
export function appFolderOf(mainScript: string): string {
  for (let folder = dirname(mainScript); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) return folder
  }
}

export function readManifest(folder: string): Manifest {
  const file = join(folder, 'package.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {}
}

/** The value of `--name=value` on this process's line, or undefined. */
export function switchValue(name: string): string | undefined {
  return process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
}

export function hasSwitch(name: string): boolean {
  return process.argv.some((word) => word === `--${name}` || word.startsWith(`--${name}=`))
}
