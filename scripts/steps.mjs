// Runs the steps of a check one after another and counts what passed: each step prints its own trouble, nothing else.
import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')

/** A step that is one program: it passed when the program ended well. */
export async function step(name, program, args, env = {}) {
  const started = performance.now()
  const { code, output } = await collect(program, args, env)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (code !== 0) process.stdout.write(output)
  console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
  return code === 0 ? { passed: 1, failed: 0, red: [] } : { passed: 0, failed: 1, red: [name] }
}

/** A step of many tests. `read` reads the report its runner wrote: how many passed and failed, and which are red. */
export async function tests(name, program, args, env, read) {
  const started = performance.now()
  const { code, output } = await collect(program, args, env)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const { passed, failed, red } = readReport(read)
  // A runner that broke before it could write its report has failed, whatever it counted.
  const broke = code !== 0 && failed === 0
  const isGreen = failed === 0 && !broke
  if (!isGreen) process.stdout.write(output)
  console.log(`${isGreen ? 'passed' : 'FAILED'}  ${name}: ${passed} tests (${seconds} s)`)
  return { passed, failed: broke ? 1 : failed, red: broke ? [`${name}: ended with ${code}`] : red }
}

function readReport(read) {
  try {
    return read()
  } catch (error) {
    return { passed: 0, failed: 1, red: [`the report cannot be read: ${error.message}`] }
  }
}

export const sum = (results) => ({
  passed: results.reduce((total, result) => total + result.passed, 0),
  failed: results.reduce((total, result) => total + result.failed, 0),
  red: results.flatMap(({ red }) => red),
})

/** The last words of a run, which is all that some see of it: what is red by name, and how many of each. */
export function say({ passed, failed, red }) {
  for (const name of red) console.log(`red  ${name}`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

function collect(program, args, env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const take = (bytes) => {
      output += bytes
      if (process.env.VERBOSE) process.stdout.write(bytes)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
