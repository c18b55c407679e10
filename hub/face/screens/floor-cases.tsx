import type { FloorCase } from '../../contract/till-calls.ts'
import { hub } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { openPlace } from '../places.ts'
import { useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

const EVERY_MS = 5_000
const TONES = { open: 'attention', waiting: 'stop', left: 'attention', taken: 'good', closed: 'plain' } as const
const stateOf = (state: string): keyof typeof TONES => (state in TONES ? (state as keyof typeof TONES) : 'open')

/** Cases of single tills and customers whom a kiosk handed over: seen here, settled where the file lies. */
export function FloorCases({ state }: { state: 'open' | 'settled' }) {
  const words = useFaceWords()
  const { t } = words
  const cases = useCall(() => hub.cases.floor({ state }), [state], EVERY_MS)
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
        ]}
      />
    </section>
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
