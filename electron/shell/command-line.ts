import { resolve } from 'node:path'

export interface CommandLine {
  /** Our own settings as they were given, in order, for the core, which alone reads and refuses them. */
  readonly own: readonly string[]
  /** The folder the person named, or null; main keeps the window's profile with the shop's files. */
  readonly data: string | null
  readonly demo: boolean
}

/** Every setting of ours and whether a value follows it. */
const OWN = new Map([
  ['--seat', true],
  ['--data', true],
  ['--store', true],
  ['--till', true],
  ['--scanner', true],
  ['--pad', true],
  ['--printer', true],
  ['--label-printer', true],
  ['--display', true],
  ['--terminal', true],
  ['--hub', true],
  ['--join', true],
  ['--demo', false],
])

/**
 * Picks our settings out of the command line. Whatever stands behind a `--` is ours, word for word, so that a misspelt
 * one is refused. Without it, Electron's and Chromium's own switches travel in the same line and cannot be told from
 * misspelt ones, so only what we know is taken.
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const mark = argv.indexOf('--')
  const own = mark === -1 ? known(argv) : argv.slice(mark + 1)
  const folder = valueOf(own, '--data')
  const demo = own.includes('--demo')
  return { own, data: folder === null ? null : resolve(folder, demo ? 'demo' : '.'), demo }
}

function known(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, at) => {
    const takesValue = OWN.get(nameOf(word))
    if (takesValue === undefined) return []
    const next = argv[at + 1]
    return takesValue && !word.includes('=') && next !== undefined ? [word, next] : [word]
  })
}

function valueOf(own: readonly string[], name: string): string | null {
  const at = own.findIndex((word) => nameOf(word) === name)
  const word = own[at]
  if (word === undefined) return null
  return (word.includes('=') ? word.slice(name.length + 1) : own[at + 1]) ?? null
}

function nameOf(word: string): string {
  return word.split('=', 1)[0] ?? word
}
