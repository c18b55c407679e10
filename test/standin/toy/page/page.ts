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

async function connect(next: RouterClient<ToyRouter>): Promise<void> {
  core = next
  try {
    const { seat } = await next.seat()
    show('[aria-label=seat]', seat)
    show('[aria-label=core]', 'connected')
    for await (const count of await next.changed()) show('[aria-label=count]', String(count))
  } catch {
    // The stream of a core that fell ends in an error, sometimes after the next core is here, of which it says nothing.
    if (core === next) show('[aria-label=core]', 'one moment')
  }
}

window.addEventListener('message', (event) => {
  const message = readWindowMessage(event, { window, origin: location.origin })
  if (message?.kind === 'countermark.port-lost') {
    core = null
    show('[aria-label=core]', 'one moment')
  }
  const [port] = event.ports
  if (message?.kind === 'countermark.port' && port !== undefined) {
    port.start()
    void connect(createORPCClient<RouterClient<ToyRouter>>(new RPCLink({ port })))
  }
})

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-call]')) {
  button.addEventListener('click', () => {
    const name = button.dataset['call'] === 'add' ? 'add' : 'fall'
    core?.[name]().catch((error: unknown) => show('[role=alert]', error instanceof Error ? error.message : 'failed'))
  })
}
countermark.askForPort()
