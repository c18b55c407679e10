import { Ban, HandCoins, Pause, Tag, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { SaleAction, SaleLine, SaleView } from '../../contract/sale-view.ts'
import { useDeskStore, useMay } from '../desk/desk-context.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { CustomerStrip } from '../parts/customer-strip.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ProductPicture } from '../parts/product-picture.tsx'
import { WhichOne } from '../parts/which-one.tsx'
import { useWords } from '../words/words-context.tsx'
import type { OpenPanel } from './panel-name.ts'
import { PartOfSetDialog } from './part-of-set-dialog.tsx'
import { PriceDialog } from './price-dialog.tsx'
import { SaleLineRow } from './sale-line-row.tsx'
import { StrangerDialog } from './stranger-dialog.tsx'
import { TotalsCard } from './totals-card.tsx'

type Open = Extract<SaleView, { at: 'open' }>

/** The cart: lines on one side, the sum and the way on at the other. */
export function OpenSale({ sale, openPanel }: { sale: Open; openPanel: OpenPanel }) {
  const words = useWords()
  const store = useDeskStore()
  const [asks, setAsks] = useState<'park' | 'void' | 'price' | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const act = (action: SaleAction) =>
    void store.act((core) => core.sale.act({ flowId: sale.flowId, action }), 'reason' in action ? action.reason : '')
  const isEmpty = sale.lines.length === 0
  const maySell = useMay('sell')
  useHotkey(KEYS.back, () => void store.act((core) => core.desk.go({ to: 'home', unitId: null })), isEmpty && asks === null)
  return (
    <div className="sale">
      {isEmpty ? <EmptyCart /> : <Lines lines={sale.lines} act={act} onChosen={setChosen} />}
      <aside className="sale__side">
        {sale.missing.length === 0 ? null : (
          <p className="tone tone--attention sale__missing" role="status">
            {words.say('sale.missing', { parts: sale.missing.join(', ') })}
          </p>
        )}
        <TotalsCard totals={sale.totals}>
          <Button
            tone="primary"
            size="huge"
            icon={HandCoins}
            hotkey={KEYS.finish}
            isDisabled={isEmpty || !maySell}
            onPress={() => act({ do: 'pay' })}
          >
            {words.say('sale.pay')}
          </Button>
        </TotalsCard>
        <div className="sale__acts">
          <CustomerStrip openPanel={openPanel} />
          <Button icon={Undo2} hotkey={KEYS.undo} isDisabled={sale.undo === null} onPress={() => act({ do: 'undo' })}>
            {sale.undo === null ? words.say('sale.undo') : words.say('sale.undo-what', { what: sale.undo })}
          </Button>
          <Button icon={Tag} hotkey={KEYS.price} isDisabled={isEmpty} onPress={() => setAsks('price')}>
            {words.say('price.change')}
          </Button>
          <Button icon={Pause} hotkey={KEYS.park} isDisabled={isEmpty} onPress={() => setAsks('park')}>
            {words.say('sale.park')}
          </Button>
          <Button tone="danger" icon={Ban} hotkey={KEYS.voidSale} isDisabled={isEmpty} onPress={() => setAsks('void')}>
            {words.say('sale.void')}
          </Button>
        </div>
      </aside>
      {sale.question === null ? null : (
        <WhichOne
          question={sale.question}
          onChoose={(choice) => act({ do: 'choose', choice })}
          onNone={() => act({ do: 'dismiss-question' })}
        />
      )}
      {sale.stranger === null ? null : (
        <StrangerDialog stranger={sale.stranger} onSay={(why) => act({ do: 'settle-stranger', why })} />
      )}
      {sale.partOfSet === null ? null : <PartOfSetDialog part={sale.partOfSet} act={act} />}
      {asks === 'price' ? (
        <PriceDialog
          sale={sale}
          line={sale.lines.find((line) => line.lineId === chosen) ?? sale.lines.at(-1)}
          onClose={() => setAsks(null)}
          onAct={(action) => {
            setAsks(null)
            act(action)
          }}
        />
      ) : null}
      {asks === 'park' ? (
        <ParkDialog
          onClose={() => setAsks(null)}
          onPark={(name) => {
            setAsks(null)
            act({ do: 'park', name })
          }}
        />
      ) : null}
      {asks === 'void' ? (
        <VoidDialog
          onClose={() => setAsks(null)}
          onVoid={() => {
            setAsks(null)
            act({ do: 'void' })
          }}
        />
      ) : null}
    </div>
  )
}

