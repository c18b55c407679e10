import { KernelNode } from './kernel-node.ts'

const PORT = '/dev/virtio-ports/plugs'

/**
 * QEMU's USB serial adapter (an FTDI chip) from inside the guest: the host's end plugs it in and says what the device
 * behind it says.
 */
export class SerialAdapter {
  readonly heard: number[] = []
  private readonly port: number
  private static control: KernelNode | null = null
  private static held = ''
  private static readonly answers: ((answer: { done: boolean; why?: string }) => void)[] = []
  private static readonly adapters = new Map<number, SerialAdapter>()

  constructor(port: number) {
    this.port = port
    SerialAdapter.adapters.set(port, this)
    SerialAdapter.control ??= new KernelNode(PORT, (bytes) => SerialAdapter.take(Buffer.from(bytes).toString()))
  }

  plug(): Promise<void> {
    return this.order({ do: 'plug', port: this.port })
  }

  unplug(): Promise<void> {
    return this.order({ do: 'unplug', port: this.port })
  }

  /** The device says something; byte by byte with a pause between, where one is given. */
  say(text: string, pause_ms = 0): Promise<void> {
    return this.order({ do: 'say', port: this.port, hex: Buffer.from(text, 'latin1').toString('hex'), pause_ms })
  }

  /** Lets go of the line to the host; the process could not end otherwise. */
  static release(): void {
    SerialAdapter.control?.close()
    SerialAdapter.control = null
  }

  private async order(order: object): Promise<void> {
    const { control } = SerialAdapter
    if (control === null) throw new Error('the line to the host is closed')
    const answered = new Promise<{ done: boolean; why?: string }>((resolve) => SerialAdapter.answers.push(resolve))
    await control.write(Buffer.from(`${JSON.stringify(order)}\n`))
    const answer = await answered
    if (!answer.done) throw new Error(`the host's end: ${answer.why}`)
  }

  private static take(text: string): void {
    const lines = (SerialAdapter.held + text).split('\n')
    SerialAdapter.held = lines.pop() ?? ''
    for (const line of lines) {
      const word = JSON.parse(line) as { done: boolean; why?: string } | { port: number; heard: string }
      if ('heard' in word) SerialAdapter.adapters.get(word.port)?.heard.push(...Buffer.from(word.heard, 'hex'))
      else SerialAdapter.answers.shift()?.(word)
    }
  }
}
