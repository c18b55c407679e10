import { Plus } from 'lucide-react'
import { useState } from 'react'
import { cents } from '../../../contract/money.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { Store } from '../../contract/shop-calls.ts'
import { hub } from '../client.ts'
import { Choice, Field, Tick } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

/** The smallest coins that countries round to, in the smallest unit of their money. */
const COINS = [1, 5, 10, 20, 25, 50, 100]

const newStore = (): Store => ({
  id: '', name: '', address: '', country: '', currency: 'EUR', taxNumber: '', taxInclusive: true, cashStep: 1, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
})

/** The stores of the chain: each has its tills, its stock, its money and its clock. */
export function StoresScreen({ mayLead }: { mayLead: boolean }) {
  const { t, language } = useFaceWords()
  const stores = useCall(() => hub.catalogue.stores(), [])
  const [edits, setEdits] = useState<{ readonly store: Store; readonly isNew: boolean } | null>(null)
  return (
    <Page
      title={t('place.stores')}
      lead={t('stores.lead')}
      trouble={stores.trouble}
      acts={mayLead ? <Button tone="primary" icon={Plus} onPress={() => setEdits({ store: newStore(), isNew: true })}>{t('stores.new')}</Button> : null}
    >
      <Table
        label={t('place.stores')}
        rows={stores.value}
        keyOf={(row) => row.id}
        empty={<><p>{t('stores.empty')}</p><p className="muted">{t('stores.empty-hint')}</p></>}
        columns={[
          { id: 'name', by: (row) => row.name, title: t('stores.name'), render: (row) => <bdi>{row.name}</bdi> },
          { id: 'short', by: (row) => row.id, title: t('stores.id'), render: (row) => <span className="serial">{row.id}</span> },
          { id: 'address', title: t('stores.address'), render: (row) => <bdi>{row.address}</bdi> },
          { id: 'country', by: (row) => row.country, title: t('stores.country'), render: (row) => countryName(row.country, language) ?? row.country },
          { id: 'currency', by: (row) => row.currency, title: t('stores.currency'), render: (row) => row.currency },
          { id: 'time-zone', by: (row) => row.timeZone, title: t('stores.time-zone'), render: (row) => <bdi>{row.timeZone}</bdi> },
          ...(mayLead ? [{ id: 'acts', title: t('common.acts'), render: (row: Store) => <Button tone="quiet" onPress={() => setEdits({ store: row, isNew: false })}>{t('common.edit')}</Button> }] : []),
        ]}
      />
      {edits === null ? null : <EditStore {...edits} onClose={() => setEdits(null)} onStores={stores.set} />}
    </Page>
  )
}

interface EditProps {
  readonly store: Store
  readonly isNew: boolean
  readonly onClose: () => void
  readonly onStores: (stores: Store[]) => void
}

function EditStore({ store, isNew, onClose, onStores }: EditProps) {
  const { t, language, money } = useFaceWords()
  const [draft, setDraft] = useState(store)
  const { act, busy, trouble } = useAct()
  const change = (part: Partial<Store>): void => setDraft({ ...draft, ...part })
  const country = countryName(draft.country, language)
  const isWhole = /^[A-Za-z0-9:._-]{1,64}$/u.test(draft.id) && draft.name.trim() !== '' && country !== null
  const send = () => act(() => hub.catalogue.saveStore({ ...draft, isNew }), (stores) => {
    onStores(stores)
    onClose()
  })
  return (
    <Dialog title={t(isNew ? 'stores.new' : 'stores.edit')} onClose={onClose} width="wide">
      <div className="form form--two">
        <Field label={t('stores.name')} value={draft.name} onChange={(name) => change({ name })} />
        {isNew ? <Field label={t('stores.id')} hint={t('stores.id-hint')} value={draft.id} onChange={(id) => change({ id: id.trim() })} isCode /> : null}
        <Field label={t('stores.address')} value={draft.address} onChange={(address) => change({ address })} />
        <Field label={t('stores.country')} hint={country ?? t('stores.country-hint')} value={draft.country} onChange={(code) => change({ country: code.trim().toUpperCase() })} isCode />
        {isNew ? <Choice label={t('stores.currency')} value={draft.currency} onChange={(currency) => change({ currency })} choices={currencies(language)} /> : null}
        <Choice
          label={t('stores.coin')}
          value={String(draft.cashStep)}
          onChange={(step) => change({ cashStep: Number(step) })}
          choices={withOwn(COINS, draft.cashStep).map((step) => ({ id: String(step), words: money(cents(step), draft.currency) }))}
        />
        <Choice
          label={t('stores.time-zone')}
          value={draft.timeZone}
          onChange={(timeZone) => change({ timeZone })}
          choices={withOwn(Intl.supportedValuesOf('timeZone'), draft.timeZone).map((id) => ({ id, words: id }))}
        />
        <Field label={t('stores.tax-number')} value={draft.taxNumber} onChange={(taxNumber) => change({ taxNumber })} isCode />
        <Tick label={t('stores.tax-inclusive')} value={draft.taxInclusive} onChange={(taxInclusive) => change({ taxInclusive })} />
      </div>
      <TroubleLine trouble={trouble} />
      <div className="dialog__feet"><Button tone="primary" isDisabled={busy || !isWhole} onPress={send}>{t('common.save')}</Button></div>
    </Dialog>
  )
}

/** What a store has by now is among the choices, whatever this browser knows. */
const withOwn = <T extends string | number>(known: readonly T[], own: T): readonly T[] => (known.includes(own) ? known : [own, ...known])

function currencies(language: string): { id: string; words: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((id) => ({ id, words: `${id} · ${names.of(id) ?? id}` }))
}

/** Null for what is no code of a country. */
function countryName(code: string, language: string): string | null {
  if (!/^[A-Z]{2}$/u.test(code)) return null
  return new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }).of(code) ?? null
}
