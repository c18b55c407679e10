import { Plus } from 'lucide-react'
import { useState } from 'react'
import { cents } from '../../../contract/money.ts'
import { fullName } from '../../../contract/product-name.ts'
import { maskIn } from '../../../contract/identity/mask-schema.ts'
import { readWrittenLimits, writtenLimits } from '../../../contract/sensors/written-limits.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import { ProductPicture } from '../../../renderer/parts/product-picture.tsx'
import { Picture } from '../../../contract/unit.ts'
import { ProductOrder, type Product } from '../../contract/shop-calls.ts'
import { hub } from '../client.ts'
import { amountOf, amountText } from '../parts/amounts.ts'
import { Chip } from '../parts/chip.tsx'
import { Choice, Field, Tick } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { Pages } from '../parts/pages.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useListed } from '../parts/use-listed.ts'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { LimitFields } from './limit-fields.tsx'
import { MaskField } from './mask-field.tsx'

const NEW: Omit<Product, 'id'> & { id: string | null } = {
  id: null, gtin: null, sku: '', brand: '', name: '', variant: '', category: '', picture: 'other', tracking: 'serial', price_cents: cents(0), tax_bp: 1900,
  serialMask: null, makerMonths: 24, durable: true, active: true, supplier: '',
}

/** Goods and their prices; every change goes to the tills as it is made. */
export function ProductsScreen({ mayLead }: { mayLead: boolean }) {
  const words = useFaceWords()
  const { t } = words
  const { asked, after, find, turn } = useListed(ProductOrder.options)
  const [edits, setEdits] = useState<typeof NEW | null>(null)
  const list = useCall(() => hub.catalogue.products(asked), Object.values(asked))
  const stores = useCall(() => hub.catalogue.stores(), [])
  const currency = stores.value?.[0]?.currency ?? 'EUR'
  return (
    <Page title={t('place.products')} lead={t('products.lead')} trouble={list.trouble} acts={mayLead ? <Button tone="primary" icon={Plus} onPress={() => setEdits(NEW)}>{t('products.new')}</Button> : null}>
      <div className="filters"><Field label={t('common.search')} type="search" value={asked.text} onChange={find} /></div>
      <Table
        label={t('place.products')}
        rows={list.value?.rows ?? null}
        keyOf={(row) => row.id}
        empty={<><p>{t('products.empty')}</p><p className="muted">{t('products.empty-hint')}</p></>}
        columns={[
          { id: 'name', by: 'centre', title: t('common.product'), render: (row) => <bdi>{fullName(row.brand, row.name)} <span className="muted">{row.variant}</span></bdi> },
          { id: 'sku', by: 'centre', title: t('products.sku'), render: (row) => <span className="serial">{row.sku}</span> },
          { id: 'gtin', by: 'centre', title: t('products.gtin'), render: (row) => <span className="serial">{row.gtin ?? '–'}</span> },
          { id: 'tracking', by: 'centre', isShort: true, title: t('products.tracking'), render: (row) => t(`tracking.${row.tracking}`) },
          { id: 'supplier', by: 'centre', title: t('products.supplier'), render: (row) => <bdi>{row.supplier}</bdi> },
          { id: 'price', by: 'centre', title: t('products.price'), isFigure: true, render: (row) => words.money(row.price_cents, currency) },
          { id: 'state', by: 'centre', title: t('products.state'), render: (row) => <Chip tone={row.active ? 'good' : 'plain'}>{t(row.active ? 'products.active' : 'products.inactive')}</Chip> },
          ...(mayLead ? [{ id: 'acts', title: t('common.acts'), render: (row: Product) => <Button tone="quiet" onPress={() => setEdits(row)}>{t('common.edit')}</Button> }] : []),
        ]}
      />
      <Pages after={after} next={list.value?.next ?? null} onAfter={turn} />
      {edits === null ? null : <EditProduct product={edits} onClose={() => { setEdits(null); list.again() }} />}
    </Page>
  )
}

function EditProduct({ product, onClose }: { product: typeof NEW; onClose: () => void }) {
  const { t } = useFaceWords()
  const [draft, setDraft] = useState(product)
  const [price, setPrice] = useState(amountText(product.price_cents))
  const [rate, setRate] = useState(amountText(product.tax_bp))
  const [written, setWritten] = useState(writtenLimits(product.limits ?? null))
  const { act, busy, trouble } = useAct()
  const change = (part: Partial<typeof NEW>): void => setDraft({ ...draft, ...part })
  const [price_cents, tax_bp] = [amountOf(price), amountOf(rate)]
  const { limits, faults } = readWrittenLimits(written)
  const isMasked = draft.serialMask === null || maskIn(draft.serialMask) !== null
  const isWhole = isMasked && faults.length === 0 && draft.sku !== '' && draft.brand !== '' && draft.name !== '' && draft.category !== '' && price_cents !== null && tax_bp !== null
  const send = () => price_cents === null || tax_bp === null ? undefined : act(() => hub.catalogue.saveProduct({ ...draft, price_cents: cents(price_cents), tax_bp, limits }), onClose)
  return (
    <Dialog title={t(product.id === null ? 'products.new' : 'products.edit')} onClose={onClose} width="wide">
      <div className="form form--two">
        <Field label={t('products.brand')} value={draft.brand} onChange={(brand) => change({ brand })} />
        <Field label={t('products.name')} value={draft.name} onChange={(name) => change({ name })} />
        <Field label={t('products.variant')} value={draft.variant} onChange={(variant) => change({ variant })} />
        <Field label={t('products.category')} value={draft.category} onChange={(category) => change({ category })} />
        <Field label={t('products.sku')} value={draft.sku} onChange={(sku) => change({ sku })} isCode />
        <Field label={t('products.gtin')} value={draft.gtin ?? ''} onChange={(gtin) => change({ gtin: gtin.trim() === '' ? null : gtin.trim().padStart(14, '0') })} isCode inputMode="numeric" />
        <Field label={t('products.price')} value={price} onChange={setPrice} inputMode="decimal" isCode />
        <Field label={t('products.tax')} value={rate} onChange={setRate} inputMode="decimal" isCode />
        <Choice label={t('products.tracking')} value={draft.tracking} onChange={(tracking) => change({ tracking })} choices={(['serial', 'lot', 'none', 'service'] as const).map((id) => ({ id, words: t(`tracking.${id}`) }))} />
        <Field label={t('products.supplier')} value={draft.supplier} onChange={(supplier) => change({ supplier })} />
        <Field label={t('products.maker-months')} value={String(draft.makerMonths)} onChange={(text) => change({ makerMonths: /^\d{1,3}$/u.test(text) ? Number(text) : 0 })} inputMode="numeric" isCode />
        <div className="drawn">
          <ProductPicture picture={draft.picture} />
          <Choice label={t('products.picture')} value={draft.picture} onChange={(picture) => change({ picture })} choices={Picture.options.map((id) => ({ id, words: t(`picture.${id}`) }))} />
        </div>
        <Tick label={t('products.durable')} value={draft.durable} onChange={(durable) => change({ durable })} />
        <Tick label={t('products.active')} value={draft.active} onChange={(active) => change({ active })} />
        <MaskField text={draft.serialMask ?? ''} onChange={(mask) => change({ serialMask: mask.trim() === '' ? null : mask })} />
        <LimitFields written={written} faults={faults} onChange={setWritten} />
      </div>
      <TroubleLine trouble={trouble} />
      <div className="dialog__feet"><Button tone="primary" isDisabled={busy || !isWhole} onPress={() => send()}>{t('common.save')}</Button></div>
    </Dialog>
  )
}
