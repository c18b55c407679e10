/** The page's side of the handshake, written once more from its description, with nothing else around it. */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { RouterClient } from '@orpc/server'
import { readWindowMessage } from '../../../../contract/port-handshake.ts'
import type { WindowBridge } from '../../../../contract/port-handshake.ts'
import type { ToyRouter } from '../start-toy-core.ts'

const { countermark } = globalThis as { countermark?: WindowBridge }
if (countermark === undefined) throw new Error('this page is for Electron')

const show = (selector: string, text: string): void => {
  const place = document.querySelector(selector)
  if (place !== null) place.textContent = text
}
let core: RouterClient<ToyRouter> | null = null

async function connect(port: MessagePort): Promise<void> {
  port.start()
  core = createORPCClient<RouterClient<ToyRouter>>(new RPCLink({ port }))
  const { seat } = await core.seat()
  show('[aria-label=seat]', seat)
  show('[aria-label=core]', 'connected')
  for await (const count of await core.changed()) show('[aria-label=count]', String(count))
}

window.addEventListener('message', (event) => {
  const message = readWindowMessage(event, { window, origin: location.origin })
  if (message?.kind === 'countermark.port-lost') {
    core = null
    show('[aria-label=core]', 'one moment')
  }
  const [port] = event.ports
  if (message?.kind === 'countermark.port' && port !== undefined) {
    // The stream of a core that fell ends in an error; the next port brings the next stream.
    connect(port).catch(() => show('[aria-label=core]', 'one moment'))
  }
})

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-call]')) {
  button.addEventListener('click', () => {
    const name = button.dataset['call'] === 'add' ? 'add' : 'fall'
    core?.[name]().catch((error: unknown) => show('[role=alert]', error instanceof Error ? error.message : 'failed'))
  })
}
countermark.askForPort()
