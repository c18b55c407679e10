import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DevicesView } from '../../../contract/device-view.ts'
import { cents } from '../../../contract/money.ts'
import { encodeEpc } from '../../../contract/identity/epc/encode.ts'
import { ascii } from '../../../native/bytes.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import { startPrinterServer, type PrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { parseTape, tape } from '../../../native/transports/tape.ts'
import { VirtualClock } from '../../support/drivers/virtual-clock.ts'
import {
  enter, example, saleIn, scan, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill,
} from '../../support/core/till.ts'
import { PseudoTerminal, until } from '../../support/pseudo-terminal.ts'

const stateOf = async (client: Client, deviceId: string) =>
  (await client.devices.health()).devices.find((device) => device.deviceId === deviceId)?.state
const deviceIn = (view: DevicesView, deviceId: string) => {
  const device = view.devices.find((each) => each.deviceId === deviceId)
  if (!device) throw new Error(`there is no ${deviceId}`)
  return device
}
const becomes = (client: Client, deviceId: string, state: string) =>
  until(async () => (await stateOf(client, deviceId)) === state, `${deviceId} ${state}`)
const lines = async (client: Client) => {
  const { front } = await client.desk.view()
  return front.screen === 'sale' ? front.sale.lines : []
}

/** The tag that a piece of the demo shop wears: its GTIN and number as an EPC. */
function tagOfNumber(dataDir: string, number: string): string {
  const mirror = new Database(join(dataDir, 'mirror.db'), { readonly: true })
  try {
    const row = mirror
      .prepare<[string], { gtin: string }>(
        'SELECT p.gtin FROM unit_aliases a JOIN units u ON u.id = a.unit_id JOIN products p ON p.id = u.product_id WHERE a.value = ?',
      )
      .get(number)
    const tag = encodeEpc('SGTIN-198', [['01', (row?.gtin ?? '').padStart(14, '0')], ['21', number]], { filter: 1, gcpLength: 7 })
    if (!tag.ok) throw new Error(`no tag for ${number}: ${tag.code}`)
    return tag.hex
  } finally {
    mirror.close()
  }
}

