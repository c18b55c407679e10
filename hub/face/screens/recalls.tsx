import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Campaign, PieceRule } from '../../../contract/campaign.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { DayField } from '../../../renderer/parts/day-field.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import { numbersIn } from '../../contract/numbers-in.ts'
import type { CampaignRow } from '../../contract/shop-calls.ts'
import { hub } from '../client.ts'
import { ArrivalChip } from '../parts/arrival.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { dayIn } from '../parts/day-in.ts'
import { Choice, Field, Tick } from '../parts/field.tsx'
import { NumbersField } from '../parts/numbers-field.tsx'
import { Page } from '../parts/page.tsx'
import { ProductChoice } from '../parts/product-choice.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

const EVERY_MS = 2_000

/** Recalls: one rule says which pieces are meant, and the list shows at how many tills it has arrived. */
export function RecallsScreen({ mayLead }: { mayLead: boolean }) {
  const words = useFaceWords()
  const { t } = words
  const recalls = useCall(() => hub.lists.campaigns(), [], EVERY_MS)
  const [opens, setOpens] = useState(false)
  const [ends, setEnds] = useState<CampaignRow | null>(null)
  return (
    <Page title={t('place.recalls')} lead={t('recalls.lead')} trouble={recalls.trouble} acts={mayLead ? <Button tone="primary" icon={Plus} onPress={() => setOpens(true)}>{t('recalls.open')}</Button> : null}>
      <Table
        label={t('place.recalls')}
        rows={recalls.value}
        keyOf={(row) => `${row.productId} ${row.reference}`}
        empty={<p>{t('recalls.empty')}</p>}
        columns={[
          { id: 'reference', by: (row) => row.reference, title: t('recalls.reference'), render: (row) => <span className="serial">{row.reference}</span> },
          { id: 'product', by: (row) => row.productName, title: t('common.product'), render: (row) => <bdi>{row.productName}</bdi> },
          { id: 'rule', title: t('recalls.meant'), render: (row) => <RuleWords rule={row.rule} /> },
          { id: 'units', by: (row) => row.units, title: t('recalls.pieces'), isFigure: true, render: (row) => words.number(row.units) },
          { id: 'since', by: (row) => row.openedOn, isShort: true, title: t('recalls.since'), render: (row) => words.date(row.openedOn) },
          { id: 'arrival', title: t('arrival.title'), render: (row) => <ArrivalChip arrival={row.arrival} /> },
          ...(mayLead ? [{ id: 'acts', title: t('common.acts'), render: (row: CampaignRow) => <Button tone="quiet" onPress={() => setEnds(row)}>{t('recalls.end')}</Button> }] : []),
        ]}
      />
      {ends === null ? null : (
        <Confirm
          title={t('recalls.end-title', { reference: ends.reference })} follows={t('recalls.end-hint', { count: ends.units })} does={t('recalls.end')}
          call={() => hub.lists.endCampaign({ reference: ends.reference, productId: ends.productId })} onDone={recalls.set} onClose={() => setEnds(null)}
        />
      )}
      {opens ? <OpenRecall onClose={() => setOpens(false)} onRecalls={recalls.set} /> : null}
    </Page>
  )
}

function RuleWords({ rule }: { rule: PieceRule }) {
  const { t, date } = useFaceWords()
  switch (rule.by) {
    case 'product':
      return t('rule.product')
    case 'serials':
      return t('rule.serials', { count: rule.serials.length })
    case 'range':
      return <bdi dir="ltr" className="serial">{rule.from} – {rule.to}</bdi>
    case 'lot':
      return t('rule.lot', { lots: rule.lots.join(', ') })
    case 'produced':
      return `${date(rule.from)} – ${date(rule.to)}`
    case 'pattern':
      return <bdi dir="ltr" className="serial">{rule.pattern}</bdi>
    default:
      return unreachable(rule)
  }
}

