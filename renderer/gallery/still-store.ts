import type { DeskView } from '../../contract/desk-view.ts'
import type { DevicesView } from '../../contract/device-view.ts'
import { PLAIN_TEMPLATE } from '../../contract/paper-template.ts'
import type { Core } from '../connect.ts'
import type { DeskState, DeskStore } from '../desk/desk-store.ts'
import { stillMending } from './still-mending.ts'
import { stillReceipt } from './still-papers.ts'
import { STILL_MAILS, stillCustomers, stillFigures, stillSearch } from './still-people.ts'
import { stillVendors } from './still-vendors.ts'

/** A desk that stands still: it draws one view, answers questions with fixed papers, and does nothing. */
export function stillStore(view: DeskView | null, link: DeskState['link'] = 'up', refusal: DeskState['refusal'] = null, stepUp: DeskState['stepUp'] = null): DeskStore {
  const state: DeskState = { link, view, busy: false, refusal, stepUp }
  const core = standing({
    customers: stillCustomers, search: stillSearch, figures: stillFigures, papers: stillPapers(view), vendors: stillVendors, demo: stillDemo(), devices: stillDevices(view),
    mending: stillMending,
  })
  return {
    subscribe: () => () => {},
    snapshot: () => state,
    act: () => Promise.resolve(false),
    choose: () => Promise.resolve(false),
    scan: () => Promise.resolve(true),
    ask: (question) => question(core),
    dismissRefusal: () => {},
    lend: () => Promise.resolve(false),
    dismissStepUp: () => {},
  }
}

type Rooms = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Rooms that nothing was drawn for here are asked all the same, and never answer: their cards stay as they begin. */
function standing(rooms: Rooms): Core {
  const silent = () => new Promise<never>(() => {})
  const room = (name: string) => new Proxy({}, { get: (_, call) => rooms[name]?.[String(call)] ?? silent })
  return new Proxy({}, { get: (_, name) => room(String(name)) }) as Core
}

function stillPapers(view: DeskView | null) {
  const hits = [
    hit('sale', 'T1-2026-000347', '2026-03-14T10:40:00.000Z', 288_770, 'Aurora X2, Fjord 7 Pro, …'),
    hit('return', 'R1-2026-000021', '2026-03-14T10:31:00.000Z', -94_900, 'Fjord 7 Pro'),
    hit('sale', 'T1-2026-000346', '2026-03-14T10:26:00.000Z', 17_900, 'Cordless drill BX18'),
    hit('sale', 'T1-2026-000345', '2026-03-14T10:02:00.000Z', 2_980, 'USB-C cable'),
  ]
  return {
    find: () => Promise.resolve(hits),
    view: () => Promise.resolve(stillReceipt(view?.language ?? 'en')),
    template: () => Promise.resolve(PLAIN_TEMPLATE),
    preview: () => Promise.resolve(stillReceipt(view?.language ?? 'en')),
    mails: () => Promise.resolve([...STILL_MAILS]),
    mailSettings: () => Promise.resolve({ settings: null, hasPassword: false }),
  }
}

function hit(kind: string, number: string, at: string, total_cents: number, summary: string) {
  return { documentId: number, kind, number, at, total_cents, summary }
}

function stillDemo() {
  const examples = [
    { story: 'in-stock', text: 'HX2-0048213', name: 'Halden Aurora X2', price_cents: 189_900 },
    { story: 'sold', text: '356938035643809', name: 'Norrvik Fjord 7 Pro', price_cents: 94_900 },
    { story: 'plain', text: '4012345678918', name: 'USB-C cable 2 m', price_cents: 1_490 },
    { story: 'gs1', text: ']d2010401234567890121HX2-0048213\u001D', name: 'Halden Aurora X2', price_cents: 189_900 },
    { story: 'stolen', text: 'FB18-7719', name: 'Ferrum BX18', price_cents: 17_900 },
  ]
  return { examples: () => Promise.resolve(examples) }
}

function stillDevices(view: DeskView | null) {
  const explained = {
    bytesHex: '5d 64 32 30 31 30 34 30 31 32',
    aim: ']d2',
    readings: [
      {
        what: 'GS1 DataMatrix',
        ok: true,
        code: null,
        fields: [
          { name: 'GTIN (01)', value: '04012345678901' },
          { name: 'Serial (21)', value: 'HX2-0048213' },
        ],
      },
      { what: 'IMEI', ok: false, code: 'wrong-length', fields: [] },
    ],
  }
  const more = {
    opened: 2, lost: 1, bytesIn: 4_096, bytesOut: 12, noisy: false, lastEvent: 'scan', why: null, saysOfItself: null,
    canForget: true, taping: false, test: null, pad: null, terminal: null, untried: false, opensAt: null,
  } as const
  const devices: DevicesView = {
    devices: (view?.devices ?? []).map((device) => ({ ...device, ...more })),
    found: [{ address: 'hid:1eab:1d10', name: 'Newland FM430', roles: ['scanner'], practice: false }],
    troubles: [],
    practice: null,
    exit: null,
    tagPasswords: { access: false, kill: false },
    tillKey: 'none',
  }
  return { explain: () => Promise.resolve(explained), health: () => Promise.resolve(devices), traffic: () => Promise.resolve([]) }
}