describe.runIf(process.platform === 'linux')('a counter full of machines', () => {
  const folder = temporaryFolder()
  let scanner: PseudoTerminal
  let display: PseudoTerminal
  let printer: PrinterServer
  let till: RunningTill
  let client: Client
  let leave: () => void

  beforeAll(async () => {
    withDemoMirror(folder.path)
    ;[scanner, display] = await Promise.all([PseudoTerminal.plugged(), PseudoTerminal.plugged()])
    printer = await startPrinterServer()
    till = await startTill([
      '--data', folder.path, '--scanner', `serial:${scanner.path}@9600,honeywell`, '--display', `serial:${display.path}`,
      '--printer', `${printer.address}?drawer=high`,
    ])
    ;({ client, close: leave } = await enter(till))
    await signIn(client, 'manager')
    await becomes(client, 'scanner', 'ready')
    await becomes(client, 'display', 'ready')
  })
  afterAll(async () => {
    leave()
    await till.end()
    await Promise.all([scanner.remove(), display.remove(), printer.close()])
    folder.remove()
  })

  const shown = (): string => Buffer.from(display.heard()).toString('latin1')
  const heard = (): string => Buffer.from(scanner.heard()).toString('latin1')

  it('sells what the scanner reads, beeps back, and shows piece and total to the customer', async () => {
    const serial = await example(client, 'fresh-phone')
    await scanner.send(`${serial}\r`)
    await expect.poll(async () => (await lines(client)).length).toBe(1)
    await expect.poll(heard).toContain('\x16\x07\r')
    const [line] = await lines(client)
    await expect.poll(shown).toContain((line?.name ?? '').slice(0, 6))
    expect(shown()).toMatch(/SUMME +\d+,\d\d EUR/)
  })

  it('makes no sound at a stolen piece, and shows the customer nothing of it', async () => {
    const before = { heard: heard(), shown: shown() }
    await scanner.send(`${await example(client, 'stolen')}\r`)
    await expect.poll(async () => saleIn(await client.desk.view()).notice?.tone).toBe('quiet')
    expect(heard()).toBe(before.heard)
    expect(shown()).toBe(before.shown)
  })

  it('P94: goes on selling while the scanner is out, and takes it back without a word when it returns', async () => {
    await scanner.unplug()
    await becomes(client, 'scanner', 'lost')
    const typed = saleIn(await scan(client, await example(client, 'frame-number')))
    expect(typed.lines).toHaveLength(2)
    await scanner.plug()
    await becomes(client, 'scanner', 'ready')
    await scanner.send(`${await example(client, 'by-imei')}\r`)
    await expect.poll(async () => (await lines(client)).length).toBe(3)
    const { devices } = await client.devices.health()
    expect(devices.find((device) => device.deviceId === 'scanner')).toMatchObject({ opened: 2, lost: 1, state: 'ready' })
  })

  it('tests a scanner beside the sale: what arrives is shown field by field and sold to nobody', async () => {
    const before = (await lines(client)).length
    await client.devices.selfTest({ deviceId: 'scanner', go: true })
    await scanner.send(']C1TEST-4711\r')
    await expect.poll(async () => deviceIn(await client.devices.health(), 'scanner').test?.at).toBe('arrived')
    expect(deviceIn(await client.devices.health(), 'scanner').test?.lines).toEqual(
      expect.arrayContaining([{ code: 'text', text: 'TEST-4711' }, { code: 'aim', text: ']C1' }]),
    )
    expect(await lines(client)).toHaveLength(before)
    await client.devices.selfTest({ deviceId: 'scanner', go: false })
  })

  it('shows what passed on the line, and mails it without the numbers that were scanned', async () => {
    const traffic = await client.devices.traffic({ deviceId: 'scanner' })
    expect(traffic.map((piece) => piece.text).join('')).toContain('TEST-4711')
    const { text } = await client.devices.supportFile()
    expect(text).not.toContain('4711')
    expect(text).toContain('xxxx-0000')
    expect(text).toMatch(/opened 2, lost 1/)
  })

  it('records a tape that plays again as the device did', async () => {
    const before = deviceIn(await client.devices.health(), 'scanner')
    await client.devices.startTape({ deviceId: 'scanner' })
    await becomes(client, 'scanner', 'ready')
    await scanner.send('TAPED-1\r')
    await expect.poll(async () => deviceIn(await client.devices.health(), 'scanner').events).toBe(before.events + 1)
    expect(deviceIn(await client.devices.health(), 'scanner')).toMatchObject({ opened: before.opened + 1, lost: before.lost })
    const saved = await client.devices.stopTape({ deviceId: 'scanner' })
    const recorded = parseTape(saved.text)
    expect(recorded.address).toContain(scanner.path)
    const clock = new VirtualClock()
    const bytes: number[] = []
    const line = await tape(recorded, clock).open({ bytes: (piece) => bytes.push(...piece), gone: () => undefined })
    // The till wrote a beep at the end of it; the player waits for as many bytes.
    await line.write(ascii('\x16\x07\r'))
    await clock.advance(60_000)
    expect(Buffer.from(bytes).toString('latin1')).toContain('TAPED-1\r')
    await expect(client.devices.stopTape({ deviceId: 'scanner' })).resolves.toEqual(saved)
  })

  it('tells the drawer from the printer, and its printer from one that is silent', async () => {
    await becomes(client, 'printer', 'ready')
    await becomes(client, 'drawer', 'ready')
    printer.printer.set({ drawer: 'open' })
    await client.devices.look()
    await becomes(client, 'drawer', 'drawer-open')
    printer.printer.set({ drawer: 'closed', silent: true })
    await client.devices.look()
    await becomes(client, 'printer', 'silent')
    expect(await stateOf(client, 'drawer')).toBe('silent')
    printer.printer.set({ silent: false })
    await client.devices.look()
    await becomes(client, 'printer', 'ready')
  }, 60_000)

  it('finishes a sale with the printer gone, and says so on the paper that waits', async () => {
    await printer.close()
    const sale = saleIn(await client.desk.view())
    await client.sale.act({ flowId: sale.flowId, action: { do: 'pay' } })
    const paid = saleIn(await client.sale.act({ flowId: sale.flowId, action: { do: 'tender', kind: 'cash', given_cents: cents(sale.totals.gross_cents + 100) } }))
    expect(paid.at).toBe('paid')
    await expect.poll(shown).toMatch(/Change|R.ckgeld/)
    await expect.poll(async () => (await client.desk.view()).papers.length).toBeGreaterThan(0)
    await becomes(client, 'printer', 'refused')
  }, 60_000)
})

