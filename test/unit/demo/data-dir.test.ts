import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultDataDir, makeDataDir } from '../../../electron/core/data-dir.ts'

describe('the folder of the data', () => {
  it('is the place the platform keeps for it', () => {
    const home = join('/', 'home', 'mara')
    const at = (platform: NodeJS.Platform, env: Record<string, string> = {}): string => defaultDataDir({ platform, home, env })
    expect(at('win32', { APPDATA: join('/', 'roaming') })).toBe(join('/', 'roaming', 'Countermark'))
    expect(at('win32')).toBe(join(home, 'AppData', 'Roaming', 'Countermark'))
    expect(at('darwin')).toBe(join(home, 'Library', 'Application Support', 'Countermark'))
    expect(at('linux')).toBe(join(home, '.local', 'share', 'Countermark'))
    expect(at('linux', { XDG_DATA_HOME: '/srv/data' })).toBe(join('/srv/data', 'Countermark'))
    expect(at('linux', { XDG_DATA_HOME: 'somewhere' })).toBe(join(home, '.local', 'share', 'Countermark'))
    expect(at('linux', { XDG_DATA_HOME: '' })).toBe(join(home, '.local', 'share', 'Countermark'))
  })

  it('is made with the folders above it, and again is no fault', () => {
    const dir = mkdtempSync(join(tmpdir(), 'countermark-dir-'))
    const deep = join(dir, 'a', 'b', 'c')
    makeDataDir(deep)
    makeDataDir(deep)
    expect(existsSync(deep)).toBe(true)
    rmSync(dir, { recursive: true })
  })

  it('is refused where a file is in the way', () => {
    const dir = mkdtempSync(join(tmpdir(), 'countermark-dir-'))
    writeFileSync(join(dir, 'file'), '')
    expect(() => makeDataDir(join(dir, 'file'))).toThrow('EEXIST')
    expect(() => makeDataDir(join(dir, 'file', 'below'))).toThrow(/ENOTDIR|EEXIST/)
    rmSync(dir, { recursive: true })
  })

  it.runIf(process.platform === 'linux')('comes back with an answer from a place where nobody may make folders', () => {
    expect(() => makeDataDir('/proc/countermark/data')).toThrow('ENOENT')
  })
})
