import { expect, it } from 'vitest'
import type { FrontView } from '../../../contract/desk-view.ts'
import { enter, example, returnIn, saleIn, scan, signIn, startTill, temporaryFolder, withDemoMirror, type Client } from '../../support/core/till.ts'

type Step = readonly [what: string, act: (client: Client) => Promise<unknown>]

const actSale = async (client: Client, action: Parameters<Client['sale']['act']>[0]['action']) =>
  client.sale.act({ flowId: saleIn(await client.desk.view()).flowId, action })
const actReturn = async (client: Client, action: Parameters<Client['returns']['act']>[0]['action']) =>
  client.returns.act({ flowId: returnIn(await client.desk.view()).flowId, action })

const STEPS: readonly Step[] = [
  ['the shift is open', (client) => client.shift.act({ action: { do: 'open', float_cents: 20_000 as never } })],
  ['some of it goes to the safe', (client) => client.shift.act({ action: { do: 'drop', amount_cents: 5_000 as never } })],
  ['a unit is in the cart', async (client) => scan(client, await example(client, 'fresh-phone'))],
  ['a plain article beside it', async (client) => scan(client, await example(client, 'plain-article'))],
  ['a question is asked', async (client) => scan(client, await example(client, 'two-makers'))],
  ['the question is put aside', (client) => actSale(client, { do: 'dismiss-question' })],
  ['the last step is taken back', (client) => actSale(client, { do: 'undo' })],
  ['paying has begun', (client) => actSale(client, { do: 'pay' })],
  ['half of it is on the counter', (client) => actSale(client, { do: 'tender', kind: 'cash', given_cents: 10_000 as never })],
  ['the rest is paid', async (client) => {
    const sale = saleIn(await client.desk.view())
    if (sale.at !== 'tendering') throw new Error(sale.at)
    return actSale(client, { do: 'tender', kind: 'cash', given_cents: sale.due_cents })
  }],
  ['a return begins', (client) => client.desk.go({ to: 'return', unitId: null })],
  ['the piece is looked at', async (client) => scan(client, await example(client, 'may-be-returned'))],
  ['the reason is told', async (client) => {
    const view = returnIn(await client.desk.view())
    if (view.at !== 'assess') throw new Error(view.at)
    return actReturn(client, { do: 'give-reason', reason: view.reasonChoices[1] ?? '' })
  }],
  ['the condition is told', (client) => actReturn(client, { do: 'grade', condition: 'new' })],
  ['the money is back', (client) => actReturn(client, { do: 'refund' })],
  ['a piece is checked', async (client) => {
    await client.desk.go({ to: 'check', unitId: null })
    return scan(client, await example(client, 'recalled-sold'))
  }],
]

it('P15, P77: is where it was after the plug was pulled at any step', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder()
  withDemoMirror(folder.path)
  let till = await startTill(['--data', folder.path])
  let line = await enter(till)
  await signIn(line.client)
  for (const [what, act] of STEPS) {
    await act(line.client)
    const before = await line.client.desk.view()
    line.close()
    await till.end('SIGKILL')
    till = await startTill(['--data', folder.path])
    line = await enter(till)
    const after = await line.client.desk.view()
    expect(known(after.front), what).toEqual(known(before.front))
    expect(after.shift, what).toEqual(before.shift)
    expect(after.session, what).toMatchObject({ at: 'signed-in' })
    expect(after.revision, what).toBeGreaterThan(before.revision)
  }
  line.close()
  await till.end()
  folder.remove()
})

/** How old the demo's lists are changes with the start; everything else must be the same to the letter. */
function known(front: FrontView): unknown {
  return JSON.parse(JSON.stringify(front, (key, value: unknown) => (key === 'asOf' || key === 'decidedAt' ? undefined : value)))
}
