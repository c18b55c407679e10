import { ChevronDown, ChevronsUpDown, ChevronUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { LANGUAGES } from '../../../contract/words/languages.ts'
import { Scrolled } from '../../../renderer/parts/scrolled.tsx'
import { useAddress } from '../address.ts'
import type { Trouble } from '../client.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { orderIn, orderText, sortedRows, type Order } from './sorted-rows.ts'
import { TroubleLine } from './trouble-line.tsx'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  readonly render: (row: Row) => ReactNode
  /** What the rows are put in order by, null last; `centre` where the centre does so, with a list that comes in pages. */
  readonly by?: ((row: Row) => string | number | null) | 'centre'
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
  /** What the address calls the order of the rows; lists that share a place have names of their own. */
  readonly sortedAs?: string
  /** Where the page does not say itself what went wrong. */
  readonly trouble?: Trouble | null
}

/** A list with its columns; says so when there is nothing in it, and keeps its place while it waits. */
export function Table<Row>({ trouble = null, ...list }: TableProps<Row>) {
  const { rows, empty } = list
  return (
    <>
      <TroubleLine trouble={trouble} />
      {rows === null ? trouble === null ? <p className="list__waits" aria-busy="true" /> : null : rows.length === 0 ? <div className="empty">{empty}</div> : <Rows {...list} rows={rows} />}
    </>
  )
}

function Rows<Row>({ label, columns, rows, keyOf, sortedAs = 'sort' }: Omit<TableProps<Row>, 'empty' | 'trouble' | 'rows'> & { readonly rows: readonly Row[] }) {
  const { language } = useFaceWords()
  const address = useAddress()
  const order = orderIn(address.get(sortedAs))
  const by = columns.find(({ id }) => id === order?.column)?.by
  const shown = order === null || typeof by !== 'function' ? rows : sortedRows(rows, by, order.isDown, LANGUAGES[language].locale)
  return (
    <Scrolled className="list" label={label}>
      <table className="grid">
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} order={order?.column === column.id ? order : null} onOrder={(next) => address.set({ [sortedAs]: orderText(next), after: '' })} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.id} className={looksOf(column)}>
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

/** What can be done stays in sight where a table is wider than its place. */
const looksOf = ({ id, isFigure = false, isShort = false }: Column<never>): string | undefined =>
  id === 'acts' ? 'grid__acts' : isFigure ? 'grid__figure' : isShort ? 'grid__short' : undefined

interface HeadProps<Row> {
  readonly column: Column<Row>
  /** Null where the rows stand in another column's order, or in that of the centre. */
  readonly order: Order | null
  readonly onOrder: (order: Order | null) => void
}

/** Pressed once, twice, and back to how the centre told it; of figures the largest come first. */
function Head<Row>({ column, order, onOrder }: HeadProps<Row>) {
  const { id, title, by, isFigure = false } = column
  const Sign = order === null ? ChevronsUpDown : order.isDown ? ChevronDown : ChevronUp
  const next = order === null ? { column: id, isDown: isFigure } : order.isDown === isFigure ? { column: id, isDown: !isFigure } : null
  return (
    <th scope="col" className={looksOf(column)} aria-sort={order === null ? undefined : order.isDown ? 'descending' : 'ascending'}>
      {by === undefined ? title : (
        <button type="button" className="grid__order" onClick={() => onOrder(next)}>
          {title}
          <Sign size={16} aria-hidden />
        </button>
      )}
    </th>
  )
}
