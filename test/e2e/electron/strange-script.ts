import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import type { Contract } from '../../../contract/contract.ts'

/**
 * A client that speaks as a script in the page would that was never meant to be there: over the page's own port, with
 * whatever calls it likes. What it is refused, the page cannot do.
 */
export async function strangeScript(page: Page): Promise<ContractRouterClient<Contract>> {
  // The page hangs up a line when the next one comes: it must not be its first one that is taken here.
  await expect(page.locator('#root > *').first()).toBeAttached()
  await expect(page.locator('.waiting')).toHaveCount(0)
  await page.evaluate(async () => {
    const port = await new Promise<MessagePort | undefined>((resolve) => {
      window.addEventListener('message', (event) => resolve(event.ports[0]), { once: true })
      const bridge = Reflect.get(window, 'countermark') as { askForPort(): void }
      bridge.askForPort()
    })
    Object.assign(window, { strangePort: port })
  })
  let hear: (event: { data: unknown }) => void = () => {}
  const port = {
    on(event: string, listener: (event?: { data: unknown }) => void) {
      if (event === 'message') hear = listener
    },
    postMessage(text: unknown) {
      void page.evaluate(ask, String(text)).then((data) => hear({ data }))
    },
  }
  return createORPCClient<ContractRouterClient<Contract>>(new RPCLink({ port }))
}

/** Runs in the page: sends one call under a number of its own, so that the page's own calls are not mixed up with it. */
function ask(text: string): Promise<string> {
  const port = Reflect.get(window, 'strangePort') as MessagePort
  const call = JSON.parse(text) as { i: string }
  const mark = `strange-${call.i}`
  return new Promise((resolve) => {
    const listen = (event: MessageEvent<unknown>): void => {
      const reply = JSON.parse(String(event.data)) as { i: string }
      if (reply.i !== mark) return
      port.removeEventListener('message', listen)
      resolve(JSON.stringify({ ...reply, i: call.i }))
    }
    port.addEventListener('message', listen)
    port.postMessage(JSON.stringify({ ...call, i: mark }))
  })
}
