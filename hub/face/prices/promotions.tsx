import { Plus } from 'lucide-react'
import { useState } from 'react'
import { emptyRule, type GoodsChosen, type PromotionRule } from '../../../contract/promotion.ts'
import { cents } from '../../../contract/money.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { PromotionEntry, PromotionRow } from '../../contract/price-calls.ts'
import type { Store } from '../../contract/shop-calls.ts'
import { hub } from '../client.ts'
import { ArrivalChip } from '../parts/arrival.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { Choice, Form } from '../parts/field.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords, type FaceWords } from '../words/use-face-words.ts'
import { HOLDS_ALWAYS, HoldsFields, holdsText } from './holds.tsx'
import { RuleFields } from './rule-fields.tsx'

type Draft = Omit<PromotionEntry, 'id'> & { id: string | null }
const EVERY_MS = 5_000
const KINDS = ['percent', 'amount', 'n-for-m', 'bundle'] as const

const FRESH: Readonly<Record<PromotionRule['is'], PromotionRule>> = {
  percent: { is: 'percent', of: {}, off_bp: 1_000 },
  amount: { is: 'amount', of: {}, off_cents: cents(100) },
  'n-for-m': { is: 'n-for-m', of: {}, take: 3, pay: 2 },
  bundle: { is: 'bundle', parts: [{ of: {}, count: 1 }, { of: {}, count: 1 }], price_cents: cents(0) },
}

/** What is given for a while: how much, on which goods, where and when. */
export function Promotions({ stores, mayLead }: { stores: readonly Store[]; mayLead: boolean }) {
  const words = useFaceWords()
  const { t } = words
  const list = useCall(() => hub.prices.promotions(), [], EVERY_MS)
  const [edits, setEdits] = useState<Draft | null>(null)
  const [ends, setEnds] = useState<PromotionRow | null>(null)
  const currencyOf = (row: Pick<PromotionEntry, 'storeId'>): string => (stores.find(({ id }) => id === row.storeId) ?? stores[0])?.currency ?? 'EUR'
  return (
    <section className="form" aria-label={t('offers.title')}>
      <div className="section__head">
        <h2 className="chart__title">{t('offers.title')}</h2>
        {mayLead ? <Button icon={Plus} onPress={() => setEdits({ id: null, ...HOLDS_ALWAYS, rule: FRESH.percent })}>{t('offers.new')}</Button> : null}
      </div>
      <TroubleLine trouble={list.trouble} />
      <Table
        label={t('offers.title')}
        rows={list.value}
        keyOf={(row) => row.id}
        empty={<p>{t('offers.empty')}</p>}
        columns={[
          { id: 'name', title: t('prices.name'), render: (row) => <bdi>{row.name}</bdi> },
          { id: 'gives', title: t('offers.gives'), render: (row) => ruleText(row.rule, currencyOf(row), words) },
          { id: 'goods', title: t('offers.goods'), render: (row) => <bdi>{goodsText(row.rule, words)}</bdi> },
          { id: 'holds', title: t('prices.holds'), render: (row) => <bdi>{holdsText(row, stores, words)}</bdi> },
          { id: 'arrival', title: t('arrival.title'), render: (row) => <ArrivalChip arrival={row.arrival} /> },
          ...(mayLead
            ? [{
                id: 'acts', title: t('common.acts'), render: (row: PromotionRow) => (
                  <div className="row">
                    <Button tone="quiet" onPress={() => setEdits(row)}>{t('common.edit')}</Button>
                    <Button tone="quiet" onPress={() => setEnds(row)}>{t('offers.end')}</Button>
                  </div>
                ),
              }]
            : []),
        ]}
      />
      {ends === null ? null : (
        <Confirm
          title={t('offers.end-title', { name: ends.name })} follows={t('offers.end-hint')} does={t('offers.end')}
          call={() => hub.prices.dropPromotion({ id: ends.id })} onDone={list.set} onClose={() => setEnds(null)}
        />
      )}
      {edits === null ? null : <EditPromotion draft={edits} stores={stores} onClose={() => setEdits(null)} onPromotions={list.set} />}
    </section>
  )
}

function ruleText(rule: PromotionRule, currency: string, { t, number, money }: FaceWords): string {
  switch (rule.is) {
    case 'percent':
      return t('offer.percent', { percent: number(rule.off_bp / 100) })
    case 'amount':
      return t('offer.amount', { amount: money(rule.off_cents, currency) })
    case 'n-for-m':
      return t('offer.n-for-m', { take: rule.take, pay: rule.pay })
    case 'bundle':
      return t('offer.bundle', { amount: money(rule.price_cents, currency) })
    default:
      return unreachable(rule)
  }
}

function goodsText(rule: PromotionRule, { t }: FaceWords): string {
  const goods: readonly GoodsChosen[] = rule.is === 'bundle' ? rule.parts.map(({ of }) => of) : [rule.of]
  return goods
    .map(({ products = [], categories = [], brands = [] }) =>
      [...categories, ...brands, ...(products.length > 0 ? [t('offers.products', { count: products.length })] : [])].join(', '))
    .join(' + ')
}

interface EditPromotionProps {
  readonly draft: Draft
  readonly stores: readonly Store[]
  readonly onClose: () => void
  readonly onPromotions: (rows: PromotionRow[]) => void
}

function EditPromotion({ draft: given, stores, onClose, onPromotions }: EditPromotionProps) {
  const { t } = useFaceWords()
  const [draft, setDraft] = useState(given)
  const { act, busy, trouble } = useAct()
  const { id, name, storeId, fromDay, untilDay, rank, rule } = draft
  const isWhole = name.trim() !== '' && emptyRule(rule) === null
  const send = () => isWhole ? act(() => hub.prices.savePromotion({ id, name, storeId, fromDay, untilDay, rank, rule }), (rows) => {
    onPromotions(rows)
    onClose()
  }) : undefined
  return (
    <Dialog title={t(id === null ? 'offers.new' : 'offers.edit')} onClose={onClose} width="wide">
      <Form onSend={send}>
        <div className="form form--two">
          <HoldsFields draft={draft} stores={stores} onChange={(change) => setDraft({ ...draft, ...change })} />
          <Choice label={t('offers.gives')} value={rule.is} choices={KINDS.map((is) => ({ id: is, words: t(`offer-kind.${is}`) }))} onChange={(is) => setDraft({ ...draft, rule: FRESH[is] })} />
        </div>
        <RuleFields key={rule.is} rule={rule} onChange={(next) => setDraft({ ...draft, rule: next })} />
        <TroubleLine trouble={trouble} />
        <div className="dialog__feet"><Button tone="primary" isDisabled={busy || !isWhole} onPress={() => send()}>{t('common.save')}</Button></div>
      </Form>
    </Dialog>
  )
}
