import { CornerDownLeft, FileText, ReceiptText, Terminal, UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { productName } from '../../contract/product-name.ts'
import { unreachable } from '../../contract/unreachable.ts'
import type { SearchHit } from '../../contract/search-hit.ts'
import { useDesk } from '../desk/desk-context.ts'
import { useWords } from '../words/words-context.tsx'
import type { SpokenWords } from '../words/words-context.tsx'
import { ProductPicture } from './product-picture.tsx'

/** A way to go, found by its words like a thing. */
export interface Command {
  readonly kind: 'command'
  readonly id: string
  readonly words: string
  readonly run: () => void
}
export type Findable = SearchHit | Command

interface SearchListProps {
  readonly id: string
  readonly found: readonly Findable[]
  readonly active: number
  /** Said over the pieces of one product; null while everything is searched. */
  readonly title: string | null
  readonly onPoint: (place: number) => void
  readonly onTake: (hit: Findable) => void
}

/** What was found, by kind, each with what tells it apart: picture, stock, price, number, where it is. */
export function SearchList({ id, found, active, title, onPoint, onTake }: SearchListProps) {
  const words = useWords()
  return (
    <div className="search" id={id} role="listbox" aria-label={words.say('search.label')}>
      {title === null ? null : <p className="search__title">{title}</p>}
      {KINDS.map((kind) => {
        const places = found.flatMap((hit, place) => (hit.kind === kind ? [place] : []))
        if (places.length === 0) return null
        return (
          <div key={kind} role="group" aria-label={words.say(`search-kind.${kind}`)} className="search__group">
            <p className="search__kind" aria-hidden>
              {words.say(`search-kind.${kind}`)}
            </p>
            {places.map((place) => {
              const hit = found[place]
              if (hit === undefined) return null
              return (
                // The field keeps the focus and walks by arrow keys; a touch or a mouse lands here.
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                <div
                  key={keyOf(hit)}
                  id={`${id}-${place}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={place === active}
                  className="search__hit"
                  onPointerMove={() => onPoint(place)}
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={() => onTake(hit)}
                >
                  <Hit hit={hit} words={words} />
                  {place === active ? <CornerDownLeft size={18} aria-hidden className="search__enter" /> : null}
                </div>
              )
            })}
          </div>
        )
      })}
    </div>
  )
}

/** In the order in which a counter wants them. Written out, so that a kind without words does not compile. */
const KINDS = ['command', 'product', 'unit', 'customer', 'document', 'receipt'] as const

export function keyOf(hit: Findable): string {
  switch (hit.kind) {
    case 'command':
      return `command ${hit.id}`
    case 'product':
      return hit.productId
    case 'unit':
      return hit.unitId
    case 'document':
      return hit.documentId
    case 'receipt':
      return `receipt ${hit.number}`
    case 'customer':
      return hit.customerId
    default:
      return unreachable(hit)
  }
}

function Hit({ hit, words }: { hit: Findable; words: SpokenWords }) {
  const { store } = useDesk()
  const money = (amount_cents: number) => <span className="amount">{words.money(amount_cents, store.currency)}</span>
  switch (hit.kind) {
    case 'command':
      return <Row sign={<Terminal size={22} aria-hidden />} main={hit.words} />
    case 'product':
      return (
        <Row
          sign={<ProductPicture picture={hit.picture} />}
          main={<bdi>{productName(hit)}</bdi>}
          side={hit.tracking === 'serial' || hit.tracking === 'lot' ? words.say(hit.stock > 99 ? 'search.stock-many' : 'search.stock', { count: hit.stock }) : null}
          end={money(hit.price_cents)}
        />
      )
    case 'unit':
      return (
        <Row
          sign={<ProductPicture picture={hit.picture} />}
          main={<bdi dir="ltr" className="serial">{hit.serial}</bdi>}
          side={[productName(hit), words.sayCode(`custody.${hit.custody}`), words.say(`condition.${hit.condition}`)].join(' · ')}
          end={money(hit.price_cents)}
        />
      )
    case 'document':
      return (
        <Row
          sign={<FileText size={22} aria-hidden />}
          main={<>{words.sayCode(`paper-kind.${hit.paper}`)} <bdi>{hit.number}</bdi></>}
          side={`${words.instant(hit.at)} · ${hit.summary}`}
          end={money(hit.total_cents)}
        />
      )
    case 'receipt':
      return (
        <Row
          sign={<ReceiptText size={22} aria-hidden />}
          main={<bdi>{hit.number}</bdi>}
          side={[hit.name, hit.at === null ? '' : words.date(hit.at)].filter((part) => part !== '').join(' · ')}
        />
      )
    case 'customer':
      return <Row sign={<UserRound size={22} aria-hidden />} main={<bdi>{hit.name}</bdi>} side={<bdi>{hit.found}</bdi>} />
    default:
      return unreachable(hit)
  }
}

function Row({ sign, main, side = null, end = null }: { sign: ReactNode; main: ReactNode; side?: ReactNode; end?: ReactNode }) {
  return (
    <>
      <span className="search__sign">{sign}</span>
      <span className="search__words">
        <span className="search__main">{main}</span>
        {side === null ? null : <span className="search__side">{side}</span>}
      </span>
      {end}
    </>
  )
}
