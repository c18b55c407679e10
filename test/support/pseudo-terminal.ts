import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { spawn } from 'node:child_process'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A serial line made of a real pseudo-terminal: the till opens `path`, the test holds the device's end. The kernel's own
 * terminal code lies between them. Needs socat, which is in every Linux distribution.
 */
export class PseudoTerminal {
  readonly path: string
  private readonly folder: string
  private child: ChildProcessWithoutNullStreams | null = null
  private readonly received: Buffer[] = []

  private constructor(folder: string) {
    this.folder = folder
    this.path = join(folder, 'scanner')
  }

  /** Makes the line and plugs the device in. Throws a plain sentence where socat is missing. */
  static async plugged(): Promise<PseudoTerminal> {
    const line = await PseudoTerminal.unplugged()
    await line.plug()
    return line
  }

  static async unplugged(): Promise<PseudoTerminal> {
    return new PseudoTerminal(await mkdtemp(join(tmpdir(), 'countermark-pty-')))
  }

  async plug(): Promise<void> {
    const child = spawn('socat', ['-b', '65536', 'STDIO', `PTY,link=${this.path},rawer,echo=0,wait-slave=0`])
    this.child = child
    const missing = new Promise<never>((_, reject) => {
      child.once('error', () => reject(new Error('This test needs socat: install the package "socat" and run it again.')))
    })
    // Only an error that comes while we wait for the line is of interest.
    missing.catch(() => undefined)
    child.stdout.on('data', (bytes: Buffer) => this.received.push(bytes))
    child.stdin.on('error', () => undefined)
    await Promise.race([missing, until(() => exists(this.path))])
  }

  /** The cable comes out: the terminal vanishes under the till. */
  async unplug(): Promise<void> {
    const { child } = this
    this.child = null
    if (child === null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    await rm(this.path, { force: true })
  }

  /** The device says something. Resolves when the bytes are on their way. */
  send(bytes: Uint8Array | string): Promise<void> {
    const { child } = this
    if (child === null) throw new Error('the device is not plugged in')
    const { stdin } = child
    return new Promise((resolve, reject) => stdin.write(bytes, (error) => (error ? reject(error) : resolve())))
  }

  /** What the till has sent so far. */
  heard(): Uint8Array {
    return Uint8Array.from(Buffer.concat(this.received))
  }

  async remove(): Promise<void> {
    await this.unplug()
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** Waits until something is so; throws when it is not so within thirty seconds. */
export async function until(so: () => boolean | Promise<boolean>, what = 'it'): Promise<void> {
  const late = Date.now() + 30_000
  while (!(await so())) {
    if (Date.now() > late) throw new Error(`${what} did not come about within thirty seconds`)
    await sleep(5)
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
