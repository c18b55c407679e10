import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import { PdfWorkshop } from '../../../electron/core/papers/pdf/pdf-workshop.ts'

const ABOUT = { title: 'Receipt', author: 'Shop', at: '2026-11-22T09:00:00.000Z', pictures: new Map<string, Uint8Array>() }
const paper = (lines: number): ReceiptDocument => ({
  kind: 'sale', copy: false, demo: false, language: 'ar',
  blocks: Array.from({ length: lines }, (_, n) => ({ kind: 'text' as const, text: `سطر ${n} · line ${n}`, align: 'left' as const, bold: false, size: 'normal' as const })),
})
let workshop = new PdfWorkshop()
afterEach(async () => {
  await workshop.close()
  workshop = new PdfWorkshop()
})

describe('PDF files are made beside the work of the till', () => {
  it('gives every order its own file, however many come at once', async () => {
    const files = await Promise.all([1, 40, 3].map((lines) => workshop.make(paper(lines), 'a4', ABOUT)))
    for (const file of files) expect(file.subarray(0, 5).toString()).toBe('%PDF-')
    const again = await workshop.make(paper(40), 'a4', ABOUT)
    expect(again.length).toBe(files[1]?.length)
  }, 30_000)

  it('P86: does not keep a scan waiting while a long paper is laid out', async () => {
    await workshop.make(paper(1), 'a4', ABOUT)
    let turns = 0
    let isMade = false
    const made = workshop.make(paper(120), 'a4', ABOUT).then(() => (isMade = true))
    while (!isMade) {
      await sleep(1)
      turns += 1
    }
    await made
    // Laid out here, all of it would be one turn.
    expect(turns).toBeGreaterThan(3)
  }, 30_000)

  it('tells an order that cannot be made any more, because the till is closed', async () => {
    const made = workshop.make(paper(100), 'a4', ABOUT)
    const told = expect(made).rejects.toThrow('closed')
    await workshop.close()
    await told
  }, 30_000)
})