describe.runIf(process.platform === 'linux')('a pad that is the cart', () => {
  const folder = temporaryFolder()
  let line: PseudoTerminal
  let till: RunningTill
  let client: Client
  let leave: () => void
  const reader = r200Simulator()
  let isPlugged = true
  let dwell: NodeJS.Timeout

  beforeAll(async () => {
    withDemoMirror(folder.path)
    line = await PseudoTerminal.plugged()
    let said = 0
    dwell = setInterval(() => {
      const bytes = line.heard().subarray(said)
      said += bytes.length
      for (const answer of [reader.hear(bytes), reader.pass(20)]) if (isPlugged && answer.length > 0) void line.send(answer)
    }, 20)
    till = await startTill(['--data', folder.path, '--pad', `serial:${line.path},r200`])
    ;({ client, close: leave } = await enter(till))
    await signIn(client)
    await becomes(client, 'pad', 'ready')
    await until(async () => (await padView()).settings !== 'reading', 'the settings of the reader')
  })
  afterAll(async () => {
    clearInterval(dwell)
    leave()
    await till.end()
    await line.remove()
    folder.remove()
  })

  const padView = async () => {
    const { pad } = deviceIn(await client.devices.health(), 'pad')
    if (!pad) throw new Error('the pad shows nothing')
    return pad
  }
  const tagOf = async (story: string): Promise<string> => tagOfNumber(folder.path, await example(client, story))

  it('keeps the radio off until a flow wants it, learns the shelf, then adds what is laid and removes what is lifted', async () => {
    expect((await padView()).radio).toBe(false)
    const [phone, bike] = [await tagOf('fresh-phone'), await tagOf('frame-number')]
    // A coat on the shelf behind.
    reader.field.place({ epc: '30340242201D8840000186A0' })
    await client.sale.begin()
    await until(async () => (await padView()).radio, 'the radio')
    await until(async () => (await client.desk.view()).alarm?.code === 'pad-strays', 'the word about the coat')
    expect(await padView()).toMatchObject({ learning: false, strays: [{ name: null }] })
    reader.field.place({ epc: phone })
    await until(async () => (await lines(client)).length === 1, 'the phone in the cart')
    reader.field.place({ epc: bike })
    await until(async () => (await lines(client)).length === 2, 'the bike in the cart')
    reader.field.lift(phone)
    await until(async () => (await lines(client)).length === 1, 'the phone out of the cart')
  }, 60_000)

  it('touches no sale that is being paid, and takes up what was lifted when the customer goes back', async () => {
    const bike = await tagOf('frame-number')
    const sale = saleIn(await client.desk.view())
    await client.sale.act({ flowId: sale.flowId, action: { do: 'pay' } })
    reader.field.lift(bike)
    await until(async () => (await padView()).present.length === 0, 'the bike off the pad')
    expect(await lines(client)).toHaveLength(1)
    await client.sale.act({ flowId: sale.flowId, action: { do: 'back-to-cart' } })
    await until(async () => (await lines(client)).length === 0, 'the bike out of the cart')
    reader.field.place({ epc: bike })
    await until(async () => (await lines(client)).length === 1, 'the bike back in the cart')
  }, 60_000)

  it('takes nothing out of the cart when the pad is unplugged, and goes on when it is back', async () => {
    isPlugged = false
    reader.power(false)
    await line.unplug()
    await becomes(client, 'pad', 'lost')
    const typed = saleIn(await scan(client, await example(client, 'plain-article')))
    expect(typed.lines).toHaveLength(2)
    await line.plug()
    reader.power(true)
    isPlugged = true
    await becomes(client, 'pad', 'ready')
    await until(async () => (await padView()).radio, 'the radio')
    expect(await lines(client)).toHaveLength(2)
  }, 60_000)
})

