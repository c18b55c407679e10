import type { VendorPiece } from '../../contract/vendor-view.ts'

/** What stands for its maker: from a return, and from a claim that was sent without a paper. */
const PIECES: readonly VendorPiece[] = [
  {
    unitId: 'u-phone', name: 'Norrvik Fjord 7 Pro', brand: 'Norrvik', serial: '356938035643809', since: '2026-03-12T15:20:00.000Z',
    reason: 'faulty', symptom: null, number: 'T1-G000021', away: null,
  },
  {
    unitId: 'u-drill', name: 'Ferrum BX18', brand: 'Ferrum', serial: 'FB18-7719', since: '2026-03-13T09:05:00.000Z',
    reason: null, symptom: 'Chuck slips under load', number: 'T1-C000008', away: 'Ferrum service, Essen',
  },
]

export const stillVendors = {
  waiting: () => Promise.resolve([...PIECES]),
  piece: () => Promise.resolve(null),
}
