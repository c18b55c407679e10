import { recordDocument } from '../../../electron/core/store/papers.ts'
import type { MoneyTill } from './money-till.ts'

/** So many receipts of one line and a long paper, one a minute: `T1-R000000` for the cable 0, and so on. */
export function printMany(till: MoneyTill, receipts: number): void {
  const block = { kind: 'text', text: 'x'.repeat(60), align: 'left', bold: false, size: 'normal' } as const
  const body = { kind: 'sale', copy: false, demo: false, language: 'en', blocks: Array.from({ length: 30 }, () => block) } as const
  till.ground.store.write((db) => {
    for (let n = 0; n < receipts; n += 1) {
      const digits = String(n).padStart(6, '0')
      recordDocument(db, {
        id: `d-${digits}`, kind: 'sale', number: `T1-R${digits}`, at: new Date(Date.parse('2026-11-01T08:00:00Z') + n * 60_000).toISOString(),
        total_cents: n, summary: `Cable ${n}`, body,
      })
    }
  })
}
