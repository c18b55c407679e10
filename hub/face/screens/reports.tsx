import { Sheet } from 'lucide-react'
import { useState } from 'react'
import { csvText } from '../../../contract/csv.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import type { Language } from '../../../contract/ids.ts'
import { LANGUAGES } from '../../../contract/words/languages.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { DayField } from '../../../renderer/parts/day-field.tsx'
import { Chart } from '../charts/chart.tsx'
import { Ranking } from '../charts/ranking.tsx'
import { RateBy, type DayAmount, type RateRow } from '../../contract/report-calls.ts'
import { useAddress } from '../address.ts'
import { hub } from '../client.ts'
import { dayIn } from '../parts/day-in.ts'
import { Choice } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { saveText } from '../parts/save-text.ts'
import { Table } from '../parts/table.tsx'
import { useCall, type Called } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { Deliveries, Losses } from './stock-reports.tsx'

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
/** As many as the chart has patterns for; beyond it the stores are drawn together, and one is seen by choosing it. */
const STORES_DRAWN_MAX = 4
/** What is drawn of a long table: its first rows, the worst. */
const RANKED_MAX = 10
const BUCKETS = ['30', '90', '180', '365', 'older'] as const
const FRAUDS = ['stolen', 'counterfeit', 'second-return', 'wrong-piece', 'conflict', 'other'] as const

/** What the shops did in a span of days, drawn and as figures. */
export function ReportsScreen() {
  const { t } = useFaceWords()
  const address = useAddress()
  const [today] = useState(Date.now)
  const from = dayIn(address.get('from')) ?? isoDay(today - 29 * DAY_MS)
  const to = dayIn(address.get('to')) ?? isoDay(today)
  const storeId = address.get('store')
  const stores = useCall(() => hub.catalogue.stores(), [])
  const span = { from, to, storeId: storeId === '' ? null : storeId }
  const isSpan = from <= to
  return (
    <Page title={t('place.reports')} lead={t('reports.lead')}>
      <div className="filters">
        <DayField label={t('reports.from')} day={from} onDay={(day) => address.set({ from: day ?? '' })} />
        <DayField label={t('reports.to')} day={to} onDay={(day) => address.set({ to: day ?? '' })} />
        <Choice label={t('common.store')} value={storeId} choices={[{ id: '', words: t('common.all-stores') }, ...(stores.value ?? []).map(({ id, name }) => ({ id, words: name }))]} onChange={(store) => address.set({ store })} />
      </div>
      {isSpan ? <Figures span={span} /> : <p className="empty">{t('reports.wrong-days')}</p>}
    </Page>
  )
}

interface SpanProps {
  readonly span: { readonly from: string; readonly to: string; readonly storeId: string | null }
}

/** Each part asks for itself: what is ready is seen while the rest still comes. */
function Figures({ span }: SpanProps) {
  return (
    <>
      <div className="charts">
        <Sales span={span} />
        <Frauds span={span} />
        <StockAge storeId={span.storeId} />
        <Traceability span={span} />
      </div>
      <Rates span={span} />
      <Warranty span={span} />
      <Losses span={span} />
      <Deliveries span={span} />
    </>
  )
}

/** Every day of the span, also those on which nothing happened; at most a year is drawn day by day. */
function daysOf({ from, to }: SpanProps['span']): string[] {
  const days: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to) && days.length < 366; at += DAY_MS) days.push(isoDay(at))
  return days
}

const dayText = (language: Language, day: string): string =>
  new Intl.DateTimeFormat(LANGUAGES[language].locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(day))

const compact = (language: Language, value: number): string =>
  new Intl.NumberFormat(LANGUAGES[language].locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value)

/** A chart for each currency: amounts of different ones cannot stand on one axis, and none is left out. */
function Sales({ span }: SpanProps) {
  const { t } = useFaceWords()
  const sales = useCall(() => hub.reports.sales(span), [span.from, span.to, span.storeId])
  const rows = sales.value ?? []
  const currencies = [...new Set(rows.map((row) => row.currency))]
  if (currencies.length === 0) return <Chart title={t('reports.sales')} kind="bars" empty={t('reports.no-sales')} labels={[]} format={String} short={String} series={[]} answer={sales} />
  return currencies.map((currency) => <SalesIn key={currency} span={span} currency={currency} rows={rows.filter((row) => row.currency === currency)} answer={sales} />)
}

