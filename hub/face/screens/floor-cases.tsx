import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { FloorCase } from '../../contract/till-calls.ts'
import { hub } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Field, Form } from '../parts/field.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { openPlace } from '../places.ts'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

const EVERY_MS = 5_000
const TONES = { open: 'attention', waiting: 'stop', left: 'attention', taken: 'good', closed: 'plain' } as const
const stateOf = (state: string): keyof typeof TONES => (state in TONES ? (state as keyof typeof TONES) : 'open')

/** Cases of single tills and customers whom a kiosk handed over: seen here, settled where the file lies. */
export function FloorCases({ state, mayTend }: { state: 'open' | 'settled'; mayTend: boolean }) {
  const words = useFaceWords()
  const { t } = words
  const cases = useCall(() => hub.cases.floor({ state }), [state], EVERY_MS)
  const [settles, setSettles] = useState<FloorCase | null>(null)
  return (
    <section className="section">
      <div className="section__head"><h2 className="chart__title">{t('floor.title')}</h2></div>
      <p className="muted">{t('floor.lead')}</p>
      <TroubleLine trouble={cases.trouble} />
      <Table<FloorCase>
        label={t('floor.title')}
        rows={cases.value}
        keyOf={(row) => row.id}
        empty={<p>{t(state === 'open' ? 'floor.none-open' : 'floor.none-settled')}</p>}
        columns={[
          { id: 'what', title: t('floor.what'), render: (row) => row.source === 'case' ? words.sayCode(`case-kind.${row.kind}`) : words.sayCode(`hand-over.why.${row.kind}`) },
          { id: 'piece', title: t('floor.piece'), render: (row) => <Piece one={row} /> },
          { id: 'where', title: t('cases.where'), render: (row) => <bdi>{[row.storeName, row.tillName].filter((part) => part !== null).join(' · ')}</bdi> },
          { id: 'since', isShort: true, title: t('cases.when'), render: (row) => words.instant(row.openedAt) },
          { id: 'state', title: t('products.state'), render: (row) => <Chip tone={TONES[stateOf(row.state)]}>{t(`floor-state.${stateOf(row.state)}`)}</Chip> },
          ...(mayTend && state === 'open'
            ? [{ id: 'acts', title: t('common.acts'), render: (row: FloorCase) => (row.ofCentre ? <Button tone="quiet" onPress={() => setSettles(row)}>{t('cases.settle')}</Button> : null) }]
            : []),
        ]}
      />
      {settles === null ? null : <Settle one={settles} onClose={() => setSettles(null)} onCases={cases.set} />}
    </section>
  )
}

/** What the centre found itself has no file at any till: somebody looked, and says what came of it. */
function Settle({ one, onClose, onCases }: { one: FloorCase; onClose: () => void; onCases: (rows: FloorCase[]) => void }) {
  const { t, sayCode } = useFaceWords()
  const [note, setNote] = useState('')
  const { act, busy, trouble } = useAct()
  const send = () => note.trim() === '' ? undefined : act(() => hub.cases.closeFloor({ id: one.id, note: note.trim() }), (rows) => {
    onCases(rows)
    onClose()
  })
  return (
    <Dialog title={sayCode(`case-kind.${one.kind}`)} onClose={onClose}>
      <Form onSend={send}>
        <p><bdi>{one.thing ?? '–'}</bdi></p>
        <Field label={t('cases.note')} value={note} onChange={setNote} autoFocus />
        <TroubleLine trouble={trouble} />
        <div className="dialog__feet"><Button tone="primary" isDisabled={busy || note.trim() === ''} onPress={() => send()}>{t('cases.settle')}</Button></div>
      </Form>
    </Dialog>
  )
}

function Piece({ one }: { one: FloorCase }) {
  const { serial } = one
  return (
    <>
      <bdi>{one.thing ?? '–'}</bdi>{' '}
      {serial === null ? null : <button type="button" className="link serial" dir="ltr" onClick={() => openPlace('units', serial)}>{serial}</button>}
    </>
  )
}
