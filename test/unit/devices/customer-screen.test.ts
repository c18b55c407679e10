import { describe, expect, it } from 'vitest'
import { CustomerScreen } from '../../../contract/customer-screen.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import { cents } from '../../../contract/money.ts'
import type { SaleView } from '../../../contract/sale-view.ts'
import { customerScreen } from '../../../electron/core/devices/customer-screen.ts'

const LINE = {
  lineId: 'l1', tracking: 'unit', productId: 'p', unitId: 'u', brand: 'Velmara', name: 'Velmara 7', variant: '128 GB', gtin: null,
  picture: 'phone', aliases: [{ kind: 'serial', value: 'SN-4711' }], lot: null, expiry: null, quantity: 1, unitPrice_cents: 59_900,
  discount_cents: 0, total_cents: 59_900, taxRate_bp: 1900, verdict: { outcome: 'ask-staff', quiet: true },
}
const cart = {
  flowId: 'f', lines: [LINE], notice: { id: 'n', tone: 'quiet', code: 'stolen-quiet', params: {}, at: '' },
  totals: { currency: 'EUR', gross_cents: 59_900, net_cents: null, discount_cents: 0, taxes: [], pieces: 1 },
}
const desk = (sale: object | null): DeskView =>
  ({
    store: { storeId: 's', name: 'Velo & Phone', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' }, language: 'de',
    session: { at: 'signed-in', person: { staffId: 'x', name: 'Ada Lang', role: 'cashier', rights: [] }, since: '', grant: null },
    front: sale === null ? { screen: 'home' } : { screen: 'sale', sale: sale as SaleView },
  }) as unknown as DeskView

describe('what the customer reads', () => {
  it('is the shop’s name while nothing is sold', () => {
    expect(customerScreen(desk(null)).show).toEqual({ at: 'idle' })
    expect(customerScreen(desk({ ...cart, at: 'open', lines: [], question: null, undo: null })).show).toEqual({ at: 'idle' })
  })

  it('is what is bought and what it costs', () => {
    const screen = customerScreen(desk({ ...cart, at: 'open', question: null, undo: null }))
    expect(screen).toMatchObject({ shop: 'Velo & Phone', language: 'de', currency: 'EUR' })
    expect(screen.show).toMatchObject({ at: 'cart', total_cents: 59_900, lines: [{ name: 'Velmara 7', quantity: 1, total_cents: 59_900 }] })
  })

  it('is the tax too, where the prices of the lines are net: the lines and it lead to the total', () => {
    const net = { ...cart, totals: { ...cart.totals, net_cents: 59_900, gross_cents: 71_281 } }
    expect(customerScreen(desk({ ...net, at: 'open' })).show).toMatchObject({ tax_cents: 11_381, total_cents: 71_281 })
    expect(customerScreen(desk({ ...cart, at: 'open' })).show).toMatchObject({ tax_cents: null })
  })

  it('is what is still to pay after a part was paid, and what to do at the card terminal', () => {
    const tenders = [{ tenderId: 't', kind: 'cash', amount_cents: 10_000, given_cents: 10_000, change_cents: 0 }]
    expect(customerScreen(desk({ ...cart, at: 'tendering', tenders, due_cents: 49_900 })).show).toMatchObject({
      at: 'to-pay', given_cents: 10_000, due_cents: 49_900, card: null,
    })
    expect(customerScreen(desk({ ...cart, at: 'asking-terminal', tenders, progress: 'insert-card' })).show).toMatchObject({
      due_cents: 49_900, card: 'insert-card',
    })
  })

  it('is the change, and thanks', () => {
    const tenders = [{ tenderId: 't', kind: 'cash', amount_cents: 59_900, given_cents: 60_000, change_cents: 100 }]
    const { show } = customerScreen(desk({ ...cart, at: 'paid', saleId: 's', receiptNumber: 'T1-R1', tenders, change_cents: cents(100) }))
    expect(show).toEqual({ at: 'paid', total_cents: 59_900, given_cents: 60_000, change_cents: 100 })
  })

  it('never holds a name of staff, a verdict, a remark or the number of a piece', () => {
    for (const at of ['open', 'tendering', 'asking-terminal', 'paid'] as const) {
      const screen = customerScreen(desk({ ...cart, at, tenders: [], due_cents: 59_900, change_cents: 0, progress: null, question: null, undo: null }))
      expect(CustomerScreen.parse(screen)).toEqual(screen)
      expect(JSON.stringify(screen)).not.toMatch(/Ada|4711|quiet|stolen|ask-staff/)
    }
  })
})
