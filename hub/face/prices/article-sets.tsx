import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { ArticleSetRow } from '../../contract/price-calls.ts'
import { hub } from '../client.ts'
import { ArrivalChip } from '../parts/arrival.tsx'
import { Field, Form } from '../parts/field.tsx'
import { ProductChoice } from '../parts/product-choice.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { NO_PART, setOf, type DraftPart, type SetDraft } from './set-draft.ts'

const EVERY_MS = 5_000

/** Sets of articles: one code and one price for several, each of which is scanned where it has a number. */
export function ArticleSets({ currency, mayLead }: { currency: string; mayLead: boolean }) {
  const words = useFaceWords()
  const { t } = words
  const list = useCall(() => hub.prices.sets(), [], EVERY_MS)
  const [edits, setEdits] = useState<SetDraft | null>(null)
  const { act, trouble } = useAct()
  return (
    <section className="form" aria-label={t('sets.title')}>
      <div className="section__head">
        <h2 className="chart__title">{t('sets.title')}</h2>
        {mayLead ? <Button icon={Plus} onPress={() => setEdits({ productId: null, parts: [NO_PART, NO_PART] })}>{t('sets.new')}</Button> : null}
      </div>
      <TroubleLine trouble={trouble ?? list.trouble} />
      <Table
        label={t('sets.title')}
        rows={list.value}
        keyOf={(row) => row.productId}
        empty={<p>{t('sets.empty')}</p>}
        columns={[
          { id: 'name', title: t('sets.article'), render: (row) => <bdi>{row.productName}</bdi> },
          { id: 'parts', title: t('sets.parts'), render: (row) => <bdi>{row.parts.map(({ productName, count }) => (count === 1 ? productName : `${words.number(count)} × ${productName}`)).join(', ')}</bdi> },
          { id: 'price', title: t('prices.price'), isFigure: true, render: (row) => words.money(row.price_cents, currency) },
          { id: 'arrival', title: t('arrival.title'), render: (row) => <ArrivalChip arrival={row.arrival} /> },
          ...(mayLead
            ? [{
                id: 'acts', title: t('common.acts'), render: (row: ArticleSetRow) => (
                  <div className="row">
                    <Button tone="quiet" onPress={() => setEdits({ productId: row.productId, parts: row.parts.map(({ productId, count }) => ({ productId, count: String(count) })) })}>
                      {t('common.edit')}
                    </Button>
                    <Button tone="quiet" onPress={() => act(() => hub.prices.dropSet({ productId: row.productId }), list.set)}>{t('sets.drop')}</Button>
                  </div>
                ),
              }]
            : []),
        ]}
      />
      {edits === null ? null : <EditSet draft={edits} known={list.value ?? []} onClose={() => setEdits(null)} onSets={list.set} />}
    </section>
  )
}

interface EditSetProps {
  readonly draft: SetDraft
  readonly known: readonly ArticleSetRow[]
  readonly onClose: () => void
  readonly onSets: (rows: ArticleSetRow[]) => void
}

function EditSet({ draft: given, known, onClose, onSets }: EditSetProps) {
  const { t } = useFaceWords()
  const [draft, setDraft] = useState(given)
  const { act, busy, trouble } = useAct()
  const nameOf = (id: string): string | undefined =>
    known.flatMap((row) => [{ productId: row.productId, productName: row.productName }, ...row.parts]).find(({ productId }) => productId === id)?.productName
  const change = (place: number, part: Partial<DraftPart>) =>
    setDraft({ ...draft, parts: draft.parts.map((one, n) => (n === place ? { ...one, ...part } : one)) })
  const { productId } = draft
  const meant = setOf(draft)
  const send = () => meant === null ? undefined : act(() => hub.prices.saveSet(meant), (rows) => {
    onSets(rows)
    onClose()
  })
  return (
    <Dialog title={t(given.productId === null ? 'sets.new' : 'sets.edit')} onClose={onClose} width="wide">
      <Form onSend={send}>
        <p className="muted">{t('sets.article-hint')}</p>
        {given.productId === null ? <ProductChoice chosen={productId} onChoose={(id) => setDraft({ ...draft, productId: id })} /> : <p><bdi>{nameOf(given.productId) ?? given.productId}</bdi></p>}
        {draft.parts.map((part, place) => (
          // Parts have no names of their own, and none moves.
          <div key={place} className="form form--two">
            <div className="pair">
              <ProductChoice chosen={part.productId} onChoose={(id) => change(place, { productId: id })} />
              {part.productId === null || nameOf(part.productId) === undefined ? null : <p className="muted"><bdi>{nameOf(part.productId)}</bdi></p>}
            </div>
            <Field label={t('offers.part', { number: place + 1 })} value={part.count} onChange={(count) => change(place, { count: count.trim() })} inputMode="numeric" isCode />
          </div>
        ))}
        <div className="row">
          <Button onPress={() => setDraft({ ...draft, parts: [...draft.parts, NO_PART] })}>{t('offers.one-part-more')}</Button>
          {draft.parts.length < 2 ? null : <Button onPress={() => setDraft({ ...draft, parts: draft.parts.slice(0, -1) })}>{t('offers.one-part-less')}</Button>}
        </div>
        <TroubleLine trouble={trouble} />
        <div className="dialog__feet"><Button tone="primary" isDisabled={busy || meant === null} onPress={() => send()}>{t('common.save')}</Button></div>
      </Form>
    </Dialog>
  )
}
