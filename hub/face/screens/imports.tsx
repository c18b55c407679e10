import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import type { ImportKind, ImportView } from '../../contract/office-calls.ts'
import { hub, type Trouble } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Choice } from '../parts/field.tsx'
import { FileButton } from '../parts/file-button.tsx'
import { Page } from '../parts/page.tsx'
import { RowTroubles } from '../parts/row-troubles.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

const EVERY_MS = 1_000
const KINDS = ['products', 'units', 'staff', 'customers', 'stolen'] as const

/** Lists of other systems: looked at first, then taken in by itself, with every row that was not taken and why. */
export function ImportsScreen() {
  const { t } = useFaceWords()
  const [kind, setKind] = useState<ImportKind>('products')
  const [chosen, setChosen] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [sent, setSent] = useState<number | null>(null)
  const runs = useCall(() => hub.imports.list(), [], EVERY_MS)
  const send = (one: File): void => {
    setTrouble(null)
    upload(kind, one, setSent)
      .then((id) => setChosen(id), (code: unknown) => setTrouble({ code: code instanceof Error ? code.message : 'unreachable', params: {} }))
      .finally(() => setSent(null))
  }
  const run = runs.value?.find((one) => one.id === chosen)
  return (
    <Page title={t('place.imports')} lead={t('imports.lead')} trouble={trouble ?? runs.trouble}>
      <div className="filters">
        <Choice label={t('imports.what')} value={kind} onChange={setKind} choices={KINDS.map((id) => ({ id, words: t(`import-kind.${id}`) }))} />
        <FileButton tone="primary" isDisabled={sent !== null} onFile={send}>{t('imports.choose')}</FileButton>
      </div>
      <p className="muted">{t(`import-columns.${kind}`)}</p>
      {sent === null ? null : <Progress label={t('imports.sending')} share={sent} />}
      {chosen === null ? null : <Preview key={`${chosen} ${run?.state ?? ''}`} id={chosen} run={run ?? null} onRun={runs.again} />}
      <Runs rows={runs.value} onChoose={setChosen} />
    </Page>
  )
}

function Runs({ rows, onChoose }: { rows: readonly ImportView[] | null; onChoose: (id: string) => void }) {
  const words = useFaceWords()
  const { t } = words
  return (
    <Table
      label={t('place.imports')}
      rows={rows}
      keyOf={(row) => row.id}
      empty={<p>{t('imports.empty')}</p>}
      columns={[
        { id: 'file', title: t('imports.file'), render: (row) => <bdi>{row.fileName}</bdi> },
        { id: 'kind', title: t('imports.what'), render: (row) => t(`import-kind.${row.kind}`) },
        { id: 'state', title: t('products.state'), render: (row) => <Chip tone={row.state === 'done' ? 'good' : row.state === 'failed' ? 'stop' : row.state === 'stopped' ? 'attention' : 'plain'}>{t(`import-state.${row.state}`)}</Chip> },
        { id: 'progress', title: t('imports.progress'), render: (row) => <Progress label={row.fileName} share={row.bytes === 0 ? 0 : row.doneBytes / row.bytes} /> },
        { id: 'good', title: t('imports.good'), isFigure: true, render: (row) => words.number(row.goodRows) },
        { id: 'bad', title: t('imports.bad'), isFigure: true, render: (row) => words.number(row.badRows) },
        { id: 'at', isShort: true, title: t('imports.at'), render: (row) => words.instant(row.startedAt) },
        { id: 'acts', title: t('common.acts'), render: (row) => <Button tone="quiet" onPress={() => onChoose(row.id)}>{t('imports.look')}</Button> },
      ]}
    />
  )
}

function Progress({ label, share }: { label: string; share: number }) {
  return <progress className="progress" aria-label={label} max={1} value={Math.min(1, share)} />
}

function Preview({ id, run, onRun }: { id: string; run: ImportView | null; onRun: () => void }) {
  const { t } = useFaceWords()
  const preview = useCall(() => hub.imports.preview({ id }), [id])
  const troubles = useCall(async () => (run === null || run.badRows === 0 ? [] : hub.imports.troubles({ id })), [id, run?.badRows])
  const { act, busy, trouble } = useAct()
  const seen = preview.value
  if (seen === null) return <TroubleLine trouble={preview.trouble} />
  const state = run?.state ?? seen.view.state
  return (
    <section className="card section">
      <div className="section__head">
        <h2 className="chart__title"><bdi>{seen.view.fileName}</bdi></h2>
        {state === 'ready' || state === 'stopped' ? <Button tone="primary" isDisabled={busy || seen.missing.length > 0} onPress={() => act(() => hub.imports.start({ id }), onRun)}>{t(state === 'ready' ? 'imports.start' : 'imports.go-on')}</Button> : null}
        {state === 'running' ? <Button onPress={() => act(() => hub.imports.stop({ id }), onRun)}>{t('imports.stop')}</Button> : null}
      </div>
      {seen.missing.length === 0 ? null : <p className="trouble tone tone--stop" role="alert">{t('imports.missing', { columns: seen.missing.join(', ') })}</p>}
      {seen.unused.length === 0 ? null : <p className="muted">{t('imports.unused', { columns: seen.unused.join(', ') })}</p>}
      <TroubleLine trouble={trouble} />
      {run !== null && run.badRows > 0 ? <RowTroubles rows={troubles.value} /> : null}
      {state === 'done' ? null : (
        <Table
          label={t('imports.first-rows')}
          rows={seen.rows}
          keyOf={(row) => String(row.line)}
          empty={<p>{t('imports.no-rows')}</p>}
          columns={[
            { id: 'line', title: t('imports.line'), isFigure: true, render: (row) => row.line },
            { id: 'trouble', title: t('imports.trouble'), render: (row) => row.troubles.length === 0 ? <Chip tone="good">{t('imports.fine')}</Chip> : <Chip tone="stop">{row.troubles.map((one) => `${one.column} ${t(`row-fault.${one.code as 'missing'}`)}`).join('; ')}</Chip> },
            ...seen.columns.map((column, place) => ({ id: `c${place}`, title: column, render: (row: (typeof seen.rows)[number]) => <bdi>{row.cells[place] ?? ''}</bdi> })),
          ]}
        />
      )}
    </section>
  )
}

/** Sends a file as it is, and tells how much of it has gone; a fetch would not say. */
function upload(kind: ImportKind, file: File, onShare: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/face/imports/${kind}?name=${encodeURIComponent(file.name)}`)
    request.upload.addEventListener('progress', (event) => onShare(event.total === 0 ? 0 : event.loaded / event.total))
    request.addEventListener('load', () => {
      if (request.status === 200) resolve((JSON.parse(request.responseText) as { id: string }).id)
      else reject(new Error(request.status === 413 ? 'too-large' : 'internal'))
    })
    request.addEventListener('error', () => reject(new Error('unreachable')))
    onShare(0)
    request.send(file)
  })
}