function OpenRecall({ onClose, onRecalls }: { onClose: () => void; onRecalls: (rows: CampaignRow[]) => void }) {
  const { t, number } = useFaceWords()
  const [productId, setProductId] = useState<string | null>(null)
  const [reference, setReference] = useState('')
  const [today] = useState(() => new Date().toISOString().slice(0, 10))
  const [by, setBy] = useState<PieceRule['by']>('range')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [list, setList] = useState('')
  const [reason, setReason] = useState('')
  const [remedy, setRemedy] = useState('')
  const [stopUse, setStopUse] = useState(false)
  const { act, busy, trouble } = useAct()
  const rule = ruleOf(by, from, to, list)
  const meant = useCall(async () => (rule === null || productId === null ? null : hub.lists.tryRule({ productId, rule })), [productId, JSON.stringify(rule)])
  const campaign: Campaign | null = rule === null || productId === null || reference.trim() === '' ? null : {
    reference: reference.trim(), productId, rule, openedOn: today, reason, remedy, source: 'centre', stopUse,
  }
  const send = () => campaign === null ? undefined : act(() => hub.lists.openCampaign(campaign), (rows) => {
    onRecalls(rows)
    onClose()
  })
  return (
    <Dialog title={t('recalls.open')} onClose={onClose} width="wide">
      <div className="form form--two">
        <ProductChoice chosen={productId} onChoose={setProductId} />
        <Field label={t('recalls.reference')} value={reference} onChange={setReference} isCode />
        <Choice label={t('recalls.meant-by')} value={by} onChange={setBy} choices={(['product', 'serials', 'range', 'lot', 'produced', 'pattern'] as const).map((id) => ({ id, words: t(`rule-by.${id}`) }))} />
        {by === 'range' ? <><Field label={t('recalls.from')} value={from} onChange={setFrom} isCode /><Field label={t('recalls.to')} value={to} onChange={setTo} isCode /></> : null}
        {by === 'produced' ? <><DayField label={t('recalls.from')} day={dayIn(from)} onDay={(day) => setFrom(day ?? '')} /><DayField label={t('recalls.to')} day={dayIn(to)} onDay={(day) => setTo(day ?? '')} /></> : null}
        {by === 'pattern' ? <Field label={t('rule-by.pattern')} hint={t('recalls.pattern-hint')} value={from} onChange={setFrom} isCode /> : null}
        {by === 'serials' || by === 'lot' ? <NumbersField key={by} label={t(`rule-by.${by}`)} value={list} onChange={setList} /> : null}
        <Field label={t('recalls.reason')} value={reason} onChange={setReason} />
        <Field label={t('recalls.remedy')} value={remedy} onChange={setRemedy} />
        <Tick label={t('recalls.stop-use')} value={stopUse} onChange={setStopUse} />
      </div>
      {meant.value === null ? null : <p className="trouble tone tone--attention" role="status">{t('recalls.meant-so', { meant: meant.value.meant, sold: number(meant.value.sold), examples: meant.value.examples.join(', ') })}</p>}
      <TroubleLine trouble={trouble ?? meant.trouble} />
      <div className="dialog__feet"><Button tone="primary" isDisabled={busy || campaign === null} onPress={() => send()}>{t('recalls.tell-tills')}</Button></div>
    </Dialog>
  )
}

function ruleOf(by: PieceRule['by'], from: string, to: string, list: string): PieceRule | null {
  const lines = numbersIn(list)
  switch (by) {
    case 'product':
      return { by }
    case 'serials':
      return lines.length === 0 ? null : { by, serials: lines }
    case 'lot':
      return lines.length === 0 ? null : { by, lots: lines }
    case 'range':
    case 'produced':
      return from.trim() === '' || to.trim() === '' ? null : { by, from: from.trim(), to: to.trim() }
    case 'pattern':
      return from.trim() === '' ? null : { by, pattern: from.trim() }
    default:
      return unreachable(by)
  }
}
