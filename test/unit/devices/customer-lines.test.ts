import { describe, expect, it } from 'vitest'
import type { DeskView } from '../../../contract/desk-view.ts'
import { customerLines } from '../../../electron/core/devices/customer-lines.ts'
import { padFlowOf } from '../../../electron/core/devices/pad-cart.ts'
import { DISPLAY_COLUMNS } from '../../../native/displays/display-text.ts'

/** As much of a view as the customer's display looks at. */
const view = (front: unknown): DeskView => ({ language: 'en', store: { name: 'Morgenrot Berlin' }, front }) as unknown as DeskView
const cart = {
  flowId: 'f1',
  lines: [{ name: 'Fjord 7 Pro with a very long name', quantity: 2, total_cents: 189_800 }],
  totals: { currency: 'EUR', gross_cents: 189_800 },
  notice: { tone: 'quiet', code: 'stolen-quiet' },
}

describe('what the customer reads', () => {
  it('is the shop when nothing goes on, and while nothing is in the cart', () => {
    expect(customerLines(view({ screen: 'home' }))).toEqual({ upper: 'Morgenrot Berlin', lower: '' })
    expect(customerLines(view({ screen: 'sale', sale: { at: 'open', ...cart, lines: [] } })).upper).toBe('Morgenrot Berlin')
    expect(customerLines(view({ screen: 'check', check: {} })).upper).toBe('Morgenrot Berlin')
  })

  it('is the last piece and the total, each amount whole whatever the name', () => {
    const { upper, lower } = customerLines(view({ screen: 'sale', sale: { at: 'open', ...cart } }))
    expect(upper).toMatch(/^2x Fjor.* .*1,898\.00$/)
    expect(lower).toMatch(/^TOTAL .*1,898\.00$/)
    for (const line of [upper, lower]) expect(line).toHaveLength(DISPLAY_COLUMNS)
  })

  it('is what was given and what comes back when it is paid', () => {
    const paid = { at: 'paid', ...cart, tenders: [{ given_cents: 200_000 }], change_cents: 10_200 }
    const { upper, lower } = customerLines(view({ screen: 'sale', sale: paid }))
    expect(upper).toMatch(/^Given .*2,000\.00$/)
    expect(lower).toMatch(/^Change .*102\.00$/)
  })
})

describe('the radio of a pad', () => {
  const at = (front: unknown) => padFlowOf(front as DeskView['front'])

  it('is wanted by a sale until it is paid, and by whoever waits for one piece', () => {
    expect(at({ screen: 'sale', sale: { at: 'open', ...cart } })).toMatchObject({ key: 'f1', mode: 'cart', learn: true })
    expect(at({ screen: 'sale', sale: { at: 'tendering', ...cart } })).toMatchObject({ key: 'f1' })
    expect(at({ screen: 'kiosk', kiosk: { at: 'scan', flowId: 'k1' } })).toEqual({ key: 'k1', mode: 'one', learn: false })
    expect(at({ screen: 'return', return: { at: 'scan', flowId: 'r1' } })).toMatchObject({ mode: 'one' })
  })

  it('is wanted by nobody else', () => {
    for (const front of [
      { screen: 'home' }, { screen: 'sale', sale: { at: 'paid', ...cart } }, { screen: 'kiosk', kiosk: { at: 'start', flowId: 'k1' } },
      { screen: 'return', return: { at: 'assess', flowId: 'r1' } }, { screen: 'check', check: { at: 'result', flowId: 'c1' } },
    ])
      expect(at(front)).toBeNull()
  })
})
