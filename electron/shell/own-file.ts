import { APP_ORIGIN } from './app-origin.ts'

/** What the till makes itself and a person may want to keep: a paper as PDF, a support file, a tape of a device. */
const KINDS: ReadonlySet<string> = new Set(['application/pdf', 'text/plain', 'application/json', 'application/x-ndjson'])

/** True for a file that our own page has made in its memory; nothing that comes from anywhere else is ever saved. */
export function isOwnFile(address: string, mimeType: string): boolean {
  return address.startsWith(`blob:${APP_ORIGIN}/`) && KINDS.has(mimeType.split(';')[0] ?? '')
}
