import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { TillRow } from '../../contract/till-calls.ts'
import { hub } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Choice, Field, Form } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { Table, type Column } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords, type FaceWords } from '../words/use-face-words.ts'

const EVERY_MS = 5_000
const TONES = { well: 'good', behind: 'attention', troubled: 'attention', silent: 'stop', 'never-seen': 'plain', held: 'stop', revoked: 'plain' } as const

/** What wants a person stands before what does not. */
const WORST_FIRST: readonly TillRow['health'][] = ['silent', 'held', 'troubled', 'behind', 'never-seen', 'well', 'revoked']

/** Every till: how it is, when it was last here, what it has not sent and what it has not heard. */
export function TillsScreen({ mayTend }: { mayTend: boolean }) {
  const words = useFaceWords()
  const { t } = words
  const tills = useCall(() => hub.tills.list(), [], EVERY_MS)
  const [enrols, setEnrols] = useState(false)
  const [chosen, setChosen] = useState<TillRow | null>(null)
  const columns: Column<TillRow>[] = [
    { id: 'name', by: (row) => row.name, title: t('tills.till'), render: (row) => <><bdi>{row.name}</bdi>{row.name === row.code ? null : <> <span className="serial muted">{row.code}</span></>}{row.seat === 'kiosk' ? <> <Chip tone="plain">{t('tills.kiosk')}</Chip></> : null}</> },
    { id: 'store', by: (row) => row.storeName, title: t('common.store'), render: (row) => <bdi>{row.storeName}</bdi> },
    { id: 'health', by: (row) => WORST_FIRST.indexOf(row.health), title: t('tills.health'), render: (row) => <><Chip tone={TONES[row.health]}>{t(`health.${row.health}`)}</Chip> <span className="muted">{troublesOf(row, words)}</span></> },
    { id: 'seen', by: (row) => row.lastSeenAt, isShort: true, title: t('tills.seen'), render: (row) => row.lastSeenAt === null ? t('common.never') : (words.age(row.lastSeenAt, tills.at) ?? t('tills.just-now')) },
    { id: 'waiting', by: (row) => row.waiting, title: t('tills.waiting'), isFigure: true, render: (row) => words.number(row.waiting) },
    { id: 'behind', by: (row) => row.behind, title: t('tills.behind'), isFigure: true, render: (row) => words.number(row.behind) },
    { id: 'program', by: (row) => row.program, title: t('tills.program'), render: (row) => <span className="serial">{row.program ?? '–'}</span> },
    ...(mayTend ? [{ id: 'acts', title: t('common.acts'), render: (row: TillRow) => <Button tone="quiet" onPress={() => setChosen(row)}>{t('tills.look-after')}</Button> }] : []),
  ]
  return (
    <Page
      title={t('place.tills')}
      lead={t('tills.lead')}
      trouble={tills.trouble}
      acts={mayTend ? <Button tone="primary" icon={Plus} onPress={() => setEnrols(true)}>{t('tills.enrol')}</Button> : null}
    >
      <Summary rows={tills.value ?? []} />
      <Table label={t('place.tills')} columns={columns} rows={tills.value} keyOf={(row) => row.till} empty={<><p>{t('tills.empty')}</p><p className="muted">{t('tills.empty-hint')}</p></>} />
      {enrols ? <Enrol onClose={() => { setEnrols(false); tills.again() }} /> : null}
      {chosen === null ? null : <LookAfter till={chosen} onClose={() => setChosen(null)} onTills={tills.set} />}
    </Page>
  )
}

/** In the words that the counter of the store has for it. */
const troublesOf = (row: TillRow, { t, sayCode }: FaceWords): string =>
  [...(row.isClosed ? [t('tills.closed')] : []), ...row.troubles.map((trouble) => sayCode(`kiosk-trouble.${trouble}`, {}, sayCode(`device-role.${trouble}`, {}, trouble)))].join(', ')

function Summary({ rows }: { rows: readonly TillRow[] }) {
  const { t, number } = useFaceWords()
  const count = (health: TillRow['health']): number => rows.filter((row) => row.health === health).length
  const needing = count('silent') + count('held') + count('troubled')
  const waiting = rows.reduce((sum, row) => sum + row.waiting, 0)
  return (
    <ul className="figures">
      <li className="figure card"><span className="figure__value">{number(count('well'))}</span> {t('tills.well', { count: count('well') })}</li>
      <li className="figure card"><span className="figure__value">{number(needing)}</span> {t('tills.need-you', { count: needing })}</li>
      <li className="figure card"><span className="figure__value">{number(waiting)}</span> {t('tills.waiting-in-all', { count: waiting })}</li>
    </ul>
  )
}

/** A one-time code, large enough to read across a shop. */
function Enrol({ onClose }: { onClose: () => void }) {
  const { t, time } = useFaceWords()
  const stores = useCall(() => hub.catalogue.stores(), [])
  const [storeId, setStoreId] = useState('')
  const [code, setCode] = useState<{ code: string; until: string } | null>(null)
  const { act, busy, trouble } = useAct()
  const store = storeId === '' ? (stores.value?.[0]?.id ?? '') : storeId
  const send = () => act(() => hub.tills.enrol({ storeId: store }), setCode)
  return (
    <Dialog title={t('tills.enrol')} onClose={onClose}>
      {code === null ? (
        <Form onSend={send}>
          <p>{t('tills.enrol-lead')}</p>
          <Choice label={t('common.store')} value={store} choices={(stores.value ?? []).map(({ id, name }) => ({ id, words: name }))} onChange={setStoreId} />
          {stores.value?.length === 0 ? <p className="muted">{t('tills.no-store')}</p> : null}
          <TroubleLine trouble={trouble ?? stores.trouble} />
          <Button tone="primary" isDisabled={busy || store === ''} onPress={send}>{t('tills.make-code')}</Button>
        </Form>
      ) : (
        <ShownOnce>
          <p>{t('tills.type-code')}</p>
          <p className="serial" dir="ltr">{window.location.origin}</p>
          <p className="code__text" dir="ltr">{code.code}</p>
          <p className="muted">{t('tills.code-until', { time: time(code.until) })}</p>
        </ShownOnce>
      )}
    </Dialog>
  )
}

function LookAfter({ till, onClose, onTills }: { till: TillRow; onClose: () => void; onTills: (rows: TillRow[]) => void }) {
  const { t } = useFaceWords()
  const [why, setWhy] = useState('')
  const { act, busy, trouble } = useAct()
  const set = (state: TillRow['state']) => act(() => hub.tills.setState({ till: till.till, state, why }), (rows) => {
    onTills(rows)
    onClose()
  })
  return (
    <Dialog title={till.name} onClose={onClose}>
      {till.stateWhy === null ? null : <p className="trouble tone tone--attention">{till.stateWhy}</p>}
      <Field label={t('common.why')} value={why} onChange={setWhy} />
      <TroubleLine trouble={trouble} />
      <div className="acts">
        {till.state === 'joined' ? null : <Button tone="primary" isDisabled={busy} onPress={() => set('joined')}>{t('tills.let-in')}</Button>}
        {till.state === 'held' ? null : <Button isDisabled={busy || why === ''} onPress={() => set('held')}>{t('tills.hold')}</Button>}
        {till.state === 'revoked' ? null : <Button tone="danger" isDisabled={busy || why === ''} onPress={() => set('revoked')}>{t('tills.revoke')}</Button>}
      </div>
      <p className="muted">{t('tills.states-hint')}</p>
    </Dialog>
  )
}
