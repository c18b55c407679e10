import type { ReactNode } from 'react'
import { Scrolled } from '../../../renderer/parts/scrolled.tsx'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  readonly render: (row: Row) => ReactNode
  /** Figures stand at the end of their column, under each other. */
  readonly isFigure?: boolean
  /** A day, a moment, a word: it stays on one line. */
  readonly isShort?: boolean
}

interface TableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[] | null
  readonly keyOf: (row: Row) => string
  /** What is said where there is nothing: what it would be, and how it comes there. */
  readonly empty: ReactNode
}

/** A list with its columns; says so when there is nothing in it, and keeps its place while it waits. */
export function Table<Row>({ label, columns, rows, keyOf, empty }: TableProps<Row>) {
  if (rows === null) return <p className="list__waits" aria-busy="true" />
  if (rows.length === 0) return <div className="empty">{empty}</div>
  return (
    <Scrolled className="list" label={label}>
      <table className="grid">
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.isFigure === true ? 'grid__figure' : column.isShort === true ? 'grid__short' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.id} className={column.isFigure === true ? 'grid__figure' : column.isShort === true ? 'grid__short' : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  )
}
