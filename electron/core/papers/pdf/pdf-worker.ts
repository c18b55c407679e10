import { parentPort } from 'node:worker_threads'
import type { ReceiptDocument } from '../../../../contract/receipt.ts'
import { pdfOf, type PdfAbout, type PdfFormat } from './paper-pdf.ts'

/** One file to be made. Pictures come as plain bytes: a thread gets copies, never views of another's memory. */
export interface PdfOrder {
  readonly order: number
  readonly document: ReceiptDocument
  readonly format: PdfFormat
  readonly about: PdfAbout
}

export type PdfAnswer = { readonly order: number } & ({ readonly bytes: Uint8Array } | { readonly trouble: string })

/** The thread that lays out PDF files, so that a long document never keeps a scan waiting. */
parentPort?.on('message', ({ order, document, format, about }: PdfOrder) => {
  pdfOf(document, format, about).then(
    (bytes) => parentPort?.postMessage({ order, bytes: new Uint8Array(bytes) } satisfies PdfAnswer),
    (error: unknown) =>
      parentPort?.postMessage({ order, trouble: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies PdfAnswer),
  )
})
