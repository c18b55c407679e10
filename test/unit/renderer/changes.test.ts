import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CHANGES } from '../../../contract/changes.ts'

const ROOT = join(import.meta.dirname, '../../..')
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

describe('what a new version brings', () => {
  it('is told of the version that is installed, and of no other', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string }
    expect(CHANGES[0].version).toBe(version)
    expect(/^## (\d+\.\d+\.\d+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version)
  })

  it('is short enough to be read with a customer waiting, and each version is told once', () => {
    for (const change of CHANGES) expect(change.points.length, change.version).toBeLessThanOrEqual(6)
    expect(new Set(CHANGES.map(({ version }) => version)).size).toBe(CHANGES.length)
  })
})
