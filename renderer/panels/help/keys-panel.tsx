import { GraduationCap } from 'lucide-react'
import { useDesk } from '../../desk/desk-context.ts'
import { KEYS } from '../../keys/keymap.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { KeyCap } from '../../parts/key-cap.tsx'
import type { WordKey } from '../../../contract/words/en.ts'
import { useWords } from '../../words/words-context.tsx'
import { setLessonProgress } from './lesson-progress.ts'

type Legend = readonly [keys: readonly string[], words: WordKey]

/** The keys by where they count. What stands on the buttons is not told twice in other words. */
const GROUPS: readonly (readonly [WordKey, readonly Legend[]])[] = [
  [
    'keys.everywhere',
    [
      [['Ctrl', 'K'], 'keys.search'], [[KEYS.help], 'keys.help'], [[KEYS.sale], 'go.sale'], [[KEYS.returns], 'go.return'],
      [[KEYS.check], 'go.check'], [[KEYS.parked], 'go.parked'], [[KEYS.papers], 'go.papers'], [[KEYS.offer], 'keys.offer'],
      [[KEYS.switchPerson], 'sign-in.switch'], [[KEYS.lock], 'sign-in.lock'], [[KEYS.back], 'keys.back'],
    ],
  ],
  [
    'keys.sale',
    [
      [[KEYS.finish], 'sale.pay'], [[KEYS.customer], 'sale.customer'], [[KEYS.previousLine, KEYS.nextLine], 'sale.keys-lines'],
      [[KEYS.morePieces, KEYS.fewerPieces], 'sale.keys-count'], [[KEYS.removeLine], 'sale.keys-remove'], [[KEYS.undo], 'sale.undo'],
      [[KEYS.price], 'price.change'], [[KEYS.park], 'sale.park'], [[KEYS.voidSale], 'sale.void'],
    ],
  ],
  [
    'keys.paying',
    [
      [KEYS.quickAmounts, 'keys.quick'], [[KEYS.confirm], 'keys.exact'], [[KEYS.card], 'pay.card'], [[KEYS.voucher], 'pay.voucher'],
      [[KEYS.deposit], 'pay.leave-deposit'],
    ],
  ],
]

/** Every key of the till on one sheet, opened by `?` wherever nothing is being typed. */
export function KeysPanel({ onClose }: { onClose: () => void }) {
  const { say } = useWords()
  const { demo } = useDesk()
  return (
    <Dialog title={say('keys.title')} width="wide" onClose={onClose}>
      <div className="keys">
        {GROUPS.map(([title, legends]) => (
          <section key={title}>
            <h3 className="card__title">{say(title)}</h3>
            <dl className="keys__list">
              {legends.map(([keys, words]) => (
                <div key={words} className="keys__row">
                  <dt>{keys.map((key) => <KeyCap key={key} name={key} />)}</dt>
                  <dd>{say(words)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <footer className="dialog__feet">
        {demo ? (
          <Button
            icon={GraduationCap}
            onPress={() => {
              setLessonProgress({ shown: true })
              onClose()
            }}
          >
            {say('lessons.title')}
          </Button>
        ) : null}
        <Button tone="primary" onPress={onClose}>{say('app.close')}</Button>
      </footer>
    </Dialog>
  )
}
