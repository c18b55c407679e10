import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ReceiptDocument } from '../../../../contract/receipt.ts'
import { pdfOf, type PdfAbout, type PdfFormat } from './paper-pdf.ts'
import type { PdfAnswer, PdfOrder } from './pdf-worker.ts'

/** A thread with its fonts costs some 60 MB: it is given back when nobody has wanted a PDF for a while. */
const IDLE_MS = 30_000

/** Beside the sources, or beside the built program. */
function workerFile(): string | null {
  const near = ['pdf-worker.ts', 'pdf-worker.js', '../pdf-worker.js'].map((name) => join(import.meta.dirname, name))
  return near.find((file) => existsSync(file)) ?? null
}

/** The other side of an order that is being worked on. */
interface Waiting {
  readonly order: PdfOrder
  readonly made: (bytes: Buffer) => void
  readonly failed: (error: Error) => void
}

/**
 * Makes PDF files in a thread of its own. Where a thread cannot be had, or dies, its orders are made here: slower for
 * the till, and nobody goes without his paper.
 */
export class PdfWorkshop {
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #orders = 0
  #idle: NodeJS.Timeout | null = null

  make(document: ReceiptDocument, format: PdfFormat, about: PdfAbout): Promise<Buffer> {
    this.#orders += 1
    const order: PdfOrder = { order: this.#orders, document, format, about }
    return new Promise((made, failed) => {
      this.#waiting.set(order.order, { order, made, failed })
      if (this.#idle !== null) clearTimeout(this.#idle)
      this.#thread()?.postMessage(order)
      if (this.#worker === null) this.#makeHere()
    })
  }

  async close(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle)
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { failed } of all) failed(new Error('the till was closed'))
  }

  /** Null where the program was taken apart and the thread's file is not beside it. */
  #thread(): Worker | null {
    if (this.#worker) return this.#worker
    const file = workerFile()
    if (file === null) return null
    const worker = new Worker(file)
    // A till that is asked to stop does not wait for a PDF nobody will read.
    worker.unref()
    worker.on('message', (answer: PdfAnswer) => this.#heard(answer))
    worker.on('error', () => this.#lost(worker))
    worker.on('exit', () => this.#lost(worker))
    this.#worker = worker
    return worker
  }

  #heard(answer: PdfAnswer): void {
    const waiting = this.#waiting.get(answer.order)
    this.#waiting.delete(answer.order)
    if ('bytes' in answer) waiting?.made(Buffer.from(answer.bytes))
    else waiting?.failed(new Error(answer.trouble))
    if (this.#waiting.size > 0) return
    this.#idle = setTimeout(() => {
      void this.#worker?.terminate()
      this.#worker = null
    }, IDLE_MS)
    this.#idle.unref()
  }

  #lost(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = null
    this.#makeHere()
  }

  #makeHere(): void {
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { order, made, failed } of all) pdfOf(order.document, order.format, order.about).then(made, failed)
  }
}
