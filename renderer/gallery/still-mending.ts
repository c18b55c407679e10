import type { MendingView, MendReport } from '../../contract/mending-view.ts'

const HAD = { receipts: 12_480, lastReceipt: 'T1-2026-000346', lastAt: '2026-03-14T10:26:00.000Z', events: 96_214 }

const DAMAGED: MendingView = {
  what: 'damaged',
  detail: 'database disk image is malformed (11): on page 4711 of shop.db',
  centre: 'https://centre.example',
  damaged: HAD,
  copy: { ...HAD, receipts: 12_431, lastReceipt: 'T1-2026-000297', lastAt: '2026-03-13T18:58:00.000Z', events: 95_870, day: '2026-03-13' },
  ways: ['save', 'copy', 'empty'],
  support: '{}',
}

const MENDED: MendReport = {
  at: '2026-03-14T10:45:00.000Z', way: 'save', aside: 'shop.db.damaged-2026-03-14', kept: HAD, eventsFromCentre: 3, eventsAgain: 0, eventsLost: 1,
  notWhole: ['print_jobs'], letters: { before: 'T1', now: 'T1B' },
}

/** A shop whose file is damaged, and what became of it when somebody has chosen. */
export const stillMending = { look: () => Promise.resolve(DAMAGED), mend: () => Promise.resolve(MENDED) }