interface SalesInProps extends SpanProps {
  readonly currency: string
  readonly rows: readonly DayAmount[]
  readonly answer: Pick<Called<unknown>, 'value' | 'trouble'>
}

function SalesIn({ span, currency, rows, answer }: SalesInProps) {
  const words = useFaceWords()
  const { t, language } = words
  const days = daysOf(span)
  const of = (pick: (row: DayAmount) => number) => days.map((day) => rows.filter((row) => row.day === day).reduce((sum, row) => sum + pick(row), 0))
  return (
    <Chart
      title={t('reports.sales-in', { currency })} kind="bars" empty={t('reports.no-sales')} labels={days.map((day) => dayText(language, day))} answer={answer}
      format={(value) => words.money(value, currency)} short={(value) => compact(language, value / 100)}
      series={[{ id: 'sold', name: t('reports.sold'), values: of((row) => row.sold_cents) }, { id: 'refunded', name: t('reports.refunded'), values: of((row) => row.refunded_cents) }]}
    />
  )
}

function Frauds({ span }: SpanProps) {
  const words = useFaceWords()
  const { t } = words
  const frauds = useCall(() => hub.reports.frauds(span), [span.from, span.to, span.storeId])
  const rows = frauds.value ?? []
  return (
    <Chart
      title={t('reports.frauds')} kind="bars" answer={frauds} empty={t('reports.no-frauds')} labels={FRAUDS.map((kind) => t(`fraud.${kind}`))}
      format={(value) => words.number(value)} short={(value) => words.number(value)}
      series={[{ id: 'count', name: t('reports.count'), values: FRAUDS.map((kind) => rows.filter((row) => row.kind === kind).reduce((sum, row) => sum + row.count, 0)) }]}
    />
  )
}

function StockAge({ storeId }: { storeId: string | null }) {
  const words = useFaceWords()
  const { t } = words
  const age = useCall(() => hub.reports.stockAge({ storeId }), [storeId])
  const rows = age.value ?? []
  const names = [...new Set(rows.map((row) => row.storeName))]
  const pieces = (of: string | null) =>
    BUCKETS.map((bucket) => rows.filter((row) => row.bucket === bucket && (of === null || row.storeName === of)).reduce((sum, row) => sum + row.pieces, 0))
  return (
    <Chart
      title={t('reports.stock-age')} kind="bars" answer={age} empty={t('stock.empty')} labels={BUCKETS.map((bucket) => t(`age.${bucket}`))}
      format={(value) => words.number(value)} short={(value) => words.number(value)}
      series={names.length > STORES_DRAWN_MAX ? [{ id: 'all', name: t('common.all-stores'), values: pieces(null) }] : names.map((name) => ({ id: name, name, values: pieces(name) }))}
    />
  )
}

function Traceability({ span }: SpanProps) {
  const { t, language, number } = useFaceWords()
  const traces = useCall(() => hub.reports.traceability(span), [span.from, span.to, span.storeId])
  const days = daysOf(span)
  const of = (pick: (row: { median_ms: number; slowest_ms: number }) => number) => days.map((day) => {
    const row = traces.value?.find((one) => one.day === day)
    return row === undefined ? null : pick(row)
  })
  return (
    <Chart
      title={t('reports.traceability')} kind="lines" answer={traces} empty={t('reports.no-traces')} labels={days.map((day) => dayText(language, day))}
      format={(value) => t('reports.ms', { ms: number(value) })} short={(value) => number(value)}
      series={[{ id: 'median', name: t('reports.median'), values: of((row) => row.median_ms) }, { id: 'slowest', name: t('reports.slowest'), values: of((row) => row.slowest_ms) }]}
    />
  )
}

