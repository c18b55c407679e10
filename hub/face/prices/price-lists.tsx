import { Plus } from 'lucide-react'
import { useState } from 'react'
import { cents } from '../../../contract/money.ts'
import { Condition } from '../../../contract/unit.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { ListPrice, PricedCondition, PriceList, PriceListRow } from '../../contract/price-calls.ts'
import type { Store } from '../../contract/shop-calls.ts'
import { hub } from '../client.ts'
import { amountOf, amountText } from '../parts/amounts.ts'
import { ArrivalChip } from '../parts/arrival.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { Choice, Field, Form } from '../parts/field.tsx'
import { Pages } from '../parts/pages.tsx'
import { ProductChoice } from '../parts/product-choice.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { HOLDS_ALWAYS, HoldsFields, holdsText } from './holds.tsx'

type Draft = Omit<PriceList, 'id'> & { id: string | null }
const EVERY_MS = 5_000

/** Lists of prices: which one a till asks first, where and when it holds, and what stands in it. */
export function PriceLists({ stores, mayLead }: { stores: readonly Store[]; mayLead: boolean }) {
  const words = useFaceWords()
  const { t } = words
  const lists = useCall(() => hub.prices.lists(), [], EVERY_MS)
  const [edits, setEdits] = useState<Draft | null>(null)
  const [opens, setOpens] = useState<PriceListRow | null>(null)
  const [drops, setDrops] = useState<PriceListRow | null>(null)
  return (
    <section className="form" aria-label={t('prices.lists')}>
      <div className="section__head">
        <h2 className="chart__title">{t('prices.lists')}</h2>
        {mayLead ? <Button icon={Plus} onPress={() => setEdits({ id: null, ...HOLDS_ALWAYS })}>{t('prices.new-list')}</Button> : null}
      </div>
      <TroubleLine trouble={lists.trouble} />
      <Table
        label={t('prices.lists')}
        rows={lists.value}
        keyOf={(row) => row.id}
        empty={<p>{t('prices.no-lists')}</p>}
        columns={[
          { id: 'name', title: t('prices.name'), render: (row) => <bdi>{row.name}</bdi> },
          { id: 'holds', title: t('prices.holds'), render: (row) => <bdi>{holdsText(row, stores, words)}</bdi> },
          { id: 'rank', title: t('prices.rank'), isFigure: true, render: (row) => words.number(row.rank) },
          { id: 'prices', title: t('prices.count'), isFigure: true, render: (row) => words.number(row.prices) },
          { id: 'arrival', title: t('arrival.title'), render: (row) => <ArrivalChip arrival={row.arrival} /> },
          {
            id: 'acts', title: t('common.acts'), render: (row) => (
              <div className="row">
                <Button tone="quiet" onPress={() => setOpens(row)}>{t('prices.open')}</Button>
                {mayLead ? <Button tone="quiet" onPress={() => setEdits(row)}>{t('common.edit')}</Button> : null}
                {mayLead ? <Button tone="quiet" onPress={() => setDrops(row)}>{t('prices.drop')}</Button> : null}
              </div>
            ),
          },
        ]}
      />
      {edits === null ? null : <EditList draft={edits} stores={stores} onClose={() => setEdits(null)} onLists={lists.set} />}
      {opens === null ? null : <PricesOfList list={opens} stores={stores} mayLead={mayLead} onClose={() => setOpens(null)} onLists={lists.set} />}
      {drops === null ? null : (
        <Confirm
          title={t('prices.drop-title', { name: drops.name })} follows={t('prices.drop-hint', { count: drops.prices })} does={t('prices.drop')}
          call={() => hub.prices.dropList({ id: drops.id })} onDone={lists.set} onClose={() => setDrops(null)}
        />
      )}
    </section>
  )
}

interface EditListProps {
  readonly draft: Draft
  readonly stores: readonly Store[]
  readonly onClose: () => void
  readonly onLists: (rows: PriceListRow[]) => void
}

