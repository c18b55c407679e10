import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PHOTO_BYTES_MAX, PHOTOS_MAX } from '../../../contract/case-view.ts'
import { addPhoto, exported, fileOf, note, photographPiece, settle } from '../../../electron/core/cases/case-desk.ts'
import { caseRows } from '../../../electron/core/cases/case-views.ts'
import { typeOf } from '../../../electron/core/cases/photos.ts'
import { at, lookOver, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('cashier')
})
afterEach(() => floor.close())

/** The first bytes of a JPEG and something behind them: what is kept is told apart by its content. */
const picture = (n: number, size = 64): string => {
  const bytes = Buffer.alloc(size, n)
  bytes.set([0xff, 0xd8, 0xff, 0xe0])
  return bytes.toString('base64')
}

/** A stolen piece comes to the counter and is handed over with a photograph. */
function handOver(): string {
  floor.goReturn()
  const view = floor.scanReturn(floor.story('stolen'))
  shown(photographPiece(floor.desk, view.flowId, picture(1)))
  return at(floor.return({ do: 'hand-over' }), 'handed-over').caseId
}

describe('the file of a case', () => {
  it('holds the verdict with its facts, what was seen, the photographs and every note, in their order', () => {
    const caseId = handOver()
    expect(caseRows(floor.ground, 'open').map((row) => [row.caseId, row.kind, row.quiet, row.photos])).toEqual([[caseId, 'refused', true, 1]])
    note(floor.desk, caseId, 'Customer left before the colleague came.')
    addPhoto(floor.desk, caseId, picture(2))
    const closed = settle(floor.desk, caseId, 'closed', 'Police told.')
    if (!closed.ok) throw new Error(closed.fault.code)
    expect(closed.value.entries.map(({ kind }) => kind)).toEqual(['opened', 'note', 'photo', 'closed'])
    expect(closed.value).toMatchObject({ state: 'closed', verdict: { quiet: true }, photoNotes: [{}, {}] })
    expect(caseRows(floor.ground, 'open')).toEqual([])
    expect(caseRows(floor.ground, 'all')).toHaveLength(1)
  })

  it('is written by nobody without a word, not after it was closed, and opened again only with a reason', () => {
    const caseId = handOver()
    expect(note(floor.desk, caseId, '   ')).toMatchObject({ ok: false, fault: { code: 'reason-missing' } })
    settle(floor.desk, caseId, 'closed', 'done')
    expect(note(floor.desk, caseId, 'one more')).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    expect(settle(floor.desk, caseId, 'closed', 'again')).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    expect(settle(floor.desk, caseId, 'reopened', 'police asked')).toMatchObject({ ok: true, value: { state: 'open' } })
    expect(note(floor.desk, 'nobody', 'x')).toMatchObject({ ok: false, fault: { code: 'no-such-case' } })
  })

  it('leaves the house as one page that a person and a program can read, and says that it did', () => {
    const caseId = handOver()
    note(floor.desk, caseId, 'He said <b>his brother</b> & friend bought it.')
    const out = exported(floor.desk, caseId)
    if (!out.ok) throw new Error(out.fault.code)
    const page = Buffer.from(out.value.base64, 'base64').toString('utf8')
    expect(page).toContain('&lt;b&gt;his brother&lt;/b&gt; &amp; friend')
    const json = /<script type="application\/json" id="countermark-case">(.*)<\/script>/s.exec(page)?.[1] ?? ''
    const told = JSON.parse(json) as { case: { caseId: string }; photos: { sha256: string; base64: string; whole: boolean }[]; decidedOn: unknown; life: unknown[] }
    expect(told.case.caseId).toBe(caseId)
    expect(told.decidedOn).not.toBeNull()
    const [photo] = told.photos
    expect(createHash('sha256').update(Buffer.from(photo?.base64 ?? '', 'base64')).digest('hex')).toBe(photo?.sha256)
    const file = fileOf(floor.desk, caseId)
    expect(file.ok && file.value.entries.at(-1)?.kind).toBe('exported')
  })
})

describe('a photograph', () => {
  function atPiece(): string {
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''])
    floor.goReturn()
    return floor.scanReturn(piece?.serial ?? '').flowId
  }

  it('too large is refused with words, and nothing is kept of it', () => {
    const flowId = atPiece()
    expect(photographPiece(floor.desk, flowId, picture(1, PHOTO_BYTES_MAX + 3))).toMatchObject({ ok: false, fault: { code: 'photo-too-large' } })
    expect(at(floor.return({ do: 'give-reason', reason: 'gift' }), 'assess').photos).toEqual([])
  })

  it('that is none is refused by its first bytes, whatever it is called', () => {
    expect(photographPiece(floor.desk, atPiece(), Buffer.from('<svg onload=alert(1)>').toString('base64'))).toMatchObject({ ok: false, fault: { code: 'unusable-picture' } })
    expect(typeOf(Buffer.from('GIF89a'))).toBeNull()
    expect(typeOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('image/png')
  })

  it('twice is one, and a ninth is too many', () => {
    const flowId = atPiece()
    for (let n = 0; n < PHOTOS_MAX; n += 1) shown(photographPiece(floor.desk, flowId, picture(n)))
    shown(photographPiece(floor.desk, flowId, picture(0)))
    expect(photographPiece(floor.desk, flowId, picture(99))).toMatchObject({ ok: false, fault: { code: 'too-many-photos' } })
    expect(at(floor.return({ do: 'give-reason', reason: 'gift' }), 'assess').photos).toHaveLength(PHOTOS_MAX)
  })

  it('stands with its hash in the evidence of the return', () => {
    const flowId = atPiece()
    shown(photographPiece(floor.desk, flowId, picture(7)))
    lookOver(floor)
    const done = at(floor.return({ do: 'refund' }), 'done')
    const seen = floor.ground.store.reading.prepare('SELECT looked_at FROM return_lines WHERE return_id = ?').pluck().get(done.returnId) as string
    const { photos } = JSON.parse(seen) as { photos: string[] }
    expect(floor.ground.store.reading.prepare('SELECT hash FROM photos WHERE id = ?').pluck().get(photos[0])).toMatch(/^[0-9a-f]{64}$/)
  })
})
