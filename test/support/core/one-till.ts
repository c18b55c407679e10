import { enter, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from './till.ts'

/** Where a test runner lets a file prepare and tidy up: for all its stories, or for each. */
export interface Hooks {
  beforeAll(act: () => Promise<void>): void
  afterAll(act: () => Promise<void>): void
}

export interface OneTill {
  readonly till: RunningTill
  /** A window's line to it. */
  readonly client: Client
  /** Its data folder. */
  readonly folder: string
}

/**
 * A demo till of a file's own: running before its stories, ended and forgotten after them. `args` stand beside the
 * folder; whoever gives them may lay something into it first.
 */
export function oneTill(hooks: Hooks, args: (folder: string) => readonly string[] | Promise<readonly string[]> = () => []): OneTill {
  let folder: ReturnType<typeof temporaryFolder>
  let till: RunningTill
  let client: Client
  let leave: () => void
  hooks.beforeAll(async () => {
    folder = temporaryFolder()
    withDemoMirror(folder.path)
    till = await startTill(['--data', folder.path, ...(await args(folder.path))])
    ;({ client, close: leave } = await enter(till))
  })
  hooks.afterAll(async () => {
    leave()
    await till.end()
    folder.remove()
  })
  return {
    get till() {
      return till
    },
    get client() {
      return client
    },
    get folder() {
      return folder.path
    },
  }
}
