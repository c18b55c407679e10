import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ORPCError } from '@orpc/client'
import type { PrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { startPrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { oneTill } from '../../support/core/one-till.ts'
import { checkIn, example, returnIn, saleIn, scan, signIn, type Client } from '../../support/core/till.ts'

let printer: PrinterServer
const at = oneTill({ beforeAll, afterAll }, async () => {
  printer = await startPrinterServer()
  return ['--printer', printer.address]
})

beforeAll(async () => {
  await signIn(at.client, 'supervisor')
})
afterAll(() => printer.close())

async function paid(): Promise<ReturnType<typeof saleIn> & { at: 'paid' }> {
  let sale = saleIn(await at.client.desk.view())
  sale = saleIn(await at.client.sale.act({ flowId: sale.flowId, action: { do: 'pay' } }))
  if (sale.at !== 'tendering') throw new Error(`the sale is ${sale.at}`)
  const done = saleIn(await at.client.sale.act({ flowId: sale.flowId, action: { do: 'tender', kind: 'cash', given_cents: sale.quickAmounts[1] ?? sale.due_cents } }))
  if (done.at !== 'paid') throw new Error(`the sale is ${done.at}`)
  return done
}

async function paperSays(text: string): Promise<void> {
  await expect.poll(() => printer.text()).toContain(text)
}

describe('a counter sale', () => {
  it('sells a unit by its serial alone and a plain article by its EAN, for cash with change, and prints the serials', async () => {
    const serial = await example(at.client, 'fresh-phone')
    const unit = saleIn(await scan(at.client, serial))
    expect(unit.lines).toHaveLength(1)
    expect(unit.lines[0]?.verdict?.outcome).toBe('accept')
    const both = saleIn(await scan(at.client, await example(at.client, 'plain-article')))
    expect(both.lines.map((line) => line.tracking)).toEqual(['unit', 'plain'])
    const done = await paid()
    expect(done.change_cents).toBeGreaterThanOrEqual(0)
    expect(done.tenders.reduce((sum, tender) => sum + tender.amount_cents, 0)).toBe(done.totals.gross_cents)
    await paperSays(serial)
    await paperSays(done.receiptNumber)
    expect(printer.text()).toMatch(/DEMO/)
  })

  it('P01, P12: refuses the same unit again in a later sale, with the earlier receipt', async () => {
    const serial = await example(at.client, 'by-imei')
    await scan(at.client, serial)
    const { receiptNumber } = await paid()
    const again = saleIn(await scan(at.client, serial))
    expect(again.lines).toHaveLength(0)
    expect(again.notice).toMatchObject({ tone: 'stop', code: 'already-sold', params: { receipt: receiptNumber } })
  })

  it('P03, P05: says at the second scan in one cart that it is there, and offers to take it out', async () => {
    const serial = await example(at.client, 'frame-number')
    await scan(at.client, serial)
    const again = saleIn(await scan(at.client, serial))
    expect(again.lines).toHaveLength(1)
    expect(again.notice).toMatchObject({ tone: 'again', code: 'already-in-cart', offer: { kind: 'remove-line', lineId: again.lines[0]?.lineId } })
  })

  it('takes back the last step, and once more', async () => {
    const before = saleIn(await at.client.desk.view())
    await scan(at.client, await example(at.client, 'plain-article'))
    const two = saleIn(await scan(at.client, await example(at.client, 'plain-article')))
    expect(two.lines.at(-1)?.quantity).toBe(2)
    const one = saleIn(await at.client.sale.act({ flowId: two.flowId, action: { do: 'undo' } }))
    expect(one.lines.at(-1)?.quantity).toBe(1)
    const none = saleIn(await at.client.sale.act({ flowId: two.flowId, action: { do: 'undo' } }))
    expect(none.lines.map((line) => line.lineId)).toEqual(before.lines.map((line) => line.lineId))
  })

  it('P06: parks a sale under a name, in which its piece is nobody else’s, and brings it back with every line', async () => {
    const sale = saleIn(await at.client.desk.view())
    const away = await at.client.sale.act({ flowId: sale.flowId, action: { do: 'park', name: 'Frau Winter' } })
    expect(away.front.screen).toBe('home')
    expect(away.parked).toMatchObject([{ flowId: sale.flowId, name: 'Frau Winter', pieces: 1 }])
    await at.client.sale.begin()
    const held = saleIn(await scan(at.client, sale.lines[0]?.aliases[0]?.value ?? ''))
    expect(held.notice?.code).toBe('in-other-cart')
    const back = saleIn(await at.client.sale.recall({ flowId: sale.flowId }))
    expect(back.lines).toEqual(sale.lines)
    await at.client.sale.act({ flowId: back.flowId, action: { do: 'void' } })
  })

  it('ends quietly at a stolen unit: no sound, no word a customer could overhear, and a case for a colleague', async () => {
    await at.client.sale.begin()
    const sale = saleIn(await scan(at.client, await example(at.client, 'stolen')))
    expect(sale.lines).toHaveLength(0)
    expect(sale.notice).toMatchObject({ tone: 'quiet', code: 'stolen-quiet' })
  })

  it('says what a number is not: unknown, misread, a payment card (whose digits are never repeated)', async () => {
    expect(saleIn(await scan(at.client, 'NOSUCHTHING-1')).notice?.code).toBe('unknown-code')
    expect(saleIn(await scan(at.client, await example(at.client, 'wrong-check-digit'))).notice?.code).toBe('bad-check-digit')
    const card = await scan(at.client, '4111111111111111')
    expect(saleIn(card).notice?.code).toBe('card-number')
    expect(JSON.stringify(card)).not.toContain('4111111111111111')
  })

  it('P14: asks which when two makers use one number, and never guesses', async () => {
    const asked = saleIn(await scan(at.client, await example(at.client, 'two-makers')))
    if (asked.at !== 'open' || !asked.question) throw new Error('nothing was asked')
    expect(asked.question.candidates.length).toBeGreaterThan(1)
    const chosen = asked.question.candidates[0]
    const sold = saleIn(await at.client.sale.act({ flowId: asked.flowId, action: { do: 'choose', choice: chosen?.choice ?? '' } }))
    expect(sold.lines.at(-1)?.unitId).toBe(chosen?.choice)
    await at.client.sale.act({ flowId: sold.flowId, action: { do: 'void' } })
  })

  it('refuses an expired lot at the scan and takes a good one', async () => {
    await at.client.sale.begin()
    expect(saleIn(await scan(at.client, await example(at.client, 'expired-lot'))).notice?.code).toBe('expired-lot')
    const good = saleIn(await scan(at.client, await example(at.client, 'lot')))
    expect(good.lines.at(-1)).toMatchObject({ tracking: 'lot' })
    expect(good.lines.at(-1)?.lot).not.toBeNull()
    await at.client.sale.act({ flowId: good.flowId, action: { do: 'void' } })
  })

  it('refuses a message of the wrong shape, and nothing has changed', async () => {
    const before = await at.client.desk.view()
    const wrong = { flowId: 'x', action: { do: 'tender', kind: 'gold', given_cents: 0.5 } } as unknown as Parameters<Client['sale']['act']>[0]
    await expect(at.client.sale.act(wrong)).rejects.toThrow(ORPCError)
    // A printer may have had something to say meanwhile; the sale and the drawer may not have moved.
    const after = await at.client.desk.view()
    expect({ front: after.front, shift: after.shift, parked: after.parked }).toEqual({ front: before.front, shift: before.shift, parked: before.parked })
  })
})

describe('a return from the unit alone', () => {
  it('finds the purchase, gives back what was really paid, and the piece comes back to be inspected', async () => {
    const serial = await example(at.client, 'may-be-returned')
    await at.client.desk.go({ to: 'return', unitId: null })
    const assess = returnIn(await scan(at.client, serial))
    if (assess.at !== 'assess' || !assess.refund) throw new Error(`the return is ${assess.at}`)
    expect(assess.verdict?.outcome).toBe('accept')
    for (const question of ['purchase', 'warranty', 'stolen', 'recall'] as const) {
      const finding = assess.verdict?.findings[question]
      expect(finding?.reason).toBeTruthy()
      expect(finding?.source).toBeTruthy()
      expect(finding?.asOf).toBeTruthy()
    }
    const { flowId } = assess
    await at.client.returns.act({ flowId, action: { do: 'give-reason', reason: assess.reasonChoices[0] ?? '' } })
    const ready = returnIn(await at.client.returns.act({ flowId, action: { do: 'grade', condition: 'new' } }))
    if (ready.at !== 'assess') throw new Error(`the return is ${ready.at}`)
    expect(ready.missing).toEqual([])
    let done = returnIn(await at.client.returns.act({ flowId, action: { do: 'refund' } }))
    // What was paid by card goes back on the terminal beside the till, and the clerk says that it did.
    if (done.at === 'paying-out') done = returnIn(await at.client.returns.act({ flowId, action: { do: 'terminal-read', paid: true } }))
    if (done.at !== 'done') throw new Error(`the return is ${done.at}`)
    expect(done.refund).toEqual(assess.refund)
    await paperSays(done.returnNumber)

    await at.client.desk.go({ to: 'check', unitId: null })
    const looked = checkIn(await scan(at.client, serial))
    if (looked.at !== 'result' || !looked.unit) throw new Error('the unit is not found')
    expect(looked.unit.facts.condition).toBe('to-inspect')
    expect(looked.verdict.findings.purchase.answer).toBe('already-returned')
    expect(looked.timeline.map((entry) => entry.kind)).toEqual(expect.arrayContaining(['sold', 'returned', 'refunded']))

    await at.client.desk.go({ to: 'return', unitId: null })
    const second = returnIn(await scan(at.client, serial))
    if (second.at !== 'assess') throw new Error(`the return is ${second.at}`)
    expect(second.verdict).toMatchObject({ outcome: 'refuse' })
    expect(second.verdict?.reasons[0]).toBe('purchase')
    expect(second.refund).toBeNull()
    await expect(at.client.returns.act({ flowId: second.flowId, action: { do: 'refund' } })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
  })

  it('wants an approval above the limit, and takes it only from somebody who may give it', async () => {
    // The supervisor's own word reaches further; the cashier's does not.
    await at.client.session.signOut()
    await signIn(at.client, 'cashier')
    await at.client.desk.go({ to: 'return', unitId: null })
    let view = returnIn(await at.client.desk.view())
    if (view.at === 'assess') view = returnIn(await at.client.returns.act({ flowId: view.flowId, action: { do: 'start-over' } }))
    const assess = returnIn(await scan(at.client, await example(at.client, 'return-needs-approval')))
    if (assess.at !== 'assess') throw new Error(`the return is ${assess.at}`)
    expect(assess.missing).toContain('approval')
    const { session } = await at.client.desk.view()
    expect(session.at).toBe('signed-in')
    const flowId = assess.flowId
    await expect(at.client.returns.act({ flowId, action: { do: 'approve', note: '' } })).rejects.toMatchObject({ data: { code: 'no-right' } })
    const approver = (await at.client.session.lenders({ right: 'approve-return' })).at(-1)
    const lend = { right: 'approve-return', staffId: approver?.staffId ?? '', reason: 'known customer' } as const
    await expect(at.client.session.stepUp({ ...lend, pin: '0000' })).rejects.toMatchObject({ data: { code: 'wrong-pin' } })
    await at.client.session.stepUp({ ...lend, pin: approver?.demoPin ?? '' })
    const approved = returnIn(await at.client.returns.act({ flowId, action: { do: 'approve', note: '' } }))
    if (approved.at !== 'assess') throw new Error(`the return is ${approved.at}`)
    expect(approved.approvedBy).toBe(approver?.name)
    expect(approved.missing).not.toContain('approval')
  })
})

describe('a check', () => {
  it('answers the seven questions about any unit, with its life, and sells nothing', async () => {
    await at.client.desk.go({ to: 'check', unitId: null })
    const result = checkIn(await scan(at.client, await example(at.client, 'recalled-sold')))
    if (result.at !== 'result') throw new Error('no result')
    expect(Object.keys(result.verdict.findings)).toEqual(['identity', 'purchase', 'warranty', 'stolen', 'recall', 'authenticity', 'custody'])
    expect(result.verdict.findings.recall.answer).toBe('affected')
    expect(result.timeline.length).toBeGreaterThan(1)
  })

  it('never calls an unknown number clear', async () => {
    const result = checkIn(await scan(at.client, 'NEVER-SEEN-77'))
    if (result.at !== 'result') throw new Error('no result')
    expect(result.unit).toBeNull()
    expect(result.verdict.outcome).not.toBe('accept')
    expect(result.verdict.findings.stolen.answer).toBe('unknown')
  })
})
