import type { Seat } from '../../contract/roles.ts'

export type CommandLine =
  | {
      readonly ok: true
      readonly seat: Seat
      /** Where the shop's files lie; null leaves the choice to the core. */
      readonly data: string | null
      /** Our own settings as they were given, in order, for the core. */
      readonly own: readonly string[]
    }
  | { readonly ok: false; readonly sentence: string }

/** Said again here so that main, which needs to be quick, does not load the whole contract. */
const SEATS = ['counter', 'kiosk', 'service'] as const satisfies readonly Seat[]

/** Every setting of ours and whether a value follows it. The core reads the values; main needs only two of them. */
const OWN = new Map([
  ['--seat', true],
  ['--data', true],
  ['--scanner', true],
  ['--printer', true],
  ['--store', true],
  ['--demo', false],
])

/**
 * Picks our settings out of the command line, as `--name value` or `--name=value`. Electron's and Chromium's own
 * switches travel in the same line and cannot be told from misspelt ones, so what is not ours is left alone here;
 * `npm start` refuses unknown settings before it starts Electron. Refuses a seat there is not, a setting without
 * its value, and a value where none belongs.
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const own: string[] = []
  let seat: Seat = 'counter'
  let data: string | null = null
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? ''
    const cut = word.indexOf('=')
    const name = cut === -1 ? word : word.slice(0, cut)
    const takesValue = OWN.get(name)
    if (takesValue === undefined) continue
    own.push(word)
    if (!takesValue) {
      if (cut !== -1) return { ok: false, sentence: `${name} takes no value.` }
      continue
    }
    const value = cut === -1 ? argv[(index += 1)] : word.slice(cut + 1)
    if (value === undefined || value === '' || value.startsWith('--')) {
      return { ok: false, sentence: `${name} needs a value.` }
    }
    if (cut === -1) own.push(value)
    if (name === '--data') data = value
    if (name === '--seat') {
      const known = SEATS.find((each) => each === value)
      if (known === undefined) {
        return { ok: false, sentence: `There is no seat "${value}"; a seat is ${SEATS.join(', ')}.` }
      }
      seat = known
    }
  }
  return { ok: true, seat, data, own }
}