describe.runIf(process.platform === 'linux')('a kiosk with a pad, and a scanner whose library or cable is missing', () => {
  const folder = temporaryFolder()
  const reader = r200Simulator({ power_dbm: 18 })
  let line: PseudoTerminal
  let till: RunningTill
  let kiosk: Client
  let leave: () => void
  let dwell: NodeJS.Timeout

  beforeAll(async () => {
    withDemoMirror(folder.path)
    line = await PseudoTerminal.plugged()
    let said = 0
    dwell = setInterval(() => {
      const bytes = line.heard().subarray(said)
      said += bytes.length
      for (const answer of [reader.hear(bytes), reader.pass(20)]) if (answer.length > 0) void line.send(answer)
    }, 20)
    till = await startTill(['--data', folder.path, '--seat', 'kiosk', '--pad', `serial:${line.path}`, '--scanner', 'hid:1eab:0d10'])
    ;({ client: kiosk, close: leave } = await enter(till))
  })
  afterAll(async () => {
    clearInterval(dwell)
    leave()
    await till.end()
    await line.remove()
    folder.remove()
  })

  const kioskAt = async () => {
    const { front } = await kiosk.desk.view()
    return front.screen === 'kiosk' ? front.kiosk.at : front.screen
  }

  it('starts all the same, and says of each device how it stands', async () => {
    await until(async () => (await kiosk.desk.view()).devices.some(({ role, state }) => role === 'pad' && state === 'ready'), 'the pad')
    const scanner = (await kiosk.desk.view()).devices.find((device) => device.role === 'scanner')
    expect(['searching', 'no-library']).toContain(scanner?.state)
    expect(till.errors()).toBe('')
  })

  it('takes the piece that a customer lays down once it is asked for, and not before', async () => {
    const tag = tagOfNumber(folder.path, await example(kiosk, 'already-sold'))
    reader.field.place({ epc: tag })
    await kiosk.kiosk.act({ flowId: null, action: { do: 'begin', language: 'en' } })
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect(await kioskAt()).toBe('choose-task')
    await kiosk.kiosk.act({ flowId: null, action: { do: 'choose-task', task: 'check' } })
    await until(async () => (await kioskAt()) === 'answer', 'the answer')
  })
})