function EmptyCart() {
  const { say } = useWords()
  return (
    <section className="empty">
      <span className="empty__pictures" aria-hidden>
        <ProductPicture picture="camera" />
        <ProductPicture picture="phone" />
        <ProductPicture picture="drill" />
      </span>
      <h1 className="empty__title">{say('sale.empty')}</h1>
      <p className="empty__hint">{say('sale.empty-hint')}</p>
    </section>
  )
}

interface LinesProps {
  readonly lines: readonly SaleLine[]
  readonly act: (action: SaleAction) => void
  readonly onChosen: (lineId: string | null) => void
}

/** One line is always chosen, the newest unless somebody walked to another: the keys for lines act on it. */
function Lines({ lines, act, onChosen }: LinesProps) {
  const { say } = useWords()
  const [walkedTo, setWalkedTo] = useState<{ lineId: string; newest: string | undefined } | null>(null)
  const newest = lines.at(-1)?.lineId
  const wished = walkedTo !== null && walkedTo.newest === newest ? walkedTo.lineId : newest
  const found = lines.findIndex((line) => line.lineId === wished)
  const place = found === -1 ? lines.length - 1 : found
  const chosen = lines[place]
  const chosenId = chosen?.lineId ?? null
  useEffect(() => onChosen(chosenId), [chosenId, onChosen])
  const walk = (step: number) => {
    const next = lines[Math.min(lines.length - 1, Math.max(0, place + step))]
    if (next !== undefined) setWalkedTo({ lineId: next.lineId, newest })
  }
  const count = (step: number) => {
    if (chosen === undefined || chosen.tracking === 'unit') return
    const quantity = chosen.quantity + step
    if (quantity >= 1) act({ do: 'set-quantity', lineId: chosen.lineId, quantity })
  }
  useHotkey(KEYS.previousLine, () => walk(-1))
  useHotkey(KEYS.nextLine, () => walk(1))
  useHotkey(KEYS.morePieces, () => count(1))
  useHotkey(KEYS.fewerPieces, () => count(-1))
  useHotkey(KEYS.removeLine, () => {
    if (chosen !== undefined) act({ do: 'remove-line', lineId: chosen.lineId })
  })
  return (
    <section className="lines" aria-label={say('sale.lines')}>
      <h1 className="visually-hidden">{say('sale.title')}</h1>
      <ol className="lines__list">
        {lines.map((line) => (
          <SaleLineRow
            key={line.lineId}
            line={line}
            isChosen={line === chosen}
            isNewest={line.lineId === newest}
            onRemove={() => act({ do: 'remove-line', lineId: line.lineId })}
            onQuantity={(quantity) => act({ do: 'set-quantity', lineId: line.lineId, quantity })}
          />
        ))}
      </ol>
    </section>
  )
}

function ParkDialog({ onClose, onPark }: { onClose: () => void; onPark: (name: string) => void }) {
  const { say } = useWords()
  const [name, setName] = useState('')
  return (
    <Dialog title={say('sale.park-title')} width="narrow" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          onPark(name.trim())
        }}
      >
        <label className="field">
          <span className="field__label">{say('sale.park-name')}</span>
          <input
            className="field__input"
            type="text"
            value={name}
            maxLength={80}
            placeholder={say('sale.park-example')}
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <footer className="dialog__feet">
          <Button onPress={onClose}>{say('app.cancel')}</Button>
          <Button tone="primary" icon={Pause} hotkey={KEYS.confirm} onPress={() => onPark(name.trim())}>
            {say('sale.park-do')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

function VoidDialog({ onClose, onVoid }: { onClose: () => void; onVoid: () => void }) {
  const { say } = useWords()
  return (
    <Dialog title={say('sale.void-title')} width="narrow" isAlert onClose={onClose}>
      <p className="prose">{say('sale.void-text')}</p>
      <footer className="dialog__feet">
        <Button onPress={onClose}>{say('app.cancel')}</Button>
        <Button tone="danger" icon={Ban} hotkey={KEYS.voidSale} onPress={onVoid}>
          {say('sale.void-do')}
        </Button>
      </footer>
    </Dialog>
  )
}
