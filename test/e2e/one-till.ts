import { test } from '@playwright/test'
import { enter, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../support/core/till.ts'

export interface OneTill {
  readonly till: RunningTill
  /** A window's line to it, beside the page of the story. */
  readonly client: Client
  /** Its data folder. */
  readonly folder: string
}

/** A demo till for the stories of one file: running before the first, speaking `language`, ended after the last. */
export function oneTill({ args = [], language = 'en' }: { args?: readonly string[]; language?: 'en' | null } = {}): OneTill {
  const folder = temporaryFolder()
  let till: RunningTill
  let client: Client
  let leave: () => void
  test.beforeAll(async () => {
    withDemoMirror(folder.path)
    till = await startTill(['--data', folder.path, ...args])
    ;({ client, close: leave } = await enter(till))
    if (language !== null) await client.desk.setLanguage({ language })
  })
  test.afterAll(async () => {
    leave()
    await till.end()
    folder.remove()
  })
  return {
    folder: folder.path,
    get till() {
      return till
    },
    get client() {
      return client
    },
  }
}
