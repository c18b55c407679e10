import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseLabelPrinter, type LabelPrinterSetting } from '../../../electron/core/devices/device-settings.ts'
import { LineWatch } from '../../../electron/core/devices/line-watch.ts'
import { setMeta } from '../../../electron/core/store/meta.ts'
import { LabelPrinting } from '../../../electron/core/printing/label-printing.ts'
import { RoutingLabels } from '../../../electron/core/printing/routing-labels.ts'
import { documentOf, jobsGoingOn } from '../../../electron/core/store/papers.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { systemClock } from '../../../native/clock.ts'
import { at, lookOver, ShopFloor } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
let server: Server
let received: Buffer[]
let labels: LabelPrinting
let port: number
let kicked: number

const floorWith = (hasLabelPrinter: boolean): ShopFloor => {
  const one = new ShopFloor('counter', 'T1', { hasPrinter: () => true, hasLabelPrinter: () => hasLabelPrinter })
  one.enter('manager')
  return one
}

beforeEach(async () => {
  received = []
  kicked = 0
  server = createServer((socket) => socket.on('data', (bytes: Buffer) => received.push(bytes)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ;({ port } = server.address() as AddressInfo)
  floor = floorWith(true)
})
afterEach(async () => {
  await labels?.close()
  server.close()
  floor.close()
})

/** The label printer at the other end of a real line, and beside it a receipt printer. */
function queue(): RoutingLabels {
  const { ground } = floor
  const setting = parseLabelPrinter(`tcp://127.0.0.1:${port}?size=50x30`) as LabelPrinterSetting
  labels = new LabelPrinting({ ground, setting, clock: systemClock, watch: new LineWatch(systemClock), changed: () => undefined })
  return new RoutingLabels({
    ground, print: (slip) => labels.printSlip(slip), changed: () => undefined,
    other: () => ({ kick: () => void (kicked += 1) }),
  })
}

function takeBack(): string {
  const [piece] = floor.fresh('audio')
  floor.sell([piece?.serial ?? ''])
  floor.goReturn()
  floor.scanReturn(piece?.serial ?? '')
  lookOver(floor)
  at(floor.return({ do: 'refund' }), 'done')
  return piece?.serial ?? ''
}

const routed = (): { id: string; number: string; state: string; why: string | null }[] =>
  sql(floor.ground.store.reading, "SELECT j.id, d.number, j.state, j.why FROM print_jobs j JOIN documents d ON d.id = j.document_id WHERE d.kind = 'routing'").all() as never
const returnPaper = (): string => {
  const { id } = sql(floor.ground.store.reading, "SELECT id FROM documents WHERE kind = 'return'").get() as { id: string }
  return JSON.stringify(documentOf(floor.ground.store.reading, id)?.body)
}

describe('what goes with a returned piece', () => {
  it('comes out of the label printer: where it goes, what it is, and its number as a code; the customer’s paper has no slip', async () => {
    const serial = takeBack()
    const routing = queue()
    routing.kick()
    await expect.poll(() => routed()[0]).toMatchObject({ number: 'T1-G000001-1', state: 'printed' })
    const zpl = Buffer.concat(received).toString('utf8')
    expect(zpl).toMatch(/^\^XA[^]*\^XZ\n$/)
    expect(zpl).toContain('Weiter an: ')
    expect(zpl).toMatch(new RegExp(`\\^BXN,\\d+,200,,,,_\\^FH\\\\\\^FD${serial}\\^FS`))
    expect(zpl).toContain('T1-G000001')
    expect(returnPaper()).not.toContain('Laufzettel')
  })

  it('is the slip behind the knife, as ever, where there is no label printer', () => {
    floor.close()
    floor = floorWith(false)
    takeBack()
    expect(routed()).toEqual([])
    expect(returnPaper()).toContain('Laufzettel')
  })

  it('is left to the receipt printer when the label printer is not there, and to nobody else', async () => {
    server.close()
    takeBack()
    const routing = queue()
    routing.kick()
    await expect.poll(() => kicked).toBe(1)
    const [job] = jobsGoingOn(floor.ground.store.reading).filter(({ id }) => id === routed()[0]?.id)
    expect(job).toMatchObject({ state: 'waiting' })
    expect(routing.takes(job!)).toBe(false)
  })

  it('waits with its reason where there is no other printer', async () => {
    takeBack()
    const print = () => Promise.resolve({ outcome: 'not-printed', why: 'cannot-be-coded' } as const)
    new RoutingLabels({ ground: floor.ground, print, changed: () => undefined, other: () => null }).kick()
    await expect.poll(() => routed()[0]).toMatchObject({ state: 'not-printed', why: 'cannot-be-coded' })
  })

  it('is asked about when the till went down while it was on its way', () => {
    takeBack()
    floor.ground.store.write((db) => sql(db, "UPDATE print_jobs SET state = 'printing' WHERE id = ?").run(routed()[0]?.id))
    queue()
    expect(routed()[0]).toMatchObject({ state: 'unknown', why: 'power' })
  })

  it('has Arabic drawn on a label whose printer has no such letters', async () => {
    floor.ground.store.write((db) => setMeta(db, 'language', 'ar'))
    takeBack()
    queue().kick()
    await expect.poll(() => routed()[0]?.state).toBe('printed')
    const zpl = Buffer.concat(received).toString('utf8')
    const pictures = [...zpl.matchAll(/\^GFA,(\d+),\1,(\d+),([0-9A-F]+)\^FS/g)]
    expect(pictures.length).toBeGreaterThan(1)
    for (const [, bytes, across, hex] of pictures) {
      expect(hex).toHaveLength(2 * Number(bytes))
      expect(Number(across) * 8).toBeLessThanOrEqual(400)
      expect(hex).toMatch(/[1-9A-F]/)
    }
  })
})
