import type { RowTrouble } from '../../contract/office-calls.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { Table } from './table.tsx'

/** The rows of a file that were not taken, each with its line and why. */
export function RowTroubles({ rows }: { rows: readonly RowTrouble[] | null }) {
  const { t, tCode } = useFaceWords()
  return (
    <Table
      label={t('imports.not-taken')}
      rows={rows}
      keyOf={(row) => `${row.line} ${row.column} ${row.code}`}
      empty={<p>{t('imports.fine')}</p>}
      columns={[
        { id: 'line', title: t('imports.line'), isFigure: true, render: (row) => row.line },
        { id: 'column', title: t('imports.column'), render: (row) => <span className="serial">{row.column}</span> },
        { id: 'why', title: t('imports.trouble'), render: (row) => tCode(`row-fault.${row.code}`) },
        { id: 'value', title: t('imports.value'), render: (row) => <bdi dir="ltr" className="serial">{row.value}</bdi> },
      ]}
    />
  )
}
