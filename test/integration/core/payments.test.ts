import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { startPrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import type { TerminalServer } from '../../../native/simulators/terminal/terminal-server.ts'
import { startTerminalServer } from '../../../native/simulators/terminal/terminal-server.ts'
import {
  booksIn, enter, example, saleIn, scan, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill,
} from '../../support/core/till.ts'

type Sale = ReturnType<typeof saleIn>

let folder: ReturnType<typeof temporaryFolder>
let terminal: TerminalServer
let printer: PrinterServer
let till: RunningTill
let client: Client
let leave: () => void

async function open(setting = terminal.address): Promise<void> {
  till = await startTill(['--data', folder.path, '--terminal', setting, '--printer', printer.address])
  ;({ client, close: leave } = await enter(till))
}

beforeEach(async () => {
  folder = temporaryFolder()
  withDemoMirror(folder.path)
  terminal = await startTerminalServer()
  printer = await startPrinterServer()
  // A terminal that has been used before: its last receipt is what a till can compare with.
  terminal.terminal.bookByHand(4_200)
  await open()
  await signIn(client, 'supervisor')
  await markKnown()
})

afterEach(async () => {
  leave()
  await till.end()
  await terminal.close()
  await printer.close()
  folder.remove()
})

/** The till asks the terminal what its last receipt is; the end of a payment that came before the answer is for a person. */
const markKnown = () => expect.poll(() => books('SELECT receipt FROM terminal_marks')).toHaveLength(1)

const sale = async (): Promise<Sale> => saleIn(await client.desk.view())

/** Scans a thing and asks for the whole amount by card; answers what is due. */
async function payByCard(story = 'plain-article'): Promise<{ flowId: string; due_cents: number }> {
  await scan(client, await example(client, story))
  const { flowId } = await sale()
  const tendering = saleIn(await client.sale.act({ flowId, action: { do: 'pay' } }))
  if (tendering.at !== 'tendering') throw new Error(`the sale is ${tendering.at}`)
  await client.sale.act({ flowId, action: { do: 'tender', kind: 'card', given_cents: tendering.due_cents } })
  return { flowId, due_cents: tendering.due_cents }
}

async function until<At extends Sale['at']>(at: At, outcome?: string): Promise<Extract<Sale, { at: At }>> {
  await expect
    .poll(
      async () => {
        const now = await sale()
        return now.at === 'asking-terminal' ? `${now.at} ${now.outcome}` : now.at
      },
      { interval: 30 },
    )
    .toBe(outcome === undefined ? at : `${at} ${outcome}`)
  return (await sale()) as Extract<Sale, { at: At }>
}

const books = <Row>(query: string): Row[] => booksIn<Row>(folder.path, query)
const steps = () => books<{ state: string }>('SELECT state FROM payment_steps ORDER BY attempt_id, step').map((row) => row.state)
const taken = () => terminal.terminal.taken_cents - 4_200

async function restart(): Promise<void> {
  leave()
  await till.end('SIGKILL')
  await open()
}

describe('a card payment at the counter', () => {
  it('asks the terminal, shows what the customer is doing, and finishes the sale with its approval', async () => {
    terminal.terminal.set({ slow_ms: 150 })
    const { due_cents } = await payByCard()
    const asking = await until('asking-terminal', 'asked')
    expect(asking).toMatchObject({ amount_cents: due_cents, by: 'line' })
    await expect.poll(async () => ((await sale()) as { progress?: string }).progress, { interval: 20 }).toBe('enter-pin')
    const paid = await until('paid')
    expect(paid.tenders).toMatchObject([{ kind: 'card', amount_cents: due_cents, change_cents: 0 }])
    expect(taken()).toBe(due_cents)
    expect(books('SELECT state, receipt, card_end FROM payment_steps')).toEqual([{ state: 'approved', receipt: 471, card_end: '4771' }])
    expect(books('SELECT * FROM payments_open')).toEqual([])
  })

  it('keeps no card number whole in any file, whatever the terminal prints', async () => {
    await payByCard()
    await until('paid')
    expect(JSON.stringify(books('SELECT * FROM payment_steps'))).not.toMatch(/\d{13,19}/)
    expect(till.errors()).not.toMatch(/\d{13,19}/)
  })

  it('prints the slips that the terminal wants, one for the shop and one for the customer, and the receipt', async () => {
    terminal.terminal.set({ prints: 'block' })
    await payByCard()
    const { receiptNumber } = await until('paid')
    await expect.poll(() => printer.text()).toContain(receiptNumber)
    const printed = printer.text()
    expect(printed.match(/KARTENZAHLUNG/g)).toHaveLength(2)
    expect(printed).toContain('************4771')
    expect(printed).not.toContain('541333')
  })

  it('goes back to the other ways to pay when the card is declined, and says why', async () => {
    terminal.terminal.set({ customer: 'is-declined' })
    const { flowId, due_cents } = await payByCard()
    const tendering = await until('tendering')
    expect(tendering).toMatchObject({ due_cents, notice: { code: 'card-declined', params: { why: 'declined' } } })
    const cash = saleIn(await client.sale.act({ flowId, action: { do: 'tender', kind: 'cash', given_cents: tendering.due_cents } }))
    expect(cash.at).toBe('paid')
    expect(taken()).toBe(0)
  })

  it('pays a part by card and the rest in cash', async () => {
    await scan(client, await example(client, 'plain-article'))
    const { flowId } = await sale()
    const due = saleIn(await client.sale.act({ flowId, action: { do: 'pay' } })) as Extract<Sale, { at: 'tendering' }>
    const part = Math.floor(due.due_cents / 2) as typeof due.due_cents
    await client.sale.act({ flowId, action: { do: 'tender', kind: 'card', given_cents: part } })
    const rest = await until('tendering')
    expect(rest.due_cents).toBe(due.due_cents - part)
    const done = saleIn(await client.sale.act({ flowId, action: { do: 'tender', kind: 'cash', given_cents: rest.due_cents } }))
    if (done.at !== 'paid') throw new Error(done.at)
    expect(done.tenders.map((one) => one.kind)).toEqual(['card', 'cash'])
    expect(taken()).toBe(part)
  })

  it('is one payment when "pay" is clicked twice at once', async () => {
    await scan(client, await example(client, 'plain-article'))
    const { flowId } = await sale()
    const due = saleIn(await client.sale.act({ flowId, action: { do: 'pay' } })) as Extract<Sale, { at: 'tendering' }>
    const click = () => client.sale.act({ flowId, action: { do: 'tender', kind: 'card', given_cents: due.due_cents } })
    const clicks = await Promise.allSettled([click(), click(), click()])
    expect(clicks.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    await until('paid')
    expect(taken()).toBe(due.due_cents)
    expect(books('SELECT count(*) AS n FROM payment_attempts')).toEqual([{ n: 1 }])
  })

  it('lets nothing else be done to the sale while the terminal has the word, and ends it when the clerk calls it off', async () => {
    terminal.terminal.set({ customer: 'walks-away', patience_ms: 60_000 })
    const { flowId } = await payByCard()
    for (const action of [{ do: 'void' }, { do: 'park', name: '' }, { do: 'back-to-cart' }, { do: 'undo' }, { do: 'terminal-read', paid: true }] as const)
      await expect(client.sale.act({ flowId, action })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    expect(saleIn(await scan(client, await example(client, 'lot'))).notice?.code).toBe('scanned-while-paying')
    await expect.poll(async () => ((await sale()) as { progress?: string }).progress).toBe('insert-card')
    await client.sale.act({ flowId, action: { do: 'cancel-terminal' } })
    expect((await until('tendering')).notice).toMatchObject({ code: 'card-cancelled' })
  })
})

describe('a line that is lost in the middle of a card payment', () => {
  it.each(['after-booking', 'after-result'] as const)('%s: asks the terminal, and finishes the sale with what was paid', async (line_ends) => {
    terminal.terminal.set({ line_ends })
    const { due_cents } = await payByCard()
    await until('paid')
    expect(taken()).toBe(due_cents)
    expect(steps()).toEqual(['checking', 'approved'])
    expect(terminal.terminal.heard.filter((command) => command.kind === 'pay')).toHaveLength(1)
  })

  it.each(['at-request', 'before-booking'] as const)('%s: asks the terminal, and knows that nothing was paid', async (line_ends) => {
    terminal.terminal.set({ line_ends })
    const { due_cents } = await payByCard()
    expect(await until('tendering')).toMatchObject({ due_cents, notice: { code: 'card-not-booked' } })
    expect(taken()).toBe(0)
    expect(terminal.terminal.heard.filter((command) => command.kind === 'pay')).toHaveLength(1)
  })

  it('asks the clerk where the terminal cannot say it, and never asks the customer to pay again by itself', async () => {
    terminal.terminal.set({ line_ends: 'after-booking', tells_last: false })
    const { flowId, due_cents } = await payByCard()
    await until('asking-terminal', 'unknown')
    await client.sale.act({ flowId, action: { do: 'ask-terminal-again' } })
    await expect.poll(steps).toEqual(['checking', 'unknown', 'checking', 'unknown'])
    await until('asking-terminal', 'unknown')
    const done = saleIn(await client.sale.act({ flowId, action: { do: 'terminal-read', paid: true, approvalCode: '712345' } }))
    expect(done).toMatchObject({ at: 'paid', tenders: [{ kind: 'card', amount_cents: due_cents }] })
    expect(steps().at(-1)).toBe('approved')
    expect(terminal.terminal.heard.filter((command) => command.kind === 'pay')).toHaveLength(1)
  })

  it('does not take an earlier payment over the same amount for this one, when only the clerk knew of that', async () => {
    terminal.terminal.set({ line_ends: 'after-booking', tells_last: false })
    const first = await payByCard()
    await until('asking-terminal', 'unknown')
    terminal.terminal.set({ line_ends: 'before-booking', tells_last: true })
    await client.sale.act({ flowId: first.flowId, action: { do: 'terminal-read', paid: true } })
    await until('paid')
    await markKnown()
    await client.sale.begin()
    await payByCard()
    await until('tendering')
    expect(taken()).toBe(first.due_cents)
    expect(books("SELECT sum(amount_cents) AS sum FROM tenders WHERE kind = 'card'")).toEqual([{ sum: first.due_cents }])
  })

  it('does not take the money of another clerk’s customer over the same amount for this one, when it is asked about again', async () => {
    terminal.terminal.set({ line_ends: 'before-booking', tells_last: false })
    const first = await payByCard()
    await until('asking-terminal', 'unknown')
    await client.session.signOut()
    await signIn(client, 'manager')
    terminal.terminal.set({ line_ends: 'never', tells_last: true })
    await client.sale.begin()
    await payByCard()
    await until('paid')
    await client.session.signOut()
    await signIn(client, 'supervisor')
    await client.sale.begin()
    await client.sale.act({ flowId: first.flowId, action: { do: 'ask-terminal-again' } })
    await expect.poll(() => steps().filter((state) => state === 'unknown')).toHaveLength(2)
    await until('asking-terminal', 'unknown')
    expect(taken()).toBe(first.due_cents)
    expect(books("SELECT sum(amount_cents) AS sum FROM tenders WHERE kind = 'card'")).toEqual([{ sum: first.due_cents }])
  })

  it('believes no payment of another amount to be this one, and takes the clerk’s no', async () => {
    terminal.terminal.set({ line_ends: 'before-booking' })
    const { flowId, due_cents } = await payByCard()
    terminal.terminal.bookByHand(due_cents + 1)
    await until('asking-terminal', 'unknown')
    const back = saleIn(await client.sale.act({ flowId, action: { do: 'terminal-read', paid: false } }))
    expect(back.at).toBe('tendering')
    expect(steps()).toEqual(['checking', 'unknown', 'declined'])
  })
})

describe('a till that goes down while the terminal is asked', () => {
  it.each([['before-booking', 'tendering', 0], ['after-booking', 'paid', 1]] as const)(
    'kill -9, line lost %s: at the next start it asks the terminal and the sale is %s',
    async (line_ends, at, times) => {
      // The terminal takes its time, so that the till is killed while it waits.
      terminal.terminal.set({ line_ends, slow_ms: 120 })
      const { due_cents } = await payByCard()
      await expect.poll(() => terminal.terminal.heard.some((command) => command.kind === 'pay')).toBe(true)
      if (times === 1) await expect.poll(() => terminal.terminal.books.length, { interval: 5 }).toBe(2)
      leave()
      await till.end('SIGKILL')
      terminal.terminal.set({ line_ends: 'never', slow_ms: 0 })
      await open()
      await until(at)
      expect(taken()).toBe(due_cents * times)
      expect(terminal.terminal.heard.filter((command) => command.kind === 'pay')).toHaveLength(1)
      expect(books<{ sum: number }>("SELECT coalesce(sum(amount_cents), 0) AS sum FROM tenders WHERE kind = 'card'")[0]?.sum).toBe(due_cents * times)
    },
  )

  it('forgets nothing at any moment: what the terminal took and what the till sold is the same after every kill', async () => {
    terminal.terminal.set({ slow_ms: 25 })
    for (const wait_ms of [5, 30, 60, 90, 120, 160, 220]) {
      await payByCard()
      await new Promise((resolve) => setTimeout(resolve, wait_ms))
      await restart()
      await expect.poll(async () => (await sale()).at).not.toBe('asking-terminal')
      const now = await sale()
      if (now.at === 'tendering') {
        await client.sale.act({ flowId: now.flowId, action: { do: 'back-to-cart' } })
        await client.sale.act({ flowId: now.flowId, action: { do: 'void' } })
      }
      await client.sale.begin()
      const sold = books<{ sum: number }>("SELECT coalesce(sum(amount_cents), 0) AS sum FROM tenders WHERE kind = 'card'")[0]?.sum
      expect(sold, `killed after ${wait_ms} ms`).toBe(taken())
    }
  }, 90_000)
})

describe('money for a sale that cannot be finished any more', () => {
  /** Another till takes the piece while the customer pays, as two tills of one store can in the same second. */
  function takeAway(): void {
    const db = new Database(join(folder.path, 'shop.db'))
    db.prepare(
      `INSERT INTO flows VALUES ('other', 'sale', 'parked', 'the other till', 1,
       '{"at":"open","lines":[],"tenders":[],"notice":null,"question":null,"past":[],"paid":null}', NULL, '2026-01-01T08:00:00.000Z', '2026-01-01T08:00:00.000Z')`,
    ).run()
    db.prepare("UPDATE holds SET flow_id = 'other', until = '2999-01-01T00:00:00.000Z'").run()
    db.close()
  }

  it('goes back to the card, and the sale says which piece is gone', async () => {
    terminal.terminal.set({ slow_ms: 200 })
    const { due_cents } = await payByCard('fresh-phone')
    await until('asking-terminal', 'asked')
    takeAway()
    const back = await until('open')
    expect(back.notice).toMatchObject({ tone: 'stop', code: 'no-longer-sellable' })
    await expect.poll(async () => (await client.desk.view()).alarm?.code).toBe('card-reversed')
    expect(terminal.terminal.books.map((entry) => entry.kind)).toEqual(['payment', 'payment', 'reversal'])
    expect(terminal.terminal.books.at(-1)?.amount_cents).toBe(due_cents)
    expect(taken()).toBe(0)
    expect(steps()).toEqual(['approved', 'reversing', 'reversed'])
  })

  it('becomes a case with an alarm when the terminal does not take it back', async () => {
    terminal.terminal.set({ slow_ms: 200 })
    await payByCard('fresh-phone')
    await until('asking-terminal', 'asked')
    takeAway()
    await expect.poll(() => terminal.terminal.books.length, { interval: 10 }).toBe(2)
    terminal.terminal.set({ refuses: true })
    await expect.poll(async () => (await client.desk.view()).alarm?.code).toBe('card-not-reversed')
    expect(steps().at(-1)).toBe('reversal-unknown')
    expect(books('SELECT kind FROM cases')).toEqual([{ kind: 'card-reversal' }])
    expect(taken()).not.toBe(0)
  })

  it('keeps the shift open as long as nobody knows about a payment', async () => {
    terminal.terminal.set({ line_ends: 'after-booking', tells_last: false })
    const { flowId } = await payByCard()
    await until('asking-terminal', 'unknown')
    await client.shift.act({ action: { do: 'open', float_cents: 0 as never } }).catch(() => undefined)
    const close = { action: { do: 'close', counted_cents: 0 as never } } as const
    await expect(client.shift.act(close)).rejects.toMatchObject({ data: { code: 'open-work' } })
    await client.sale.act({ flowId, action: { do: 'terminal-read', paid: true } })
    expect((await client.shift.act(close)).shift.at).toBe('closed')
  })
})

describe('a deposit that was left by card', () => {
  /** Leaves a part of what a phone costs by card, for Kim; answers the number of the deposit and the goods that wait. */
  async function leftByCard(): Promise<{ number: string; flowId: string; part: number }> {
    await scan(client, await example(client, 'fresh-phone'))
    const { flowId } = await sale()
    const due = saleIn(await client.sale.act({ flowId, action: { do: 'pay' } })) as Extract<Sale, { at: 'tendering' }>
    const part = Math.floor(due.due_cents / 4) as typeof due.due_cents
    await client.sale.act({ flowId, action: { do: 'tender', kind: 'card', given_cents: part } })
    await until('tendering')
    await client.sale.act({ flowId, action: { do: 'tender', kind: 'cash', given_cents: 1_000 as never } })
    const { parked } = await client.sale.act({ flowId, action: { do: 'leave-deposit', name: 'Kim' } })
    expect(taken()).toBe(part)
    return { number: parked[0]?.deposit?.number ?? '', flowId, part }
  }
  const moves = () => books<{ what: string; kind: string; amount_cents: number }>('SELECT what, kind, amount_cents FROM money_moves ORDER BY at, amount_cents')

  it('goes back through the terminal, and is booked when the card has it; the cash goes with it', async () => {
    const { number, flowId, part } = await leftByCard()
    await client.money.cancelDeposit({ number })
    await expect.poll(async () => (await sale()).at).toBe('open')
    expect(taken()).toBe(0)
    expect(terminal.terminal.books.at(-1)).toMatchObject({ kind: 'reversal', amount_cents: part })
    expect(moves().filter(({ what }) => what === 'deposit-out').map(({ kind, amount_cents }) => [kind, amount_cents])).toEqual([['card', -part], ['cash', -1_000]])
    expect((await client.money.credit({ number })).balance_cents).toBe(0)
    // What came in cash is told to the hand that has to count it out.
    const notice = { code: 'deposit-on-card-and-cash', params: { amount_cents: part, cash_cents: 1_000 } }
    expect((await client.desk.view()).front).toMatchObject({ sale: { flowId, notice } })
    await client.sale.act({ flowId, action: { do: 'void' } })
  })

  it('stays where it is when the card is not credited', async () => {
    const { number, part } = await leftByCard()
    terminal.terminal.set({ refuses: true })
    await client.money.cancelDeposit({ number })
    await expect.poll(async () => (await sale()).at).toBe('open')
    expect((await sale()).notice).toMatchObject({ tone: 'stop' })
    expect(moves().filter(({ what }) => what === 'deposit-out')).toEqual([])
    expect((await client.money.credit({ number })).balance_cents).toBe(part + 1_000)
    terminal.terminal.set({ refuses: false })
    await client.money.cancelDeposit({ number })
    await expect.poll(async () => (await client.money.credit({ number })).balance_cents).toBe(0)
    expect(taken()).toBe(0)
  })

  it('is given back once, also when the power goes in the middle', async () => {
    const { number, part } = await leftByCard()
    terminal.terminal.set({ slow_ms: 120 })
    await client.money.cancelDeposit({ number })
    expect(await sale()).toMatchObject({ at: 'asking-terminal', way: 'refund', amount_cents: part })
    await expect(client.money.cancelDeposit({ number })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    await expect.poll(taken, { interval: 5 }).toBe(0)
    await restart()
    terminal.terminal.set({ slow_ms: 0 })
    await expect.poll(async () => (await sale()).at).not.toBe('asking-terminal')
    const now = await sale()
    expect(now.at).toBe('open')
    expect(taken()).toBe(0)
    expect(moves().filter(({ what, kind }) => what === 'deposit-out' && kind === 'card')).toHaveLength(1)
  })
})

describe('without a line to the terminal', () => {
  it('takes the clerk’s word for a stand-alone terminal, with the code that it printed', async () => {
    leave()
    await till.end()
    await open('manual')
    await payByCard()
    const asking = await until('asking-terminal', 'asked')
    expect(asking.by).toBe('hand')
    await client.sale.act({ flowId: asking.flowId, action: { do: 'terminal-read', paid: true, approvalCode: 'A1B2C3' } })
    await until('paid')
    expect(books('SELECT said_by, words FROM payment_steps')).toEqual([{ said_by: 'clerk', words: 'A1B2C3' }])
  })

  it('sells on when the terminal is away: cash, or a card beside the till with its code', async () => {
    await terminal.close()
    const { flowId } = await payByCard()
    const tendering = await until('tendering')
    expect(tendering.notice).toMatchObject({ code: 'card-not-reached' })
    const beside = { do: 'tender', kind: 'card', given_cents: tendering.due_cents, approvalCode: '0815' } as const
    expect(saleIn(await client.sale.act({ flowId, action: beside })).at).toBe('paid')
    expect(books("SELECT terminal FROM payment_attempts WHERE terminal = 'beside'")).toHaveLength(1)
    terminal = await startTerminalServer()
  })

  it('refuses a whole card number in the place of an approval code', async () => {
    const action = { do: 'tender', kind: 'card', given_cents: 100, approvalCode: '4111111111111111' } as unknown as { do: 'undo' }
    await scan(client, await example(client, 'plain-article'))
    const { flowId } = await sale()
    await expect(client.sale.act({ flowId, action })).rejects.toThrow()
  })
})
