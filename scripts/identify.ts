/**
 * `npm run -s identify -- 'TEXT or hex'`, or lines on standard input: what is this, field by field, and why not if not.
 * `--json` prints one JSON document per line. A number that looks like a payment card is never shown whole.
 */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { EXAMPLE_MASK } from '../contract/identity/example-mask.ts'
import { specOfAi } from '../contract/identity/ai-table.ts'
import { doubtWords } from '../contract/identity/doubts.ts'
import { decodeEpc } from '../contract/identity/epc/decode.ts'
import type { Identity } from '../contract/identity/identity.ts'
import { identify } from '../contract/identity/identify.ts'
import type { Identification } from '../contract/identity/identify.ts'
import type { Mask } from '../contract/identity/mask.ts'
import { MaskSchema } from '../contract/identity/mask-schema.ts'
import { decimalOf } from '../contract/identity/measures.ts'
import { codeWords } from '../contract/identity/outcome.ts'

const HELP = `What is this code?
  npm run -s identify -- 'TEXT or hex' …     each argument is one code
  … | npm run -s identify                    each line is one code
  --json            one JSON document per line
  --tag             it came from an RFID reader (an EPC or tag id in hexadecimal)
  --pc              the reader puts the protocol control word in front of the EPC
  --gs TEXT         what the scanner sends for the group separator
  --mask FILE       a serial mask of the shop as JSON (else an example: year, category, serial in ten digits)
  --short-gtin      accept web addresses with product numbers of 8, 12 or 13 digits
\\x1d, \\u001d and <GS> in the text stand for the group separator.`


function argumentsOf() {
  return parseArgs({
    allowPositionals: true,
    options: {
      'json': { type: 'boolean', default: false },
      'tag': { type: 'boolean', default: false },
      'pc': { type: 'boolean', default: false },
      'gs': { type: 'string' },
      'mask': { type: 'string' },
      'short-gtin': { type: 'boolean', default: false },
      'help': { type: 'boolean', default: false },
    },
  })
}

/** A wrong option or an unusable mask ends the run with one sentence, not with a trace. */
function orStop<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(2)
  }
}

function maskIn(file: string): Mask {
  try {
    const read = MaskSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    if (read.success) return read.data
    throw new Error(z.prettifyError(read.error))
  } catch (error) {
    throw new Error(`The mask cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

const { values: options, positionals } = orStop(argumentsOf)

const mask = options.mask === undefined
  ? { name: 'example', mask: EXAMPLE_MASK }
  : { name: options.mask, mask: orStop(() => maskIn(options.mask ?? '')) }

function readOne(text: string): Identification {
  return identify({
    text: text.replaceAll(/\\x1d|\\u001d|<GS>/gi, '\u001d'),
    channel: options.tag || options.pc ? 'rfid' : 'scanner',
    config: {
      today: new Date().toISOString().slice(0, 10),
      masks: [mask],
      allowShortGtin: options['short-gtin'],
      includesPc: options.pc,
      ...(options.gs === undefined ? {} : { gsSubstitute: options.gs }),
    },
  })
}

function lines(found: Identification): string[] {
  const head = [found.shown]
  if (found.card) return [...head, '  looks like a payment card: never stored, never shown whole']
  if (found.symbology !== null) head.push(`  read as ${found.symbology} (${found.aim})`)
  if (found.readings.length === 0) head.push('  not understood')
  if (found.readings.length > 1) head.push(`  could be ${found.readings.length} things; ask which`)
  return [
    ...head,
    ...found.readings.flatMap(readingLines),
    ...found.refusals.map(({ as, code, at, ai }) => {
      const place = [...(ai === undefined ? [] : [`field ${ai}`]), ...(at === undefined ? [] : [`character ${at + 1}`])]
      return `  not ${as}: ${codeWords[code]} [${[code, ...place].join(', ')}]`
    }),
    ...tagHint(found),
  ]
}

/** A tag that makes no sense alone may have its protocol control word in front; that is for the caller to say. */
function tagHint(found: Identification): string[] {
  const tag = found.raw?.text ?? ''
  if (options.pc || found.readings.length > 0 || !decodeEpc(tag, { includesPc: true }).ok) return []
  return ['  it would be a tag with its protocol control word in front: say --pc']
}

function readingLines(reading: Identity): string[] {
  const key = reading.key === null ? '' : ` ${reading.key.scheme} ${reading.key.value}`
  const named = { GTIN: reading.gtin14, serial: reading.serial, lot: reading.lot }
  return [
    `  ${reading.kind}:${key}`,
    ...Object.entries(named).flatMap(([name, value]) => (value === null ? [] : [`    ${name} ${value}`])),
    ...reading.elements.map(([ai, value]) => elementLine(ai, value, reading)),
    ...Object.entries(reading.fields).flatMap(([name, value]) => (value === '' ? [] : [`    ${name} ${value}`])),
    ...reading.doubts.map(({ kind, ai, detail }) =>
      `    note: ${doubtWords[kind]} [${[kind, ai, detail].filter((part) => part !== undefined).join(', ')}]`),
  ]
}

function elementLine(ai: string, value: string, reading: Identity): string {
  const date = reading.dates.find((candidate) => candidate.ai === ai)
  const meaning = date === undefined ? decimalOf(ai, value) : [
    date.date, date.time, date.until === undefined ? undefined : `to ${date.until}`,
    date.dayUnspecified ? 'day not given' : undefined, date.expired ? 'EXPIRED' : undefined,
  ].filter((part) => part !== undefined).join(', ')
  return `    (${ai}) ${specOfAi(ai)?.title ?? ''} ${value}${meaning === null ? '' : ` = ${meaning}`}`
}

function print(text: string): boolean {
  const found = readOne(text)
  console.log(options.json ? JSON.stringify(found) : lines(found).join('\n'))
  return found.readings.length > 0
}

let understood = true
if (options.help) {
  console.log(HELP)
} else if (positionals.length > 0) {
  for (const text of positionals) understood = print(text) && understood
} else {
  if (process.stdin.isTTY) console.log(HELP)
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line !== '') understood = print(line) && understood
  }
}
process.exitCode = understood ? 0 : 1
