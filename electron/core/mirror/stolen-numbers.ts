import { identify } from '../../../contract/identity/identify.ts'
import { matchKey } from '../../../contract/identity/match-key.ts'
import { sql } from '../store/store.ts'
import type { Mirror } from './mirror.ts'

export interface StolenNumber {
  readonly number: string
  readonly since: string
  readonly reference: string | null
}

/**
 * Whether a scan or a typed text holds a number that is reported stolen and that no piece of the centre's carries. All
 * that the text can be read as is looked up: itself, the serial of a GS1 code or address, an IMEI with or without its
 * check digit. Lists are typed by people, so case, blanks and separators do not count.
 */
export function stolenNumberIn(mirror: Mirror, text: string, today: string): StolenNumber | null {
  const keys = [...new Set(numbersIn(text, today).map((number) => matchKey(number, 'loose')))].filter((key) => key !== '')
  if (keys.length === 0) return null
  const found = sql(
    mirror.reading,
    'SELECT number, since, reference FROM stolen_numbers WHERE match_key IN (SELECT value FROM json_each(?)) ORDER BY since LIMIT 1',
  ).get(JSON.stringify(keys)) as StolenNumber | undefined
  return found ?? null
}

const IMEI_BODY = 14

function numbersIn(text: string, today: string): string[] {
  const { readings } = identify({ text: text.trim(), channel: 'scanner', config: { today, masks: [], allowShortGtin: true } })
  return [
    text.trim(),
    ...readings.flatMap(({ kind, serial, key }) => [
      ...(serial === null ? [] : [serial]),
      ...(kind === 'imei' && key !== null ? [key.value, key.value.slice(0, IMEI_BODY)] : []),
    ]),
  ]
}
