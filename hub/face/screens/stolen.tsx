import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import { numbersIn } from '../../contract/numbers-in.ts'
import { StolenOrder, type StolenRow } from '../../contract/shop-calls.ts'
import { hub } from '../client.ts'
import { ArrivalChip } from '../parts/arrival.tsx'
import { Choice, Field, TextArea } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { Pages } from '../parts/pages.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useListed } from '../parts/use-listed.ts'
import { openPlace } from '../places.ts'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

const EVERY_MS = 2_000

/** Numbers that no till may sell or take back; also those whose piece nobody has seen yet. */
export function StolenScreen({ mayLead }: { mayLead: boolean }) {
  const words = useFaceWords()
  const { t } = words
  const { asked, after, find, turn } = useListed(StolenOrder.options)
  const list = useCall(() => hub.lists.stolen(asked), Object.values(asked), EVERY_MS)
  const [reports, setReports] = useState(false)
  const [lifts, setLifts] = useState<StolenRow | null>(null)
  return (
    <Page title={t('place.stolen')} lead={t('stolen.lead')} trouble={list.trouble} acts={mayLead ? (
      <><Button onPress={() => openPlace('imports')}>{t('common.from-file')}</Button><Button tone="primary" icon={Plus} onPress={() => setReports(true)}>{t('stolen.report')}</Button></>
    ) : null}>
      <div className="filters"><Field label={t('common.search')} type="search" value={asked.text} onChange={find} /></div>
      <Table
        label={t('place.stolen')}
        rows={list.value?.rows ?? null}
        keyOf={(row) => row.serial}
        empty={<p>{t('stolen.empty')}</p>}
        columns={[
          { id: 'serial', by: 'centre', title: t('stolen.number'), render: (row) => <button type="button" className="link serial" dir="ltr" onClick={() => openPlace('units', row.serial)}>{row.serial}</button> },
          { id: 'thing', title: t('common.product'), render: (row) => row.productName === null ? <span className="muted">{t('stolen.not-seen')}</span> : <bdi>{row.productName}</bdi> },
          { id: 'kind', by: 'centre', title: t('stolen.kind'), render: (row) => words.say(`flag.${row.kind}`) },
          { id: 'reference', by: 'centre', title: t('stolen.reference'), render: (row) => <span className="serial">{row.reference}</span> },
          { id: 'since', by: 'centre', isShort: true, title: t('recalls.since'), render: (row) => words.instant(row.since) },
          { id: 'arrival', title: t('arrival.title'), render: (row) => <ArrivalChip arrival={row.arrival} /> },
          ...(mayLead ? [{ id: 'acts', title: t('common.acts'), render: (row: StolenRow) => <Button tone="quiet" onPress={() => setLifts(row)}>{t('stolen.lift')}</Button> }] : []),
        ]}
      />
      <Pages after={after} next={list.value?.next ?? null} onAfter={turn} />
      {reports ? <Report onClose={() => { setReports(false); list.again() }} /> : null}
      {lifts === null ? null : <Lift row={lifts} onClose={() => { setLifts(null); list.again() }} />}
    </Page>
  )
}

function Report({ onClose }: { onClose: () => void }) {
  const { t, say } = useFaceWords()
  const [numbers, setNumbers] = useState('')
  const [kind, setKind] = useState<StolenRow['kind']>('stolen-reported')
  const [reference, setReference] = useState('')
  const [reason, setReason] = useState('')
  const [done, setDone] = useState<{ known: number; unknown: number } | null>(null)
  const { act, busy, trouble } = useAct()
  const serials = numbersIn(numbers)
  return (
    <Dialog title={t('stolen.report')} onClose={onClose}>
      {done === null ? (
        <>
          <TextArea label={t('stolen.numbers')} value={numbers} onChange={setNumbers} />
          <Choice label={t('stolen.kind')} value={kind} onChange={setKind} choices={(['stolen-reported', 'stolen-own'] as const).map((id) => ({ id, words: say(`flag.${id}`) }))} />
          <Field label={t('stolen.reference')} value={reference} onChange={setReference} isCode />
          <Field label={t('common.why')} value={reason} onChange={setReason} />
          <TroubleLine trouble={trouble} />
          <div className="dialog__feet"><Button tone="primary" isDisabled={busy || serials.length === 0} onPress={() => act(() => hub.lists.reportStolen({ serials, kind, reference, reason }), setDone)}>{t('stolen.tell-tills', { count: serials.length })}</Button></div>
        </>
      ) : <ShownOnce><p>{t('stolen.done', done)}</p></ShownOnce>}
    </Dialog>
  )
}

function Lift({ row, onClose }: { row: StolenRow; onClose: () => void }) {
  const { t } = useFaceWords()
  const [why, setWhy] = useState('')
  const { act, busy, trouble } = useAct()
  return (
    <Dialog title={t('stolen.lift')} onClose={onClose} width="narrow">
      <p className="serial" dir="ltr">{row.serial}</p>
      <Field label={t('common.why')} value={why} onChange={setWhy} />
      <TroubleLine trouble={trouble} />
      <div className="dialog__feet"><Button tone="primary" isDisabled={busy || why.trim() === ''} onPress={() => act(() => hub.lists.liftStolen({ serial: row.serial, why }), onClose)}>{t('stolen.lift')}</Button></div>
    </Dialog>
  )
}
