import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import { PortLine } from './port-line.ts'
import type { PortLetter } from './port-line.ts'
import type { MessagePortMain } from './ports.ts'

export type UtilityLetter =
  | { readonly t: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | PortLetter

interface ForkOptions {
  readonly serviceName?: string
  readonly stdio?: 'inherit' | 'pipe' | 'ignore'
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
}

const CHILD_PRELUDE = new URL('./utility-child.ts', import.meta.url).href
const running = new Set<UtilityProcess>()

/** Electron's UtilityProcess as a child of plain Node, ports included. */
export class UtilityProcess extends EventEmitter {
  readonly serviceName: string
  pid: number | undefined
  readonly stdout: ChildProcess['stdout']
  readonly stderr: ChildProcess['stderr']
  readonly #child: ChildProcess
  readonly #ports: PortLine

  constructor(file: string, words: readonly string[], options: ForkOptions) {
    super()
    const stdio = options.stdio ?? 'inherit'
    this.serviceName = options.serviceName ?? 'Node Utility Process'
    this.#child = fork(file, [...words], {
      execArgv: ['--import', CHILD_PRELUDE],
      env: options.env ?? process.env,
      serialization: 'advanced',
      stdio: ['ignore', stdio, stdio, 'ipc'],
      ...(options.cwd !== undefined && { cwd: options.cwd }),
    })
    this.pid = this.#child.pid
    this.stdout = this.#child.stdout
    this.stderr = this.#child.stderr
    this.#ports = new PortLine((letter) => this.#send(letter))
    running.add(this)
    this.#child.once('spawn', () => this.emit('spawn'))
    this.#child.on('message', (letter: UtilityLetter) => {
      if (letter.t === 'message') this.emit('message', letter.data)
      else this.#ports.receive(letter)
    })
    this.#child.once('exit', (code, signal) => {
      this.pid = undefined
      running.delete(this)
      this.#ports.lost()
      // Electron gives the number of the signal where there is no code; any number but 0 says the same here.
      this.emit('exit', code ?? (signal === null ? 1 : 15))
    })
  }

  postMessage(data: unknown, ports: readonly MessagePortMain[] = []): void {
    this.#send({ t: 'message', data, ports: ports.map((port) => this.#ports.handOver(port)) })
  }

  kill(): boolean {
    return this.#child.kill()
  }

  /** A child must not outlive a main process that was killed in mid-air; `disconnect` ends it there as well. */
  killHard(): void {
    this.#child.kill('SIGKILL')
  }

  #send(letter: UtilityLetter): void {
    if (this.#child.connected) this.#child.send(letter)
  }
}

export const utilityProcess = {
  fork(file: string, words: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    return new UtilityProcess(file.startsWith('file:') ? fileURLToPath(file) : file, words, options)
  },
}

export function runningUtilities(): readonly UtilityProcess[] {
  return [...running]
}

process.once('exit', () => {
  for (const each of running) each.killHard()
})
