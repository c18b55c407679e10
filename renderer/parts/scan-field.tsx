import { ScanLine } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { FormEvent, KeyboardEvent } from 'react'
import { productName } from '../../contract/product-name.ts'
import { SEARCH_TEXT_MAX, type SearchHit } from '../../contract/search-hit.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import type { OpenPanel } from '../screens/panel-name.ts'
import { useWords } from '../words/words-context.tsx'
import { KeyCap } from './key-cap.tsx'
import { keyOf, SearchList, type Command, type Findable } from './search-list.tsx'

interface ScanFieldProps {
  readonly isHome: boolean
  readonly openPanel: OpenPanel
  readonly commands: readonly Command[]
}

const LIST = 'search-list'
const TEXT_MIN = 2
const COMMANDS_MAX = 4

/**
 * The one input of the till: a unit, a product, a receipt, a card; what it is, the core finds out. What is typed is
 * searched for at once; Enter alone still means what is in the field, and only a hit that somebody walked to is taken:
 * that very hit, wherever a later answer puts it.
 */
export function ScanField({ isHome, openPanel, commands }: ScanFieldProps) {
  const { say } = useWords()
  const store = useDeskStore()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [walkedTo, setWalkedTo] = useState<string | null>(null)
  const [pieces, setPieces] = useState<{ readonly title: string; readonly found: readonly SearchHit[] } | null>(null)
  const lastLook = useRef(0)
  const asked = text.trim()
  const hits = useAnswer((core, about) => (about.length < TEXT_MIN || about.length > SEARCH_TEXT_MAX ? Promise.resolve([]) : core.search.find({ text: about })), asked)
  const found: readonly Findable[] = pieces?.found ?? [...commandsFor(asked, commands), ...(asked.length < TEXT_MIN ? [] : (hits ?? []))]
  const active = walkedTo === null ? -1 : found.findIndex((hit) => keyOf(hit) === walkedTo)
  const shows = isOpen && found.length > 0

  /** Something else is looked for: pieces that were asked for and are still to come belong to nobody. */
  const lookAnew = () => {
    lastLook.current += 1
    setPieces(null)
    setWalkedTo(null)
  }
  useOpenKey(() => {
    field.current?.focus()
    field.current?.select()
    lookAnew()
    setOpen(true)
  })

  const clear = () => {
    setText('')
    setOpen(false)
    lookAnew()
  }
  const scan = (code: string) => {
    clear()
    void store.scan(code, 'typed').then((taken) => {
      // What was refused is given back for correction, unless something new was typed meanwhile.
      if (!taken) setText((now) => (now === '' ? code : now))
    })
  }
  /** A piece is never sold without saying which: the pieces that stand here come next. */
  const choosePieceOf = async (product: Extract<SearchHit, { kind: 'product' }>) => {
    const look = (lastLook.current += 1)
    const some = await store.ask((core) => core.search.pieces({ productId: product.productId }))
    if (some === null || look !== lastLook.current) return
    setPieces({ title: productName(product), found: some })
    setWalkedTo(some[0] === undefined ? null : keyOf(some[0]))
  }
  const take = (hit: Findable) => {
    switch (hit.kind) {
      case 'command':
        clear()
        return hit.run()
      case 'product':
        if (hit.tracking !== 'serial') return scan(hit.scan)
        if (hit.stock === 0) {
          // None here: another store may have one.
          clear()
          return openPanel({ name: 'pieces', show: 'find', text: productName(hit) })
        }
        return void choosePieceOf(hit)
      case 'unit':
      case 'receipt':
        return scan(hit.scan)
      case 'document':
        clear()
        return openPanel({ name: 'paper', documentId: hit.documentId })
      case 'customer':
        clear()
        return openPanel({ name: 'customer', customerId: hit.customerId })
      default:
        return unreachable(hit)
    }
  }
  const walkTo = (place: number) => {
    const hit = found[place]
    setWalkedTo(hit === undefined ? null : keyOf(hit))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const chosen = shows ? found[active] : undefined
    if (chosen !== undefined) return take(chosen)
    if (asked !== '') scan(asked)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!shows) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      const next = Math.max(-1, Math.min(found.length - 1, active + step))
      walkTo(next)
      document.getElementById(`${LIST}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      if (pieces === null) clear()
      else lookAnew()
    }
  }
  return (
    <form className="scan" onSubmit={submit} role="search" aria-label={say('scan.label')}>
      <ScanLine className="scan__icon" aria-hidden />
      <input
        ref={field}
        id="scan"
        className="scan__input"
        type="text"
        role="combobox"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          lookAnew()
          setOpen(true)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
        aria-label={say('scan.label')}
        aria-expanded={shows}
        aria-controls={LIST}
        aria-autocomplete="list"
        {...(shows && active >= 0 ? { 'aria-activedescendant': `${LIST}-${active}` } : {})}
        placeholder={say('scan.placeholder')}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={8192}
        dir="auto"
        {...(isHome ? { 'data-home-focus': true } : {})}
      />
      <button className="scan__enter" type="submit" tabIndex={-1}>
        <span className="visually-hidden">{say('scan.enter')}</span>
        <KeyCap name="Enter" />
      </button>
      {shows ? (
        <SearchList id={LIST} found={found} active={active} title={pieces?.title ?? null} onPoint={walkTo} onTake={take} />
      ) : null}
      <p className="visually-hidden" role="status">
        {shows ? say('search.found', { count: found.length }) : ''}
      </p>
    </form>
  )
}

/** Ways to go whose words begin like what was typed; all of them while nothing is. */
function commandsFor(asked: string, commands: readonly Command[]): readonly Command[] {
  if (asked === '') return commands
  const starts = asked.toLocaleLowerCase().split(/\s+/u)
  return commands
    .filter(({ words }) => {
      const parts = words.toLocaleLowerCase().split(/\s+/u)
      return starts.every((start) => parts.some((part) => part.startsWith(start)))
    })
    .slice(0, COMMANDS_MAX)
}

/** Ctrl+K or Cmd+K, as search is opened everywhere else. */
function useOpenKey(open: () => void): void {
  const latest = useRef(open)
  useEffect(() => {
    latest.current = open
  })
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      if (document.querySelector('[role=dialog],[role=alertdialog]') !== null) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
