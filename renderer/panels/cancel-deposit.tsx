import { HandCoins } from 'lucide-react'
import { useState } from 'react'
import type { ParkedSale } from '../../contract/sale-view.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useWords } from '../words/words-context.tsx'
import { RefusalLine } from '../parts/refusal-line.tsx'

interface CancelDepositProps {
  readonly sale: ParkedSale
  readonly deposit: NonNullable<ParkedSale['deposit']>
  readonly onDone: () => void
}

/** Gives a deposit back as it came, after one question: money leaves the drawer. */
export function CancelDeposit({ sale, deposit, onDone }: CancelDepositProps) {
  const words = useWords()
  const store = useDeskStore()
  const [asks, setAsks] = useState(false)
  const params = { name: sale.name, amount: words.money(deposit.amount_cents, sale.currency) }
  const giveBack = () => {
    void store.act((core) => core.money.cancelDeposit({ number: deposit.number })).then((done) => {
      if (done) onDone()
    })
  }
  return (
    <>
      <Button icon={HandCoins} onPress={() => setAsks(true)}>
        {words.say('deposit.give-back-of', params)}
      </Button>
      {asks ? (
        <Dialog title={words.say('deposit.give-back')} width="narrow" isAlert onClose={() => setAsks(false)}>
          <div className="stack">
            <p className="prose">{words.say('deposit.give-back-text', params)}</p>
            <RefusalLine />
            <footer className="dialog__feet">
              <Button hotkey={KEYS.back} onPress={() => setAsks(false)}>
                {words.say('app.cancel')}
              </Button>
              <Button tone="primary" hotkey={KEYS.confirm} onPress={giveBack}>
                {words.say('deposit.give-back')}
              </Button>
            </footer>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
