import type { WordKey } from './words/en.ts'

/** What a new version brings to the people at the counter, in their language; CHANGELOG.md tells the rest. */
export interface Change {
  readonly version: string
  readonly points: readonly WordKey[]
}

/** The newest first. Its version is the program's, which a test holds. */
export const CHANGES: readonly [Change, ...Change[]] = [
  {
    version: '0.1.0',
    points: ['changes.search', 'changes.customers', 'changes.letters', 'changes.lessons', 'changes.figures'],
  },
]
