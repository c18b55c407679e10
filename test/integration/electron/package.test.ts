import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { promisify } from 'node:util'
import { FuseV1Options } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from '../../../scripts/build.mjs'
import { makeFakeElectron, readFuses } from './fake-electron.ts'

const ROOT = join(import.meta.dirname, '../../..')
const MEGABYTE = 1_048_576
const run = promisify(execFile)
const asar = createRequire(import.meta.url)('@electron/asar') as {
  listPackage(archive: string, options: { isPack: boolean }): string[]
  extractAll(archive: string, folder: string): void
}

/** Packs the real program with the real settings around a runtime that is none. */
describe.runIf(process.platform === 'linux')('the packed program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countermark-pack-'))
  const unpacked = join(folder, 'out/linux-unpacked')
  const archive = join(unpacked, 'resources/app.asar')
  let files: readonly string[] = []

  beforeAll(async () => {
    await build({ ifStale: true })
    makeFakeElectron(join(folder, 'electron'))
    const cli = join(ROOT, 'node_modules/electron-builder/cli.js')
    const settings = [`-c.electronDist=${join(folder, 'electron')}`, `-c.directories.output=${join(folder, 'out')}`]
    await run(process.execPath, [cli, '--dir', '--linux', '--x64', '--publish', 'never', ...settings], { cwd: ROOT })
    files = asar.listPackage(archive, { isPack: false }).map((file) => file.split(sep).join('/'))
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('holds what runs: page, main, preload, core and every migration', () => {
    const wanted = ['/dist/main/main.js', '/dist/preload/preload.cjs', '/dist/core/core-process.js', '/dist/renderer/index.html']
    const migrations = ['shop', 'mirror'].flatMap((name) =>
      readdirSync(join(ROOT, 'migrations', name)).map((file) => `/dist/migrations/${name}/${file}`),
    )
    expect(files).toEqual(expect.arrayContaining([...wanted, ...migrations, '/package.json']))
  })

  it('holds every package the built program still asks for', () => {
    const built = ['main', 'core', 'core/assets']
      .map((name) => join(ROOT, 'dist', name))
      .filter((name) => existsSync(name))
      .flatMap((name) => readdirSync(name).filter((file) => file.endsWith('.js')).map((file) => join(name, file)))
    const imports = /^import\b[^'"\n]*["']([^"'./][^"']*)["']|\b(?:import|require)\(["']([^"'./][^"']*)["']\)/gm
    const asked = built.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(imports)].map((found) => found[1] ?? found[2] ?? ''))
    const outside = [...new Set(asked)].filter((name) => name !== 'electron' && !isBuiltin(name))
    expect(outside).toContain('better-sqlite3')
    for (const name of outside) expect(files).toContain(`/node_modules/${name}/package.json`)
  })

  it('holds no source, no test, no map and no package that is built in already', () => {
    const strangers = files.filter(
      (file) =>
        /\.(ts|mts|cts|tsx|map|c|cc|cpp|h|gyp)$/.test(file) ||
        /^\/(test|electron|contract|native|renderer|hub|scripts|docs|tools|design)(\/|$)/.test(file) ||
        /^\/node_modules\/(react|react-dom|lucide-react|zod|@orpc|react-aria-components|@react-aria)(\/|$)/.test(file),
    )
    expect(strangers.slice(0, 20)).toEqual([])
  })

  it('keeps the native libraries of this system beside the archive, and those of no other', () => {
    const beside = readdirSync(`${archive}.unpacked`, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.node'))
    const natives = files.filter((file) => file.endsWith('.node')).map((file) => file.slice(1))
    expect(beside.map((file) => file.split(sep).join('/')).sort()).toEqual([...natives].sort())
    for (const name of ['better-sqlite3', 'node-hid', '@serialport/bindings-cpp']) {
      expect(natives.some((file) => file.startsWith(`node_modules/${name}/`))).toBe(true)
    }
    expect(natives.filter((file) => /win32|darwin|android|arm|ia32/.test(file))).toEqual([])
  })

  it('is small enough to be sent to a shop over a telephone', () => {
    // Some four of them are the fonts and the shaping for PDFs in every script we print.
    expect(readFileSync(archive).length).toBeLessThan(24 * MEGABYTE)
  })

  it('opens a shop with nothing but what is in it', async () => {
    const alone = join(folder, 'alone')
    asar.extractAll(archive, alone)
    const core = spawn(process.execPath, [join(alone, 'dist/core/serve.js'), '--no-open', '--data', join(folder, 'shop')], {
      cwd: alone,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const gone = new Promise((resolve) => core.once('close', resolve))
    let said = ''
    await new Promise<void>((resolve) => {
      const hear = (bytes: unknown): void => {
        said += String(bytes)
        if (said.includes('Countermark is ready: ')) resolve()
      }
      core.stdout.on('data', hear)
      core.stderr.on('data', hear)
      void gone.then(() => resolve())
    })
    core.kill('SIGTERM')
    expect(await gone).toBe(0)
    expect(said).toContain('Countermark is ready: http://127.0.0.1:')
  })

  it('has its fuses set: no Node of its own, no debugger, nothing but the archive', async () => {
    const fuses = await readFuses(join(unpacked, 'countermark'))
    expect(fuses.get(FuseV1Options.RunAsNode)).toBe(false)
    expect(fuses.get(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
    expect(fuses.get(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
    expect(fuses.get(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
    expect(fuses.get(FuseV1Options.EnableCookieEncryption)).toBe(true)
    expect(fuses.get(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
    expect(fuses.get(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
  })
})
