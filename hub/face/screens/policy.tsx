import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { PolicyVersion } from '../../contract/shop-calls.ts'
import { hub } from '../client.ts'
import { amountOf, amountText } from '../parts/amounts.ts'
import { ArrivalChip } from '../parts/arrival.tsx'
import { Chip } from '../parts/chip.tsx'
import { Field, TextArea, Tick } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { PolicyProposals } from './policy-proposals.tsx'

const EVERY_MS = 3_000

/** The shop's rules as versions: what is in force, what comes, and at how many tills it has arrived. */
export function PolicyScreen({ mayLead }: { mayLead: boolean }) {
  const words = useFaceWords()
  const { t } = words
  const versions = useCall(() => hub.policy.versions(), [], EVERY_MS)
  const [edits, setEdits] = useState<string | null>(null)
  const inForce = versions.value?.find((row) => row.isInForce)?.version ?? ''
  return (
    <Page title={t('place.policy')} lead={t('policy.lead')} trouble={versions.trouble} acts={mayLead ? <Button tone="primary" isDisabled={inForce === ''} onPress={() => setEdits(inForce)}>{t('policy.new')}</Button> : null}>
      <PolicyProposals mayLead={mayLead} />
      <Table
        label={t('place.policy')}
        rows={versions.value}
        keyOf={(row) => row.version}
        empty={<p>{t('policy.empty')}</p>}
        columns={[
          { id: 'version', title: t('policy.version'), render: (row) => <span className="serial">{row.version}</span> },
          { id: 'state', title: t('products.state'), render: (row) => <Chip tone={row.isInForce ? 'good' : 'plain'}>{t(row.isInForce ? 'policy.in-force' : row.inForceFrom > versions.at ? 'policy.coming' : 'policy.past')}</Chip> },
          { id: 'shadow', title: t('policy.mode'), render: (row) => t(row.shadow ? 'policy.shadow' : 'policy.blocking') },
          { id: 'from', isShort: true, title: t('policy.from'), render: (row) => words.instant(row.inForceFrom) },
          { id: 'by', title: t('policy.by'), render: (row) => <bdi>{row.madeBy}</bdi> },
          { id: 'note', title: t('policy.note'), render: (row) => <bdi>{row.note}</bdi> },
          { id: 'arrival', title: t('arrival.title'), render: (row) => <ArrivalChip arrival={row.arrival} /> },
          { id: 'acts', title: t('common.acts'), render: (row) => mayLead ? <Button tone="quiet" onPress={() => setEdits(row.version)}>{t('policy.go-on-from')}</Button> : null },
        ]}
      />
      {edits === null ? null : <Edit key={edits} version={edits} onClose={() => setEdits(null)} onVersions={versions.set} />}
    </Page>
  )
}

interface Document {
  version: string
  shadow: boolean
  returns: { windows: { category: string; days: number }[]; approvalFrom_cents: number }
  kiosk: { refundUpTo_cents: number }
  staleness: { listAskAfter_ms: number }
}

const HOUR_MS = 3_600_000

/** The few rules that are changed often as fields, all of them as the document they are; both are one text. */
function Edit({ version, onClose, onVersions }: { version: string; onClose: () => void; onVersions: (rows: PolicyVersion[]) => void }) {
  const { t } = useFaceWords()
  const opened = useCall(() => hub.policy.document({ version }), [version])
  const [text, setText] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [from, setFrom] = useState('')
  const { act, busy, trouble } = useAct()
  const now = text ?? (opened.value === null ? '' : withNextVersion(opened.value.document))
  const document = parsed(now)
  const change = (edit: (draft: Document) => void): void => {
    const draft = parsed(now)
    if (draft === null) return
    edit(draft)
    setText(JSON.stringify(draft, null, 2))
  }
  const send = () => act(() => hub.policy.publish({ document: now, inForceFrom: from === '' ? null : new Date(from).toISOString(), note }), (rows) => {
    onVersions(rows)
    onClose()
  })
  return (
    <Dialog title={t('policy.new')} onClose={onClose} width="wide">
      {document === null ? null : (
        <div className="form form--two">
          <Field label={t('policy.version')} value={document.version} onChange={(value) => change((draft) => { draft.version = value })} isCode />
          <Whole label={t('policy.return-days')} value={document.returns.windows.find((row) => row.category === '*')?.days ?? 0} onChange={(days) => change((draft) => { for (const row of draft.returns.windows) if (row.category === '*') row.days = days })} />
          <Amount label={t('policy.approval-from')} value={document.returns.approvalFrom_cents} onChange={(value) => change((draft) => { draft.returns.approvalFrom_cents = value })} />
          <Amount label={t('policy.kiosk-up-to')} value={document.kiosk.refundUpTo_cents} onChange={(value) => change((draft) => { draft.kiosk.refundUpTo_cents = value })} />
          <Whole label={t('policy.list-hours')} value={Math.round(document.staleness.listAskAfter_ms / HOUR_MS)} onChange={(hours) => change((draft) => { draft.staleness.listAskAfter_ms = hours * HOUR_MS })} />
          <Tick label={t('policy.shadow-long')} value={document.shadow} onChange={(shadow) => change((draft) => { draft.shadow = shadow })} />
        </div>
      )}
      <TextArea label={t('policy.document')} value={now} onChange={setText} rows={12} />
      <div className="form form--two">
        <Field label={t('policy.note')} value={note} onChange={setNote} />
        <label className="field"><span className="field__label">{t('policy.from-when')}</span><input className="field__input" type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} /></label>
      </div>
      <TroubleLine trouble={trouble ?? opened.trouble} />
      <div className="dialog__feet"><Button tone="primary" isDisabled={busy || document === null} onPress={send}>{t('policy.publish')}</Button></div>
    </Dialog>
  )
}

function Whole({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return <Field label={label} value={String(value)} inputMode="numeric" isCode onChange={(text) => /^\d{0,5}$/u.test(text) ? onChange(Number(text)) : undefined} />
}

function Amount({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  const [text, setText] = useState(amountText(value))
  return (
    <Field label={label} value={text} inputMode="decimal" isCode onChange={(next) => {
      setText(next)
      const amount = amountOf(next)
      if (amount !== null) onChange(amount)
    }} />
  )
}

function parsed(text: string): Document | null {
  try {
    const document = JSON.parse(text) as Partial<Document>
    return document.returns?.windows === undefined || document.kiosk === undefined || document.staleness === undefined ? null : (document as Document)
  } catch {
    return null
  }
}

/** A version is used once: `rules-7` goes on as `rules-8`. */
function withNextVersion(text: string): string {
  const document = parsed(text)
  if (document === null) return text
  const [, stem, number] = /^(.*?)(\d*)$/u.exec(document.version) ?? []
  return JSON.stringify({ ...document, version: number === '' || number === undefined ? `${stem ?? ''}-2` : `${stem ?? ''}${Number(number) + 1}` }, null, 2)
}