function EditList({ draft: given, stores, onClose, onLists }: EditListProps) {
  const { t } = useFaceWords()
  const [draft, setDraft] = useState(given)
  const { act, busy, trouble } = useAct()
  const { id, name, storeId, fromDay, untilDay, rank } = draft
  const send = () => act(() => hub.prices.saveList({ id, name, storeId, fromDay, untilDay, rank }), (rows) => {
    onLists(rows)
    onClose()
  })
  return (
    <Dialog title={t(id === null ? 'prices.new-list' : 'prices.edit-list')} onClose={onClose} width="wide">
      <Form onSend={send}>
        <div className="form form--two"><HoldsFields draft={draft} stores={stores} onChange={(change) => setDraft({ ...draft, ...change })} /></div>
        <TroubleLine trouble={trouble} />
        <div className="dialog__feet"><Button tone="primary" isDisabled={busy || name.trim() === ''} onPress={send}>{t('common.save')}</Button></div>
      </Form>
    </Dialog>
  )
}

interface PricesOfListProps extends Omit<EditListProps, 'draft'> {
  readonly list: PriceListRow
  readonly mayLead: boolean
}

/** What stands in a list, beside the usual price; one more price at its foot. */
function PricesOfList({ list, stores, mayLead, onClose, onLists }: PricesOfListProps) {
  const words = useFaceWords()
  const { t } = words
  const [after, setAfter] = useState<readonly string[]>([])
  const page = useCall(() => hub.prices.ofList({ listId: list.id, after: after.at(-1) ?? null }), [list.id, after])
  const { act, busy, trouble } = useAct()
  const currency = (stores.find(({ id }) => id === list.storeId) ?? stores[0])?.currency ?? 'EUR'
  const conditionText = (condition: PricedCondition): string => (condition === '*' ? t('prices.any-condition') : words.say(`condition.${condition}`))
  const set = (productId: string, condition: PricedCondition, amount: number | null) =>
    act(() => hub.prices.setListPrice({ listId: list.id, productId, condition, price_cents: amount === null ? null : cents(amount) }), (rows) => {
      onLists(rows)
      page.again()
    })
  return (
    <Dialog title={list.name} onClose={onClose} width="wide">
      <div className="form">
        <Table
          label={list.name}
          rows={page.value?.rows ?? null}
          keyOf={(row: ListPrice) => `${row.productId} ${row.condition}`}
          empty={<p>{t('prices.no-prices')}</p>}
          columns={[
            { id: 'product', title: t('common.product'), render: (row) => <bdi>{row.productName}</bdi> },
            { id: 'condition', title: t('prices.condition'), isShort: true, render: (row) => conditionText(row.condition) },
            { id: 'usual', title: t('prices.usual'), isFigure: true, render: (row) => <span className="muted">{words.money(row.usual_cents, currency)}</span> },
            { id: 'price', title: t('prices.price'), isFigure: true, render: (row) => words.money(row.price_cents, currency) },
            ...(mayLead
              ? [{ id: 'acts', title: t('common.acts'), render: (row: ListPrice) => <Button tone="quiet" onPress={() => set(row.productId, row.condition, null)}>{t('prices.take-out')}</Button> }]
              : []),
          ]}
        />
        <Pages after={after} next={page.value?.next ?? null} onAfter={setAfter} />
        {mayLead ? <OnePrice isBusy={busy} conditionText={conditionText} onSet={set} /> : null}
        <TroubleLine trouble={trouble ?? page.trouble} />
      </div>
    </Dialog>
  )
}

interface OnePriceProps {
  readonly isBusy: boolean
  readonly conditionText: (condition: PricedCondition) => string
  readonly onSet: (productId: string, condition: PricedCondition, amount: number) => void
}

function OnePrice({ isBusy, conditionText, onSet }: OnePriceProps) {
  const { t } = useFaceWords()
  const [productId, setProductId] = useState<string | null>(null)
  const [condition, setCondition] = useState<PricedCondition>('*')
  const [price, setPrice] = useState(amountText(0))
  const amount = amountOf(price)
  const send = () => productId === null || amount === null ? undefined : onSet(productId, condition, amount)
  return (
    <Form onSend={send}>
      <div className="form form--two">
        <ProductChoice chosen={productId} onChoose={setProductId} />
        <Choice
          label={t('prices.condition')}
          value={condition}
          choices={(['*', ...Condition.options] as const).map((id) => ({ id, words: conditionText(id) }))}
          onChange={setCondition}
        />
        <Field label={t('prices.price')} value={price} onChange={setPrice} inputMode="decimal" isCode />
      </div>
      <div className="dialog__feet"><Button tone="primary" isDisabled={isBusy || productId === null || amount === null} onPress={send}>{t('prices.set-price')}</Button></div>
    </Form>
  )
}
