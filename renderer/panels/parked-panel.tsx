import { useEffect, useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { ParkedSale } from '../../contract/sale-view.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { Dialog } from '../parts/dialog.tsx'
import { MoneyBack } from '../parts/money-back.tsx'
import type { OpenPanel } from '../screens/panel-name.ts'
import { useWords } from '../words/words-context.tsx'
import { CancelDeposit } from './cancel-deposit.tsx'
import { PaperButton } from './paper-button.tsx'

/** Sales that wait. Arrow keys and Enter, or a touch, bring one back. */
export function ParkedPanel({ openPanel, onClose }: { openPanel: OpenPanel; onClose: () => void }) {
  const words = useWords()
  const { parked, front } = useDesk()
  const store = useDeskStore()
  const [wentBack, setWentBack] = useState<ParkedSale | null>(null)
  // A card gets its money from the terminal: its goods are in front now, and the rest is told there.
  const atTerminal = front.screen === 'sale' && front.sale.at === 'asking-terminal'
  useEffect(() => {
    if (wentBack !== null && atTerminal) onClose()
  }, [wentBack, atTerminal, onClose])
  const recall = (flowId: string) => {
    void store.act((core) => core.sale.recall({ flowId })).then((done) => {
      if (done) onClose()
    })
  }
  return (
    <Dialog title={words.say('go.parked')} width="medium" onClose={onClose}>
      {wentBack?.deposit && !atTerminal ? (
        <section className="stack" role="status">
          <h3 className="card__title">{words.say('deposit.went-back', { name: wentBack.name })}</h3>
          <MoneyBack pays={wentBack.deposit.back} currency={wentBack.currency} />
        </section>
      ) : null}
      {parked.length === 0 ? <p className="prose">{words.say('sale.parked-none')}</p> : null}
      <ListBox
        className="options"
        aria-label={words.say('go.parked')}
        items={parked}
        autoFocus="first"
        selectionMode="none"
        onAction={(key) => recall(String(key))}
      >
        {(sale) => (
          <ListBoxItem id={sale.flowId} className="option" textValue={sale.name}>
            <span className="option__main">
              <strong>{sale.name}</strong>
              <span className="option__side">
                {words.say('sale.parked-by', { by: sale.by, time: words.time(sale.parkedAt) })} ·{' '}
                {words.say('sale.pieces', { count: sale.pieces })}
                {sale.deposit ? ` · ${words.say('deposit.left', { amount: words.money(sale.deposit.amount_cents, sale.currency) })}` : null}
              </span>
            </span>
            <span className="amount">{words.money(sale.total_cents, sale.currency)}</span>
          </ListBoxItem>
        )}
      </ListBox>
      <div className="row row--wrap">
        {parked.map((sale) => (
          <PaperButton
            key={sale.flowId}
            source={{ paper: 'slip', flowId: sale.flowId }}
            words={words.say('papers.slip-of', { name: sale.name })}
            openPanel={openPanel}
          />
        ))}
        {parked.map((sale) => (sale.deposit ? <CancelDeposit key={sale.flowId} sale={sale} deposit={sale.deposit} onDone={() => setWentBack(sale)} /> : null))}
      </div>
    </Dialog>
  )
}
