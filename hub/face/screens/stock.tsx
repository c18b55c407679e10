import { Sheet } from 'lucide-react'
import { csvText } from '../../../contract/csv.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import type { StockRow } from '../../contract/shop-calls.ts'
import { useAddress } from '../address.ts'
import { hub } from '../client.ts'
import { amountText } from '../parts/amounts.ts'
import { Choice, Field } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { saveText } from '../parts/save-text.ts'
import { Table } from '../parts/table.tsx'
import { useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

/** What lies where, and what it is worth at the price on the label. */
export function StockScreen() {
  const words = useFaceWords()
  const { t } = words
  const address = useAddress()
  const [storeId, text] = [address.get('store'), address.get('text')]
  const stores = useCall(() => hub.catalogue.stores(), [])
  const stock = useCall(() => hub.stock.byStore({ storeId: storeId === '' ? null : storeId, text }), [storeId, text])
  const save = (rows: readonly StockRow[]) => saveText('stock.csv', csvText([
    [t('common.product'), t('common.store'), t('stock.pieces'), t('stock.value'), '', t('stock.oldest')],
    ...rows.map((row) => [row.productName, row.storeName, row.pieces, amountText(row.value_cents), row.currency, row.oldestSince]),
  ]))
  const rows = stock.value ?? []
  return (
    <Page title={t('place.stock')} lead={t('stock.lead')} trouble={stock.trouble} acts={<Button icon={Sheet} isDisabled={rows.length === 0} onPress={() => save(rows)}>CSV</Button>}>
      <div className="filters">
        <Choice label={t('common.store')} value={storeId} choices={[{ id: '', words: t('common.all-stores') }, ...(stores.value ?? []).map(({ id, name }) => ({ id, words: name }))]} onChange={(store) => address.set({ store })} />
        <Field label={t('common.search')} type="search" value={text} onChange={(next) => address.set({ text: next })} />
      </div>
      <Table
        label={t('place.stock')}
        rows={stock.value}
        keyOf={(row) => `${row.storeId} ${row.productId}`}
        empty={<p>{t('stock.empty')}</p>}
        columns={[
          { id: 'product', by: (row) => row.productName, title: t('common.product'), render: (row) => <bdi>{row.productName}</bdi> },
          { id: 'store', by: (row) => row.storeName, title: t('common.store'), render: (row) => <bdi>{row.storeName}</bdi> },
          { id: 'pieces', by: (row) => row.pieces, title: t('stock.pieces'), isFigure: true, render: (row) => words.number(row.pieces) },
          { id: 'value', by: (row) => row.value_cents, title: t('stock.value'), isFigure: true, render: (row) => words.money(row.value_cents, row.currency) },
          { id: 'oldest', by: (row) => row.oldestSince, isShort: true, title: t('stock.oldest'), render: (row) => row.oldestSince === null ? '–' : words.date(row.oldestSince) },
        ]}
      />
    </Page>
  )
}
