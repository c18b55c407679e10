import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMeant, type Campaign, type Piece, type PieceRule } from '../../../contract/campaign.ts'
import type { Flag } from '../../../contract/unit.ts'
import { withCampaigns } from '../../../contract/campaign-flags.ts'

const piece = (number: string, more: Partial<Piece> = {}): Piece => ({ numbers: [number], lot: null, producedOn: null, ...more })
const campaign = (rule: PieceRule): Campaign => ({
  reference: 'RC-1', productId: 'p', rule, openedOn: '2026-05-01', reason: 'The fork can crack', remedy: 'New fork', source: 'Maker', stopUse: true,
})

describe('a campaign means', () => {
  const cases: readonly [string, PieceRule, Piece, boolean][] = [
    ['every piece of the product', { by: 'product' }, piece('X1'), true],
    ['a serial on its list', { by: 'serials', serials: ['X1', 'X2'] }, piece('X2'), true],
    ['no serial beside its list', { by: 'serials', serials: ['X1', 'X2'] }, piece('X3'), false],
    ['the first of a range', { by: 'range', from: 'WB26-00100', to: 'WB26-00199' }, piece('WB26-00100'), true],
    ['the last of a range', { by: 'range', from: 'WB26-00100', to: 'WB26-00199' }, piece('WB26-00199'), true],
    ['none after a range', { by: 'range', from: 'WB26-00100', to: 'WB26-00199' }, piece('WB26-00200'), false],
    ['no number of another form', { by: 'range', from: 'WB26-00100', to: 'WB26-00199' }, piece('WB27-00150'), false],
    ['a range of very long numbers', { by: 'range', from: '99999999999999999990', to: '99999999999999999999' }, piece('99999999999999999995'), true],
    ['a lot', { by: 'lot', lots: ['L7'] }, piece('X1', { lot: 'L7' }), true],
    ['no piece whose lot nobody knows', { by: 'lot', lots: ['L7'] }, piece('X1'), false],
    ['the days of production, both ends', { by: 'produced', from: '2026-01-01', to: '2026-01-31' }, piece('X1', { producedOn: '2026-01-31' }), true],
    ['no piece made later', { by: 'produced', from: '2026-01-01', to: '2026-01-31' }, piece('X1', { producedOn: '2026-02-01' }), false],
    ['no piece whose day nobody knows', { by: 'produced', from: '2026-01-01', to: '2026-01-31' }, piece('X1'), false],
    ['a pattern', { by: 'pattern', pattern: 'AB??-*7' }, piece('AB12-99997'), true],
    ['no number beside a pattern', { by: 'pattern', pattern: 'AB??-*7' }, piece('AB12-99998'), false],
    ['a pattern of only a star', { by: 'pattern', pattern: '*' }, piece(''), true],
  ]
  it.each(cases)('%s', (_, rule, about, meant) => expect(isMeant(rule, about)).toBe(meant))

  it('by any number that is or was on the piece: makers announce the first label', () => {
    expect(isMeant({ by: 'serials', serials: ['OLD'] }, { numbers: ['NEW', 'OLD'], lot: null, producedOn: null })).toBe(true)
  })

  it('in no more than a blink, whatever the pattern: stars upon stars are walked once', () => {
    const rule: PieceRule = { by: 'pattern', pattern: '*a'.repeat(60) }
    expect(isMeant(rule, piece('a'.repeat(127) + 'b'))).toBe(false)
  })

  it('every number of a range between its ends, and none outside', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(99_999), fc.nat(99_999), (a, b, n) => {
        const name = (number: number) => `S${String(number).padStart(5, '0')}`
        const [low, high] = a <= b ? [a, b] : [b, a]
        expect(isMeant({ by: 'range', from: name(low), to: name(high) }, piece(name(n)))).toBe(n >= low && n <= high)
      }),
    )
  })
})

describe('the flags of a piece', () => {
  const remedied: Flag = { kind: 'recall-remedied', source: 'Us', at: '2026-06-01T00:00:00.000Z', reason: 'New fork', reference: 'RC-1' }

  it('get one of a campaign that means it, with its source and reason', () => {
    expect(withCampaigns([], [campaign({ by: 'product' })], piece('X1'))).toEqual([
      { kind: 'recall', source: 'Maker', at: '2026-05-01T00:00:00.000Z', reason: 'The fork can crack', reference: 'RC-1' },
    ])
  })

  it('stay as they are where the campaign was put right on this piece', () => {
    expect(withCampaigns([remedied], [campaign({ by: 'product' })], piece('X1'))).toEqual([remedied])
  })

  it('stay as they are where the centre has set the flag itself', () => {
    const told: Flag = { ...remedied, kind: 'recall' }
    expect(withCampaigns([told], [campaign({ by: 'product' })], piece('X1'))).toEqual([told])
  })
})
