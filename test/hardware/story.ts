import { setTimeout as pause } from 'node:timers/promises'

/** What a story gets: a place to say how to clear its counter away, last thing first. */
export interface Counter {
  after(clear: () => unknown): void
}

interface Story {
  readonly name: string
  readonly act: (counter: Counter) => Promise<void>
  readonly ms_max: number
}

const STORY_MS_MAX = 90_000
const stories: Story[] = []

/** A story of the shop. It passes when `act` ends well within its time. */
export function story(name: string, act: (counter: Counter) => Promise<void>, ms_max = STORY_MS_MAX): void {
  stories.push({ name, act, ms_max })
}

/** Plays the stories whose name holds one of the words, or all; prints a line for each. */
export async function playStories(words: readonly string[]): Promise<{ passed: number; failed: number }> {
  const chosen = stories.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))
  let passed = 0
  for (const each of chosen) {
    const started = performance.now()
    const trouble = await play(each)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`${trouble === null ? 'passed' : 'FAILED'}  ${each.name} (${seconds} s)`)
    if (trouble === null) passed++
    else console.log(trouble.replaceAll(/^/gm, '        '))
  }
  return { passed, failed: chosen.length - passed }
}

async function play({ act, ms_max }: Story): Promise<string | null> {
  const clearing: (() => unknown)[] = []
  const troubles: string[] = []
  const told = (error: unknown) => void troubles.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  const told_anywhere = (error: unknown) => told(error)
  process.on('uncaughtException', told_anywhere)
  const late = new AbortController()
  const deadline = pause(ms_max, null, { signal: late.signal }).then(
    () => told(`it took more than ${ms_max / 1000} s`),
    () => undefined,
  )
  await Promise.race([act({ after: (clear) => clearing.unshift(clear) }).catch(told), deadline])
  late.abort()
  for (const clear of clearing) await Promise.resolve().then(clear).catch(told)
  process.off('uncaughtException', told_anywhere)
  return troubles.length === 0 ? null : troubles.join('\n')
}

/** Waits until something is so; throws when it is not so in time. A machine without KVM is ten times slower. */
export async function until(so: () => boolean | Promise<boolean>, what: string, ms_max = 20_000): Promise<void> {
  const late = performance.now() + ms_max
  while (!(await so())) {
    if (performance.now() > late) throw new Error(`${what}: not within ${ms_max / 1000} s`)
    await pause(5)
  }
}

/** Keeps this process from hearing anything for a while, as a long query or a busy machine would. */
export function beBusy(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end) continue
}
