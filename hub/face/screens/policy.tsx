import { useState } from 'react'
import { Policy } from '../../../contract/policy.ts'
import { changesBetween } from '../../../contract/policy-changes.ts'
import { policyIn } from '../../../contract/policy-document.ts'
import { RulesEditor } from '../../../renderer/panels/policy/rules-editor.tsx'
import { Button } from '../../../renderer/parts/button.tsx'
import { MomentField } from '../../../renderer/parts/day-field.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import { PolicyChanges } from '../../../renderer/parts/policy-changes.tsx'
import type { PolicyOpened, PolicyVersion } from '../../contract/shop-calls.ts'
import { hub } from '../client.ts'
import { ArrivalChip } from '../parts/arrival.tsx'
import { Chip } from '../parts/chip.tsx'
import { Field, TextArea } from '../parts/field.tsx'
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
  const [edits, setEdits] = useState<{ readonly from: string | null } | null>(null)
  return (
    <Page title={t('place.policy')} lead={t('policy.lead')} trouble={versions.trouble} acts={mayLead ? <Button tone="primary" onPress={() => setEdits({ from: null })}>{t('policy.new')}</Button> : null}>
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
          { id: 'acts', title: t('common.acts'), render: (row) => mayLead ? <Button tone="quiet" onPress={() => setEdits({ from: row.version })}>{t('policy.go-on-from')}</Button> : null },
        ]}
      />
      {edits === null ? null : <Edit version={edits.from} onClose={() => setEdits(null)} onVersions={versions.set} />}
    </Page>
  )
}

/** The rules as rows in words, and as the document they are; both are one text, and what changes is told before it goes out. */
function Edit({ version, onClose, onVersions }: { version: string | null; onClose: () => void; onVersions: (rows: PolicyVersion[]) => void }) {
  const { t } = useFaceWords()
  const opened = useCall(() => hub.policy.document({ version }), [version])
  return (
    <Dialog title={t('policy.new')} onClose={onClose} width="wide">
      {opened.value === null ? <TroubleLine trouble={opened.trouble} /> : <Editor opened={opened.value} onClose={onClose} onVersions={onVersions} />}
    </Dialog>
  )
}

function Editor({ opened, onClose, onVersions }: { opened: PolicyOpened; onClose: () => void; onVersions: (rows: PolicyVersion[]) => void }) {
  const { t } = useFaceWords()
  const before = policyIn(opened.document)
  const [text, setText] = useState(() => withNextVersion(opened.document))
  /** Rows may stand half filled in, which no document may: they are kept as they are until the text itself is changed. */
  const [draft, setDraft] = useState(() => policyIn(withNextVersion(opened.document)))
  const [typed, setTyped] = useState(0)
  const [note, setNote] = useState('')
  const [from, setFrom] = useState<string | null>(null)
  const { act, busy, trouble } = useAct()
  const fromRows = (next: Policy) => {
    setDraft(next)
    setText(JSON.stringify(next, null, 2))
  }
  const fromText = (next: string) => {
    setText(next)
    setDraft(policyIn(next))
    setTyped(typed + 1)
  }
  const isWhole = draft !== null && Policy.safeParse(draft).success
  const send = () => act(() => hub.policy.publish({ document: text, inForceFrom: from === null ? null : new Date(from).toISOString(), note }), (rows) => {
    onVersions(rows)
    onClose()
  })
  return (
    <>
      {draft === null ? <p role="alert">{t('policy.not-readable')}</p> : (
        <div className="policy">
          <div className="policy__form">
            <Field label={t('policy.version')} value={draft.version} onChange={(name) => fromRows({ ...draft, version: name })} isCode />
            <RulesEditor key={typed} draft={draft} desk={opened} onDraft={fromRows} />
          </div>
          <div className="policy__effect" aria-live="polite">
            <h3>{t('policy.changes')}</h3>
            <PolicyChanges changes={before === null ? [] : changesBetween(before, draft, opened.currency)} />
          </div>
        </div>
      )}
      <details>
        <summary>{t('policy.document')}</summary>
        <TextArea label={t('policy.document')} value={text} onChange={fromText} rows={12} />
      </details>
      <div className="form form--two">
        <Field label={t('policy.note')} value={note} onChange={setNote} />
        <MomentField label={t('policy.from-when')} moment={from} onMoment={setFrom} />
      </div>
      <TroubleLine trouble={trouble} />
      <div className="dialog__feet"><Button tone="primary" isDisabled={busy || !isWhole} onPress={send}>{t('policy.publish')}</Button></div>
    </>
  )
}

/** A version is used once: `rules-7` goes on as `rules-8`. */
function withNextVersion(text: string): string {
  const document = policyIn(text)
  if (document === null) return text
  const [, stem, number] = /^(.*?)(\d*)$/u.exec(document.version) ?? []
  return JSON.stringify({ ...document, version: number === '' || number === undefined ? `${stem ?? ''}-2` : `${stem ?? ''}${Number(number) + 1}` }, null, 2)
}
