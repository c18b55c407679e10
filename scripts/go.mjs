// The way in: `node scripts/go.mjs <task> [args]`. Built-ins only, and runs on any Node from 20 on: it sees to the right
// Node and to fresh packages, then hands over. Everything after this line may count on both.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const NODE_MIN = 24

const TASKS = {
  start: 'scripts/start.mjs',
  test: 'scripts/test.mjs',
  check: 'scripts/check.mjs',
  build: 'scripts/build.mjs',
  hub: 'scripts/hub.mjs',
  demo: 'scripts/demo.ts',
  identify: 'scripts/identify.ts',
  epcis: 'scripts/epcis.ts',
  vectors: 'scripts/vectors.ts',
  frames: 'scripts/frames.ts',
  bench: 'scripts/bench.ts',
  kill: 'scripts/kill.ts',
  fuzz: 'scripts/fuzz.ts',
  properties: 'scripts/properties.ts',
  simulation: 'test/simulation/run.ts',
  monkey: 'test/monkey/run.ts',
  orders: 'test/simulation/orders/run.ts',
  mutants: 'test/mutants/run.ts',
  power: 'scripts/power.ts',
  soak: 'scripts/soak.ts',
  hardware: 'test/hardware/run.mjs',
}

const [task, ...args] = process.argv.slice(2)
if (task === undefined || !Object.hasOwn(TASKS, task)) die(`usage: node scripts/go.mjs <${Object.keys(TASKS).join('|')}>`)
const node = rightNode()
ensurePackages(ROOT, node)
run(node, [join(ROOT, TASKS[task]), ...args])

/** Hands over, passes signals on, and ends as the task ends. */
function run(program, words) {
  const child = spawn(program, words, { cwd: ROOT, stdio: 'inherit', env: environment(program) })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  endWithParent(child)
  child.on('error', (error) => die(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)))
}

/** npm that is told to end does not tell us: a till that nobody started any more would keep its data folder. */
function endWithParent(child) {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 1_000).unref()
}

/** Even versions from 24 on: better-sqlite3 crashes without a word on Node 20, and odd ones are not kept up. */
function isRight(version) {
  const major = Number(version.replace(/^v/, '').split('.')[0])
  return major >= NODE_MIN && major % 2 === 0
}

/** This Node where it will do; else the one from npm's platform packages, which need no install script. */
function rightNode() {
  if (isRight(process.version)) return process.execPath
  const dir = join(ROOT, 'tools/node')
  const system = process.platform === 'win32' ? 'win' : process.platform
  const program = join(dir, 'node_modules', `node-${system}-${process.arch}`, 'bin', system === 'win' ? 'node.exe' : 'node')
  if (!existsSync(program)) {
    say(`this Node is ${process.version}; the project needs ${NODE_MIN} or a newer even one, and takes it from npm`)
    ensurePackages(dir, process.execPath)
  }
  if (!existsSync(program))
    die(`Node ${process.version} is too old, and npm has no Node ${NODE_MIN} for ${system}-${process.arch}. Install Node ${NODE_MIN} from nodejs.org and run this again.`)
  return program
}

/** `npm ci` in a folder when its lock file is not the one that was installed last. */
function ensurePackages(dir, program) {
  const stampFile = join(dir, 'node_modules/.countermark-stamp')
  const wanted = createHash('sha256')
    .update(readFileSync(join(dir, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')
  const isFresh = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted
  if (isFresh()) return
  alone(join(ROOT, '.setup.lock'), () => {
    if (isFresh()) return
    say(`installing packages in ${dir === ROOT ? 'the project' : 'tools/node'} …`)
    if (!npm(program, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], dir))
      die('The packages could not be installed. Is this machine online?')
    writeFileSync(stampFile, wanted)
  })
}

/** One set-up at a time: a second command in a fresh clone waits. A lock whose owner died is taken over. */
function alone(lock, act) {
  let told = false
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (ownerIsGone(lock)) {
        rmSync(lock, { recursive: true, force: true })
        continue
      }
      if (!told) say('another command is setting up here; waiting for it')
      told = true
      pause(300)
    }
  }
  writeFileSync(join(lock, 'pid'), String(process.pid))
  try {
    act()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function ownerIsGone(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0)
    return false
  } catch (error) {
    if (error.code === 'EPERM') return false
    // The owner makes the folder first and writes its number into it a moment later.
    if (error.code === 'ENOENT') {
      pause(1_000)
      return !existsSync(join(lock, 'pid'))
    }
    return true
  }
}

/** npm's own program under the Node that was chosen: no shell, and no warning about an engine that is too old. */
function npm(program, words, cwd) {
  const cli = npmCli()
  const done =
    cli === undefined
      ? spawnSync('npm', words, { cwd, stdio: ['ignore', 2, 2], shell: process.platform === 'win32', env: environment(program) })
      : spawnSync(program, [cli, ...words], { cwd, stdio: ['ignore', 2, 2], env: environment(program) })
  return done.status === 0
}

function npmCli() {
  const near = dirname(process.execPath)
  const places = [
    process.env.npm_execpath,
    join(near, 'node_modules/npm/bin/npm-cli.js'),
    join(near, '../lib/node_modules/npm/bin/npm-cli.js'),
    '/usr/share/npm/bin/npm-cli.js',
    '/usr/lib/node_modules/npm/bin/npm-cli.js',
  ]
  return places.find((place) => place !== undefined && /npm-cli\.[cm]?js$/.test(place) && existsSync(place))
}

/** The chosen Node first on the path, so that whatever a task starts finds the same one. */
function environment(program) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const separator = process.platform === 'win32' ? ';' : ':'
  const places = [dirname(program), join(ROOT, 'node_modules/.bin'), process.env[name] ?? '']
  return { ...process.env, [name]: places.join(separator) }
}

function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

function say(sentence) {
  console.error(`[set-up] ${sentence}`)
}

function die(sentence) {
  console.error(sentence)
  process.exit(1)
}