function Rates({ span }: SpanProps) {
  const words = useFaceWords()
  const { t } = words
  const address = useAddress()
  const by = RateBy.catch('model').parse(address.get('rates-by'))
  const rates = useCall(() => hub.reports.rates({ ...span, by }), [span.from, span.to, span.storeId, by])
  const save = (rows: readonly RateRow[]) => saveText(`rates-${span.from}-${span.to}.csv`, csvText([
    [t(`rate-by.${by}`), t('reports.pieces-sold'), t('reports.returned'), t('reports.failed'), t('reports.claims')],
    ...rows.map((row) => [row.name, row.sold, row.returned, row.failed, row.claimed]),
  ]))
  const worst = (rates.value ?? []).flatMap(({ key, name, failed_bp, returned_bp }) =>
    failed_bp === null || returned_bp === null || returned_bp === 0 ? [] : [{ key, name, values: [failed_bp, returned_bp] }]).slice(0, RANKED_MAX)
  const share = (bp: number | null): string => bp === null ? '–' : words.rate(bp)
  return (
    <section className="section">
      <div className="section__head">
        <h2 className="chart__title">{t('reports.rates')}</h2>
        <Choice label={t('reports.by')} value={by} onChange={(next) => address.set({ 'rates-by': next })} choices={RateBy.options.map((id) => ({ id, words: t(`rate-by.${id}`) }))} />
        <Button icon={Sheet} isDisabled={(rates.value ?? []).length === 0} onPress={() => save(rates.value ?? [])}>CSV</Button>
      </div>
      {worst.length === 0 ? null : (
        <Ranking
          title={t('reports.highest-rates')} format={words.rate} things={worst}
          series={[{ id: 'failed', name: t('reports.failed') }, { id: 'returned', name: t('reports.returned') }]}
        />
      )}
      <Table
        label={t('reports.rates')}
        sortedAs="rates-sort"
        rows={rates.value}
        trouble={rates.trouble}
        keyOf={(row) => row.key}
        empty={<p>{t('reports.no-rates')}</p>}
        columns={[
          { id: 'name', by: (row) => row.name, title: t(`rate-by.${by}`), render: (row) => <bdi>{row.name}</bdi> },
          { id: 'sold', by: (row) => row.sold, title: t('reports.pieces-sold'), isFigure: true, render: (row) => words.number(row.sold) },
          { id: 'returned', by: (row) => row.returned_bp, title: t('reports.returned'), isFigure: true, render: (row) => `${words.number(row.returned)} · ${share(row.returned_bp)}` },
          { id: 'failed', by: (row) => row.failed_bp, title: t('reports.failed'), isFigure: true, render: (row) => `${words.number(row.failed)} · ${share(row.failed_bp)}` },
          { id: 'claimed', by: (row) => row.claimed, title: t('reports.claims'), isFigure: true, render: (row) => words.number(row.claimed) },
        ]}
      />
      <p className="muted">{t('reports.rates-hint')}</p>
    </section>
  )
}

function Warranty({ span }: SpanProps) {
  const { t, number } = useFaceWords()
  const rows = useCall(() => hub.reports.warranty(span), [span.from, span.to, span.storeId])
  const most = (rows.value ?? []).filter(({ claims, open }) => claims + open > 0).slice(0, RANKED_MAX).map(({ key, name, claims, open }) => ({ key, name, values: [claims, open] }))
  return (
    <section className="section">
      <h2 className="chart__title">{t('reports.warranty')}</h2>
      {most.length === 0 ? null : (
        <Ranking
          title={t('reports.most-claims')} format={number} things={most}
          series={[{ id: 'claims', name: t('reports.claims') }, { id: 'open', name: t('reports.still-open') }]}
        />
      )}
      <Table
        label={t('reports.warranty')}
        sortedAs="warranty-sort"
        rows={rows.value}
        trouble={rows.trouble}
        keyOf={(row) => row.key}
        empty={<p>{t('reports.no-warranty')}</p>}
        columns={[
          { id: 'name', by: (row) => row.name, title: t('rate-by.model'), render: (row) => <bdi>{row.name}</bdi> },
          { id: 'claims', by: (row) => row.claims, title: t('reports.claims'), isFigure: true, render: (row) => number(row.claims) },
          { id: 'repaired', by: (row) => row.repaired, title: t('reports.repaired'), isFigure: true, render: (row) => number(row.repaired) },
          { id: 'replaced', by: (row) => row.replaced, title: t('reports.replaced'), isFigure: true, render: (row) => number(row.replaced) },
          { id: 'days', by: (row) => row.medianDays, title: t('reports.days'), isFigure: true, render: (row) => row.medianDays === null ? '–' : number(row.medianDays) },
          { id: 'open', by: (row) => row.open, title: t('reports.still-open'), isFigure: true, render: (row) => number(row.open) },
        ]}
      />
    </section>
  )
}
