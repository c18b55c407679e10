import type { Span } from '../../contract/report-calls.ts'
import { hub } from '../client.ts'
import { Table } from '../parts/table.tsx'
import { useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

/** What left the books without a sale, and what turned up again. */
export function Losses({ span }: { span: Span }) {
  const { t, number, money } = useFaceWords()
  const rows = useCall(() => hub.reports.losses(span), [span.from, span.to, span.storeId])
  return (
    <section className="section">
      <h2 className="chart__title">{t('reports.losses')}</h2>
      <Table
        label={t('reports.losses')}
        sortedAs="losses-sort"
        rows={rows.value}
        trouble={rows.trouble}
        keyOf={(row) => `${row.why} ${row.currency}`}
        empty={<p>{t('reports.no-losses')}</p>}
        columns={[
          { id: 'why', title: t('common.why'), render: (row) => t(`loss.${row.why}`) },
          { id: 'pieces', by: (row) => row.pieces, title: t('reports.pieces'), isFigure: true, render: (row) => number(row.pieces) },
          { id: 'value', by: (row) => row.value_cents, title: t('reports.value'), isFigure: true, render: (row) => money(row.value_cents, row.currency) },
        ]}
      />
    </section>
  )
}

/** What suppliers brought, and how. */
export function Deliveries({ span }: { span: Span }) {
  const { t, number } = useFaceWords()
  const rows = useCall(() => hub.reports.deliveries(span), [span.from, span.to, span.storeId])
  return (
    <section className="section">
      <h2 className="chart__title">{t('reports.deliveries')}</h2>
      <Table
        label={t('reports.deliveries')}
        sortedAs="deliveries-sort"
        rows={rows.value}
        trouble={rows.trouble}
        keyOf={(row) => row.supplier}
        empty={<p>{t('reports.no-deliveries')}</p>}
        columns={[
          { id: 'supplier', by: (row) => row.supplier, title: t('rate-by.supplier'), render: (row) => (row.supplier === '' ? '–' : <bdi>{row.supplier}</bdi>) },
          { id: 'received', by: (row) => row.received, title: t('reports.pieces'), isFigure: true, render: (row) => number(row.received) },
          { id: 'damaged', by: (row) => row.damaged, title: t('reports.damaged'), isFigure: true, render: (row) => number(row.damaged) },
          { id: 'late', by: (row) => row.late, title: t('reports.late'), isFigure: true, render: (row) => number(row.late) },
          { id: 'unannounced', by: (row) => row.unannounced, title: t('reports.unannounced'), isFigure: true, render: (row) => number(row.unannounced) },
          { id: 'days', by: (row) => row.medianDays, title: t('reports.lead-days'), isFigure: true, render: (row) => (row.medianDays === null ? '–' : number(row.medianDays)) },
        ]}
      />
    </section>
  )
}
