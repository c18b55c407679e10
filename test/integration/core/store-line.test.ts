import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startTerminalServer } from '../../../native/simulators/terminal/terminal-server.ts'
import { lineKey, seal, unseal } from '../../../electron/core/store-line/sealed.ts'
import { AtKiosk, boughtLately, kioskIn } from '../../support/core/kiosk.ts'
import { enter, example, returnIn, saleIn, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'
import { plainSerials } from '../../support/core/till-in-process.ts'

const KEY = 'sixteen letters at the least'
const folders = { counter: temporaryFolder(), one: temporaryFolder(), two: temporaryFolder() }
const tills: RunningTill[] = []
const leave: (() => void)[] = []
let port = 0
let clerk: Client
let one: AtKiosk
let two: AtKiosk

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function open(folder: string, ...args: string[]): Promise<Client> {
  const till = await startTill(['--data', folder, ...args])
  const { client, close } = await enter(till)
  tills.push(till)
  leave.push(close)
  return client
}

beforeAll(async () => {
  port = await freePort()
  for (const { path } of Object.values(folders)) withDemoMirror(path)
  writeFileSync(join(folders.counter.path, 'store-line.json'), JSON.stringify({ key: KEY, listen: { host: '127.0.0.1', port } }))
  for (const { path } of [folders.one, folders.two]) writeFileSync(join(path, 'store-line.json'), JSON.stringify({ key: KEY, to: `http://127.0.0.1:${port}` }))
  clerk = await open(folders.counter.path, '--till', 'T1')
  one = new AtKiosk(await open(folders.one.path, '--seat', 'kiosk', '--till', 'K1'))
  two = new AtKiosk(await open(folders.two.path, '--seat', 'kiosk', '--till', 'K2'))
  await signIn(clerk, 'supervisor')
}, 120_000)
afterAll(async () => {
  for (const go of leave) go()
  await Promise.all(tills.map((till) => till.end()))
  for (const folder of Object.values(folders)) folder.remove()
})

const handOvers = async () => (await clerk.desk.view()).handOvers

describe('the line between the tills of a store', () => {
  it('two kiosks with the same unit in the same second: one wins, the other calls a colleague', async () => {
    const serial = boughtLately(folders.one.path, { tender: 'card' })
    for (const kiosk of [one, two]) {
      await kiosk.begin('return')
      await kiosk.scan(serial)
      expect((await kiosk.answerAll()).at).toBe('confirm')
    }
    const ends = await Promise.all([one, two].map((kiosk) => kiosk.act({ do: 'refund', as: 'voucher' })))
    expect(ends.map(({ at }) => at).sort()).toEqual(['colleague', 'done'])
    await expect.poll(async () => (await handOvers())[0]?.why).toBe('claimed-elsewhere')
  })

  it('tells the counter of a customer at once, and the kiosk who has taken over; only the first may', async () => {
    await one.story('window-over', 'return')
    await expect.poll(async () => (await handOvers())[0]).toMatchObject({ fromName: 'K1', state: 'waiting', why: 'verdict' })
    const id = (await handOvers())[0]?.id ?? ''
    expect((await clerk.kiosk.takeOver({ id })).front).toMatchObject({ screen: 'return' })
    await expect(clerk.kiosk.takeOver({ id })).rejects.toMatchObject({ data: { code: 'taken-already' } })
    await expect.poll(async () => kioskIn(await one.client.desk.view())).toMatchObject({ at: 'colleague', isTold: true, takenBy: { till: 'T1' } })
    await one.act({ do: 'finish' })
    await clerk.kiosk.closeHandOver({ id })
    expect((await handOvers()).some((entry) => entry.id === id)).toBe(false)
  })

  it('sends a cart to the counter, where it is sold on: the sale in hand is parked, and the piece in question stands on the screen', async () => {
    const [mine, theirs, asked] = [...plainSerials(folders.one.path, (await clerk.desk.view()).store.storeId, 3)]
    await clerk.sale.begin()
    await clerk.desk.scan({ text: mine ?? '', via: 'wedge', aim: null })
    const article = await example(one.client, 'plain-article')
    await one.begin('buy')
    for (const text of [theirs ?? '', article, article]) await one.scan(text)
    expect(await one.act({ do: 'call-colleague' })).toMatchObject({ at: 'colleague' })
    await expect.poll(async () => (await handOvers())[0]).toMatchObject({ fromName: 'K1', task: 'buy', why: 'asked-for', state: 'waiting' })
    const taken = await clerk.kiosk.takeOver({ id: (await handOvers())[0]?.id ?? '' })
    expect(saleIn(taken)).toMatchObject({ at: 'open', lines: [{ aliases: [{ value: theirs }] }, { quantity: 2, unitId: null }] })
    expect(taken.parked).toMatchObject([{ pieces: 1 }])
    await one.act({ do: 'finish' })

    await one.begin('buy')
    await one.scan(asked ?? '')
    expect((await one.scan(await example(one.client, 'on-hold'))).at).toBe('colleague')
    await expect.poll(async () => (await handOvers()).find(({ why }) => why === 'verdict')?.state).toBeDefined()
    const id = (await handOvers()).find(({ why, task }) => why === 'verdict' && task === 'buy')?.id ?? ''
    const sale = saleIn(await clerk.kiosk.takeOver({ id }))
    expect(sale).toMatchObject({ at: 'open', lines: [{ aliases: [{ value: asked }] }] })
    expect(sale.at === 'open' && sale.notice?.tone).toBe('stop')
    await one.act({ do: 'finish' })
  })

  it('says when the customer has gone before anybody came', async () => {
    await two.begin('return')
    await two.act({ do: 'call-colleague' })
    await expect.poll(async () => (await handOvers())[0]).toMatchObject({ fromName: 'K2', why: 'asked-for', state: 'waiting' })
    await two.act({ do: 'finish' })
    await expect.poll(async () => (await handOvers())[0]?.state).toBe('left')
  })

  it('tells how each kiosk is: one that its staff have closed stands at the counter as closed, until it is open again', async () => {
    const kiosks = async () => [...(await clerk.desk.view()).kiosks].sort((one, other) => one.name.localeCompare(other.name))
    const well = { isClosed: false, troubles: [] }
    await expect.poll(kiosks).toMatchObject([{ name: 'K1', ...well }, { name: 'K2', ...well }])
    await two.client.kiosk.door({ action: { do: 'ask' } })
    await two.client.kiosk.openDoor({ pin: '2222' })
    await two.client.kiosk.door({ action: { do: 'close-kiosk' } })
    await expect.poll(kiosks).toMatchObject([{ name: 'K1', isClosed: false }, { name: 'K2', at: 'closed', isClosed: true }])
    await two.client.kiosk.door({ action: { do: 'open-kiosk' } })
    await two.client.kiosk.door({ action: { do: 'shut' } })
    await expect.poll(kiosks).toMatchObject([{ name: 'K1', ...well }, { name: 'K2', ...well }])
  })

  it('tells nobody anything who has not the key, and takes no half message', async () => {
    const say = async (body: string) => (await fetch(`http://127.0.0.1:${port}/line`, { method: 'POST', body })).status
    const question = { say: 'claim', unitId: 'u', tillId: 't' }
    expect(await say(seal(lineKey(KEY), question, 'question'))).toBe(200)
    expect(await say(seal(lineKey('another key altogether'), question, 'question'))).toBe(404)
    expect(await say(seal(lineKey(KEY), question, 'answer'))).toBe(404)
    expect(await say(JSON.stringify(question))).toBe(404)
    expect(await say('')).toBe(404)
    expect(await say('x'.repeat(70_000))).toBe(404)
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404)
    const sealed = seal(lineKey(KEY), question, 'question')
    expect(unseal(lineKey(KEY), `${sealed.slice(0, 40)}A${sealed.slice(41)}`, 'question')).toBeNull()
  })

  it('works on without a counter: the customer is still helped, and the counter hears of it later', async () => {
    await tills[0]?.end()
    await two.begin('return')
    expect(await two.act({ do: 'call-colleague' })).toMatchObject({ at: 'colleague', isTold: false })
    await two.act({ do: 'finish' })
    expect((await two.giveBack(boughtLately(folders.two.path, { tender: 'cash', skip: 1 }), 'voucher')).at).toBe('done')
    await two.act({ do: 'finish' })
    clerk = await open(folders.counter.path, '--till', 'T1')
    await expect.poll(async () => (await handOvers()).find(({ why, fromName, state }) => why === 'asked-for' && fromName === 'K2' && state === 'left')).toBeDefined()
  }, 30_000)

  it('keeps a piece whose card may have its money for the kiosk, after its customer has gone and after both were started anew: the counter pays nothing for it without a word of authority', async () => {
    const terminal = await startTerminalServer()
    onTestFinished(() => terminal.close())
    terminal.terminal.set({ line_ends: 'after-booking', tells_last: false })
    const kiosk = () => open(folders.two.path, '--seat', 'kiosk', '--till', 'K2', '--terminal', terminal.address)
    await tills[2]?.end()
    two = new AtKiosk(await kiosk())
    await expect.poll(async () => (await two.client.desk.view()).devices, { timeout: 20_000 }).toContainEqual(expect.objectContaining({ role: 'terminal', state: 'ready' }))
    await two.giveBack(boughtLately(folders.two.path, { tender: 'card', skip: 2 }), 'card')
    await expect.poll(async () => (await handOvers()).find(({ why }) => why === 'card-unknown')?.id, { timeout: 20_000 }).toBeDefined()
    await two.act({ do: 'finish' })
    await Promise.all(tills.map((till) => till.end('SIGKILL')))
    clerk = await open(folders.counter.path, '--till', 'T1')
    two = new AtKiosk(await kiosk())
    const { flowId } = returnIn(await clerk.kiosk.takeOver({ id: (await handOvers()).find(({ why }) => why === 'card-unknown')?.id ?? '' }))
    await expect.poll(async () => returnIn(await clerk.desk.view()), { timeout: 20_000 }).toMatchObject({
      verdict: { findings: { custody: { answer: 'in-another-cart', params: { till: 'K2' } } } }, missing: ['approval'],
    })
    expect(returnIn(await clerk.returns.act({ flowId, action: { do: 'refund' } }))).toMatchObject({ at: 'assess', missing: ['approval'] })
    expect(terminal.terminal.books.map(({ kind }) => kind)).toEqual(['refund'])
  }, 90_000)
})
