// Builds the page, main, the preload and the core into dist/. `--if-stale` does nothing when no source has changed
// since the last build; two builds at once wait for each other. Runs on Node 24, which reads vite.config.ts as it is.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')
const NEXT = join(DIST, 'next')
const OLD = join(DIST, 'old')
const STAMP = join(DIST, 'stamp')
const LOCK = join(ROOT, '.build.lock')
const SOURCES = ['contract', 'native', 'electron', 'renderer', 'hub/face', 'hub/contract', 'migrations']
const SINGLE_SOURCES = ['vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json', 'scripts/build.mjs']

/** Builds everything of the product. With `ifStale`, only when a source differs from the last build. */
export async function build({ ifStale }) {
  const release = await takeLock()
  try {
    const stamp = sourceStamp()
    if (ifStale && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return
    const started = performance.now()
    const { product } = await import('../vite.config.ts')
    for (const folder of [NEXT, OLD]) rmSync(folder, { recursive: true, force: true })
    const names = [...(await buildPlan({ ...product, out: NEXT }))]
    cpSync(join(ROOT, 'migrations'), join(NEXT, 'migrations'), { recursive: true })
    rmSync(STAMP, { force: true })
    for (const part of readdirSync(NEXT)) putInPlace(part)
    for (const folder of [NEXT, OLD]) rmSync(folder, { recursive: true, force: true })
    writeFileSync(STAMP, stamp)
    console.error(`[build] ${names.join(', ')} in ${Math.round(performance.now() - started)} ms`)
  } finally {
    release()
  }
}

/** A program that is started while this runs finds the old part or the new one, whole. */
function putInPlace(part) {
  mkdirSync(OLD, { recursive: true })
  if (existsSync(join(DIST, part))) renameSync(join(DIST, part), join(OLD, part))
  renameSync(join(NEXT, part), join(DIST, part))
}

/** Builds one plan of vite.config.ts, its parts side by side, and gives their names. */
export async function buildPlan(plan) {
  const [{ build: viteBuild }, { builds }] = await Promise.all([import('vite'), import('../vite.config.ts')])
  const parts = builds(plan)
  await Promise.all([...parts.values()].map((config) => viteBuild(config)))
  return parts.keys()
}

/** One digest of every source by path and content: touching a file or checking out a branch and back changes nothing. */
function sourceStamp() {
  const digest = createHash('sha256').update(process.version)
  const files = SOURCES.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  const single = SINGLE_SOURCES.map((file) => join(ROOT, file)).filter((file) => existsSync(file))
  for (const file of [...files, ...single].sort()) {
    digest.update(`${file.slice(ROOT.length)}\0`).update(readFileSync(file)).update('\0')
  }
  return digest.digest('hex')
}

/** A folder is made by one process only. A lock left by a build that died is taken over. */
async function takeLock() {
  for (;;) {
    try {
      mkdirSync(LOCK)
      writeFileSync(join(LOCK, 'pid'), String(process.pid))
      return () => rmSync(LOCK, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (isAbandoned()) rmSync(LOCK, { recursive: true, force: true })
    else await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function isAbandoned() {
  const pid = Number(readPid())
  // A lock without a number is a lock just made; its owner is about to write it.
  if (!Number.isInteger(pid) || pid === 0) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function readPid() {
  try {
    return readFileSync(join(LOCK, 'pid'), 'utf8')
  } catch {
    return ''
  }
}

if (import.meta.main) {
  await build({ ifStale: process.argv.includes('--if-stale') })
}
