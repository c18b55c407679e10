import { UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { useDesk } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { useScanCatcher } from '../../desk/scan-route.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'

/** Customers by card, telephone, e-mail or name; whoever is not there yet is made from what was typed. */
export function CustomersPanel({ openPanel, onClose }: { openPanel: OpenPanel; onClose: () => void }) {
  const words = useWords()
  const { revision } = useDesk()
  const [text, setText] = useState('')
  useScanCatcher(setText)
  const found = useAnswer((core) => core.customers.find({ text: text.trim() }), `${revision} ${text.trim()}`)
  return (
    <Dialog title={words.say('customers.title')} onClose={onClose}>
      <label className="field">
        <span className="field__label">{words.say('customers.find')}</span>
        <input
          className="field__input"
          type="text"
          dir="auto"
          value={text}
          maxLength={200}
          autoFocus
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            const [only] = found ?? []
            if (event.key === 'Enter' && found?.length === 1 && only) openPanel({ name: 'customer', customerId: only.customerId })
          }}
        />
      </label>
      <ListBox
        className="options"
        aria-label={words.say('customers.title')}
        items={found ?? []}
        selectionMode="none"
        renderEmptyState={() => <p className="muted">{words.say(text === '' ? 'customers.none-yet' : 'customers.none')}</p>}
        onAction={(key) => openPanel({ name: 'customer', customerId: String(key) })}
      >
        {(card) => (
          <ListBoxItem id={card.customerId} className="option" textValue={card.details.name}>
            <span className="option__main">
              <strong><bdi>{card.details.name || card.details.email || card.details.phone || card.details.card}</bdi></strong>
              <span className="option__side">
                <bdi dir="ltr">{[card.details.phone, card.details.email, card.details.card].filter((part) => part !== '').join(' · ')}</bdi>
              </span>
            </span>
            <span className="option__side">{words.say('customers.purchases', { count: card.purchases })}</span>
          </ListBoxItem>
        )}
      </ListBox>
      <footer className="dialog__feet">
        <Button onPress={onClose}>{words.say('app.close')}</Button>
        <Button tone="primary" icon={UserRoundPlus} onPress={() => openPanel({ name: 'customer', customerId: null, typed: text.trim() })}>
          {words.say('customers.new')}
        </Button>
      </footer>
    </Dialog>
  )
}