describe('a shop that practises', () => {
  const folder = temporaryFolder()
  let till: RunningTill
  let client: Client
  let leave: () => void

  beforeAll(async () => {
    withDemoMirror(folder.path)
    till = await startTill(['--data', folder.path])
    ;({ client, close: leave } = await enter(till))
    await signIn(client, 'manager')
  })
  afterAll(async () => {
    leave()
    await till.end()
    folder.remove()
  })

  it('offers practice devices, puts them into use at one press, and keeps them', async () => {
    const before = await client.devices.look()
    expect(before.found.filter((found) => found.practice).map((found) => found.address)).toEqual([
      'practice:scanner', 'practice:pad', 'practice:printer', 'practice:terminal',
    ])
    for (const found of before.found.filter((each) => each.practice))
      await client.devices.use({ role: found.roles[0] ?? 'scanner', address: found.address })
    const after = await client.devices.health()
    expect(after.found.filter((found) => found.practice)).toEqual([])
    expect(JSON.parse(readFileSync(join(folder.path, 'settings.json'), 'utf8'))).toEqual({
      scanner: 'practice:scanner', pad: 'practice:pad', printer: 'practice:printer', terminal: 'practice:terminal',
    })
    await becomes(client, 'scanner', 'ready')
    await becomes(client, 'printer', 'ready')
    await becomes(client, 'terminal', 'ready')
  })

  it('ends the set-up with a working scan and a printed slip', async () => {
    await client.devices.selfTest({ deviceId: 'scanner', go: true })
    await client.devices.practice({ do: 'scan', text: 'HELLO' })
    await expect.poll(async () => deviceIn(await client.devices.health(), 'scanner').test?.at).toBe('arrived')
    await client.devices.selfTest({ deviceId: 'scanner', go: false })
    await client.devices.testPrint({ deviceId: 'printer' })
    await expect.poll(async () => (await client.devices.health()).practice?.printer?.text).toMatch(/DEMO/)
    // What is on the paper already may still be on its way to being answered for.
    await expect.poll(async () => (await client.desk.view()).papers).toEqual([])
  })

  it('lays a piece by its number on the pad, and it is in the sale', async () => {
    const serial = await example(client, 'fresh-phone')
    await client.sale.begin()
    await expect.poll(async () => deviceIn(await client.devices.health(), 'pad').pad?.radio).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    await client.devices.practice({ do: 'lay', tag: serial })
    await expect.poll(async () => (await lines(client)).length).toBe(1)
    await client.devices.practice({ do: 'lift', tag: serial })
    await expect.poll(async () => (await lines(client)).length).toBe(0)
  })

  it('parks a sale that lies on the pad: recalled, the piece is in it once, and lifting it takes it out', async () => {
    const serial = await example(client, 'fresh-phone')
    const begun = await client.sale.begin()
    await client.devices.practice({ do: 'lay', tag: serial })
    await expect.poll(async () => (await lines(client)).length).toBe(1)
    await client.sale.act({ flowId: saleIn(begun).flowId, action: { do: 'park', name: 'Ms Lang' } })
    await client.sale.begin()
    // Her phone still lies there: it belongs to no other sale, and nothing is learnt or asked about it.
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(await lines(client)).toEqual([])
    const recalled = await client.sale.recall({ flowId: saleIn(begun).flowId })
    expect(saleIn(recalled).lines).toHaveLength(1)
    await expect.poll(async () => deviceIn(await client.devices.health(), 'pad').pad?.present.length).toBe(1)
    expect(saleIn(await client.desk.view())).toMatchObject({ notice: null })
    await client.devices.practice({ do: 'lift', tag: serial })
    await expect.poll(async () => (await lines(client)).length).toBe(0)
  }, 30_000)

  it('sells by card at the practice terminal, and a line that is lost after the booking is asked about', async () => {
    await scan(client, await example(client, 'plain-article'))
    const { flowId } = saleIn(await client.desk.view())
    await client.devices.practice({ do: 'terminal', lineEnds: 'after-booking' })
    const tendering = saleIn(await client.sale.act({ flowId, action: { do: 'pay' } }))
    if (tendering.at !== 'tendering') throw new Error(tendering.at)
    await client.sale.act({ flowId, action: { do: 'tender', kind: 'card', given_cents: tendering.due_cents } })
    await expect.poll(async () => saleIn(await client.desk.view()).at).toBe('paid')
    expect((await client.devices.health()).practice?.terminal).toMatchObject({ taken_cents: tendering.due_cents, lineEnds: 'after-booking' })
    await client.devices.practice({ do: 'terminal', lineEnds: 'never' })
  }, 40_000)

  it('asks the terminal how it is, what it did last, and to end its day; the slip is a paper', async () => {
    const status = await client.devices.askTerminal({ what: 'status' })
    expect(deviceIn(status, 'terminal')).toMatchObject({ state: 'ready', terminal: { busyWith: null } })
    const last = deviceIn(await client.devices.askTerminal({ what: 'last' }), 'terminal').terminal?.last
    expect(last).toMatchObject({ told: true, approved: true, card: 'Debit Mastercard 4771' })
    const ended = deviceIn(await client.devices.endOfDay(), 'terminal').terminal?.dayEnd
    expect(ended).toMatchObject({ outcome: 'done', why: null })
    const slip = await client.papers.view({ documentId: ended?.documentId ?? '' })
    expect(JSON.stringify(slip.blocks)).toContain('KASSENSCHNITT')
    await client.devices.practice({ do: 'terminal', plugged: false })
    await becomes(client, 'terminal', 'lost')
    expect(deviceIn(await client.devices.endOfDay(), 'terminal')).toMatchObject({ state: 'lost', terminal: { dayEnd: { outcome: 'not-done', why: 'not-reached' } } })
    await client.devices.practice({ do: 'terminal', plugged: true })
    await becomes(client, 'terminal', 'ready')
  }, 40_000)

  it('F110: mutes the tags of what was sold when the customer wants it, proves it by reading, and leaves others alone', async () => {
    const [phone, other] = [await example(client, 'fresh-phone'), await example(client, 'frame-number')]
    const offered = async () => (await client.devices.health()).exit
    const begun = await client.sale.begin()
    expect(await offered()).toBeNull()
    await scan(client, phone)
    const { flowId } = saleIn(begun)
    const due = saleIn(await client.sale.act({ flowId, action: { do: 'pay' } }))
    await client.sale.act({ flowId, action: { do: 'tender', kind: 'cash', given_cents: due.totals.gross_cents } })
    expect(await offered()).toMatchObject({ flowId, usual: 'keep', canKill: false, going: null })
    await expect(client.devices.atExit({ choice: 'kill' })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    await client.devices.atExit({ choice: 'mute' })
    await client.devices.practice({ do: 'lay', tag: other })
    await client.devices.practice({ do: 'lay', tag: phone })
    await expect.poll(async () => (await offered())?.going?.tags[0]?.state).toBe('done')
    const tags = (await client.devices.health()).practice?.pad?.tags ?? []
    expect(tags.filter((tag) => /^0+$/.test(tag))).toHaveLength(1)
    expect(tags).toHaveLength(2)
    const [unit] = await client.units.find({ text: phone })
    expect((await client.units.timeline({ unitId: unit?.unitId ?? '' })).map((entry) => entry.kind)).toContain('tag-muted')
    for (const tag of tags) await client.devices.practice({ do: 'lift', tag })
    await client.sale.begin()
    expect(await offered()).toBeNull()
  }, 40_000)

  it('F110: kills a tag with the password it was written with; the pad away in the middle is owned, not guessed', async () => {
    await expect(client.devices.setTagPasswords({ access: null, kill: '00000000' })).rejects.toMatchObject({ data: { code: 'not-hexadecimal' } })
    const set = await client.devices.setTagPasswords({ access: 'CAFE0002', kill: 'CAFE0001' })
    expect(set.tagPasswords).toEqual({ access: true, kill: true })
    expect(readFileSync(join(folder.path, 'shop.db')).includes('CAFE0001')).toBe(false)
    const bike = await example(client, 'frame-number')
    await scan(client, bike)
    const { flowId } = saleIn(await client.desk.view())
    const due = saleIn(await client.sale.act({ flowId, action: { do: 'pay' } }))
    await client.sale.act({ flowId, action: { do: 'tender', kind: 'cash', given_cents: due.totals.gross_cents } })
    await client.devices.atExit({ choice: 'kill' })
    await client.devices.practice({ do: 'lay', tag: bike })
    await expect.poll(async () => (await client.devices.health()).exit?.going?.tags[0]?.state).toBe('done')
    expect((await client.devices.health()).practice?.pad?.tags).toEqual([])
    await client.devices.practice({ do: 'plug', what: 'pad', plugged: false })
    await becomes(client, 'pad', 'lost')
    expect((await client.devices.health()).exit).toBeNull()
    await client.devices.practice({ do: 'plug', what: 'pad', plugged: true })
    await becomes(client, 'pad', 'ready')
    await client.sale.begin()
  }, 40_000)

  it('takes the paper out in mid-shift: the slip waits, and comes when the paper is back', async () => {
    await client.devices.practice({ do: 'tear-off' })
    await client.devices.practice({ do: 'paper', paper: false })
    await becomes(client, 'printer', 'paper-end')
    await client.devices.testPrint({ deviceId: 'printer' })
    await expect.poll(async () => (await client.desk.view()).papers[0]?.print.state).toBe('not-printed')
    await client.devices.practice({ do: 'paper', paper: true })
    await expect.poll(async () => (await client.devices.health()).practice?.printer?.text).toMatch(/DEMO/)
  }, 30_000)

  it('prints the label of a piece on the receipt printer where there is no other, and tells what became of it', async () => {
    await client.devices.practice({ do: 'tear-off' })
    const [unit] = await client.units.find({ text: await example(client, 'fresh-phone') })
    expect(await client.units.printLabel({ unitId: unit?.unitId ?? '' })).toEqual({ outcome: 'printed', why: null })
  })

  it('sends the label of a piece to a label printer that is put into use, and owns that nobody answers there', async () => {
    const received: Buffer[] = []
    const labels = createServer((socket) => socket.on('data', (bytes: Buffer) => received.push(bytes)))
    await new Promise<void>((resolve) => labels.listen(0, '127.0.0.1', resolve))
    const address = `tcp://127.0.0.1:${(labels.address() as AddressInfo).port}?size=60x40&dpi=203`
    const after = await client.devices.use({ role: 'label-printer', address })
    expect(deviceIn(after, 'label-printer').canForget).toBe(true)
    const serial = await example(client, 'fresh-phone')
    const [unit] = await client.units.find({ text: serial })
    expect(await client.units.printLabel({ unitId: unit?.unitId ?? '' })).toEqual({ outcome: 'unknown', why: 'one-way' })
    const printed = () => Buffer.concat(received).toString('utf8')
    await until(() => printed().includes('^XZ'), 'the end of the label')
    expect(printed()).toMatch(/^\^XA/)
    expect(printed()).toContain(`^FD_101${unit?.gtin?.padStart(14, '0')}`)
    await client.devices.forget({ deviceId: 'label-printer' })
    labels.close()
    expect(JSON.parse(readFileSync(join(folder.path, 'settings.json'), 'utf8'))).not.toHaveProperty('label-printer')
  })

  it('lets a cashier neither add a device nor take one out', async () => {
    await client.session.signOut()
    await signIn(client, 'cashier')
    await expect(client.devices.use({ role: 'scanner', address: 'serial:/dev/nothing' })).rejects.toMatchObject({ data: { code: 'no-right' } })
    await client.session.signOut()
    await signIn(client, 'manager')
    const left = await client.devices.forget({ deviceId: 'pad' })
    expect(left.devices.map((device) => device.deviceId)).not.toContain('pad')
    expect(left.found.map((found) => found.address)).toContain('practice:pad')
  })

  it('has the same devices after a restart, and no practice device once it is a real shop', async () => {
    leave()
    await till.end()
    till = await startTill(['--data', folder.path])
    ;({ client, close: leave } = await enter(till))
    const roles = async () => (await client.desk.view()).devices.map((device) => device.role)
    expect(await roles()).toEqual(['scanner', 'printer', 'drawer', 'terminal'])
    await client.demo.remove()
    expect(await roles()).toEqual([])
    expect((await client.desk.view()).session.at).toBe('set-up')
  })
})
