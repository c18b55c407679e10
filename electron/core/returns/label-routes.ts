import { productName } from '../../../contract/product-name.ts'
import type { Deed } from '../flows/deed.ts'
import { routingPaper, type RoutedLine } from '../papers/routing-slip.ts'
import { queueJob, recordDocument } from '../store/papers.ts'

/** What goes with each returned piece, as a paper of its own each, for the label printer. */
export function labelRoutes(deed: Deed, number: string, lines: readonly RoutedLine[], at: string): void {
  const { ground, db } = deed
  lines.forEach((line, index) => {
    const documentId = ground.newId()
    const body = routingPaper(number, line, deed.setting)
    const summary = [productName(line.product), line.unit?.aliases[0]?.value ?? line.serial].filter(Boolean).join(' ').slice(0, 500)
    recordDocument(db, { id: documentId, kind: body.kind, number: `${number}-${index + 1}`, at, total_cents: 0, summary, body })
    queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: false, at })
  })
}
