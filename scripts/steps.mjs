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
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
}

/** A step of many tests, whose report tells how many passed. `count` reads the report. */
export async function tests(name, program, args, env, count) {
  const started = performance.now()
  const { code, output } = await collect(program, args, env)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const counted = count()
  // A runner that broke before it could write its report has failed, whatever it counted.
  const failed = counted.failed + (code !== 0 && counted.failed === 0 ? 1 : 0)
  if (failed > 0) process.stdout.write(output)
  console.log(`${failed === 0 ? 'passed' : 'FAILED'}  ${name}: ${counted.passed} tests (${seconds} s)`)
  return { passed: counted.passed, failed }
}

export const sum = (results) => ({
  passed: results.reduce((total, result) => total + result.passed, 0),
  failed: results.reduce((total, result) => total + result.failed, 0),
})

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
