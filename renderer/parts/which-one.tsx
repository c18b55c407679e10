import { ListBox, ListBoxItem } from 'react-aria-components'
import type { WhichOne as Question } from '../../contract/notice.ts'
import { nameAfterBrand } from '../../contract/product-name.ts'
import { useDesk } from '../desk/desk-context.ts'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { SerialText } from './unit-panel.tsx'

interface WhichOneProps {
  readonly question: Question
  readonly onChoose: (choice: string) => void
  readonly onNone: () => void
}

/** More than one thing answers to the number. Arrow keys and Enter, or a touch. */
export function WhichOne({ question, onChoose, onNone }: WhichOneProps) {
  const words = useWords()
  const { currency } = useDesk().store
  return (
    <Dialog title={words.say('sale.which')} onClose={onNone}>
      <p className="prose">{words.say('sale.which-text', { text: question.text })}</p>
      <ListBox
        className="options"
        aria-label={words.say('sale.which')}
        items={question.candidates}
        autoFocus="first"
        selectionMode="none"
        onAction={(key) => onChoose(String(key))}
      >
        {(candidate) => (
          <ListBoxItem id={candidate.choice} textValue={candidate.name} className="option">
            <span className="option__main">
              <strong>
                <bdi>{candidate.name}</bdi>
              </strong>
              {nameAfterBrand(candidate.brand, candidate.name) === candidate.name ? (
                <span className="option__side">{candidate.brand}</span>
              ) : null}
            </span>
            <span className="option__main">
              {candidate.serial === null ? null : <SerialText text={candidate.serial} />}
              <span className="option__side">{candidate.where}</span>
            </span>
            {candidate.price_cents === null ? null : (
              <span className="amount">{words.money(candidate.price_cents, currency)}</span>
            )}
          </ListBoxItem>
        )}
      </ListBox>
      <footer className="dialog__feet">
        <Button onPress={onNone}>{words.say('sale.which-none')}</Button>
      </footer>
    </Dialog>
  )
}
