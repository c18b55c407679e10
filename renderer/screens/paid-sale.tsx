import { ArrowRight, ReceiptText } from 'lucide-react'
import type { SaleView } from '../../contract/sale-view.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { ActivationsAfterSale } from '../panels/activation/activations-after-sale.tsx'
import { EmailPaper } from '../panels/letters/email-paper.tsx'
import { TagsAtExit } from '../panels/devices/tags-at-exit.tsx'
import { ParcelsAfterSale } from '../panels/parcels/parcels-after-sale.tsx'
import { PaperButton } from '../panels/paper-button.tsx'
import { Button } from '../parts/button.tsx'
import { PrintLine } from '../parts/print-line.tsx'
import { useWords } from '../words/words-context.tsx'
import { DonePage } from './done-page.tsx'
import type { OpenPanel } from './panel-name.ts'

type Paid = Extract<SaleView, { at: 'paid' }>

/** Done: the change to give, what became of the paper, and the next customer. */
export function PaidSale({ sale, openPanel }: { sale: Paid; openPanel: OpenPanel }) {
  const words = useWords()
  const store = useDeskStore()
  const { customer } = useDesk()
  const { currency } = sale.totals
  return (
    <DonePage title={words.say('paid.title')} documentId={sale.documentId} number={sale.receiptNumber}>
      <div className="card paid__change">
        {sale.change_cents === 0 ? (
          <p className="tendering__label">{words.say('paid.no-change')}</p>
        ) : (
          <>
            <p className="tendering__label">{words.say('paid.change')}</p>
            <output className="amount amount--hero">{words.money(sale.change_cents, currency)}</output>
          </>
        )}
        <p className="totals__row">
          <span>{words.say('sale.total')}</span>
          <span className="amount">{words.money(sale.totals.gross_cents, currency)}</span>
        </p>
        {sale.tenders.map((tender) => (
          <p key={tender.tenderId} className="totals__row muted">
            <span className="sentence">{words.say(`tender.${tender.kind}`)}</span>
            <span className="amount">{words.money(tender.given_cents, currency)}</span>
          </p>
        ))}
      </div>
      {sale.vouchers.length === 0 ? null : (
        <div className="card stack">
          <h2 className="card__title">{words.say('paid.vouchers', { count: sale.vouchers.length })}</h2>
          {sale.vouchers.map(({ number, amount_cents }) => (
            <p key={number} className="totals__row">
              <bdi dir="ltr">{number}</bdi>
              <span className="amount">{words.money(amount_cents, currency)}</span>
            </p>
          ))}
        </div>
      )}
      <div className="card stack">
        <p>{words.say('paid.receipt', { number: sale.receiptNumber })}</p>
        <PrintLine print={sale.print} />
      </div>
      <div className="row row--wrap">
        <Button
          tone="primary"
          size="huge"
          icon={ArrowRight}
          hotkey={KEYS.confirm}
          onPress={() => void store.act((core) => core.sale.begin())}
        >
          {words.say('paid.next')}
        </Button>
        <Button
          icon={ReceiptText}
          size="large"
          onPress={() => openPanel({ name: 'paper', documentId: sale.documentId })}
        >
          {words.say('paid.show')}
        </Button>
      </div>
      <ActivationsAfterSale saleId={sale.saleId} openPanel={openPanel} />
      <TagsAtExit flowId={sale.flowId} />
      <div className="row row--wrap">
        <ParcelsAfterSale saleId={sale.saleId} openPanel={openPanel} />
        <EmailPaper documentId={sale.documentId} isKnown={customer?.email === true} />
        <PaperButton
          source={{ paper: 'gift', documentId: sale.documentId }}
          words={words.say('papers.gift')}
          openPanel={openPanel}
        />
        {sale.lines.map((line) =>
          line.unitId === null ? null : (
            <PaperButton
              key={line.lineId}
              source={{ paper: 'warranty', unitId: line.unitId }}
              words={words.say('papers.warranty-of', { name: line.name })}
              openPanel={openPanel}
            />
          ),
        )}
      </div>
      <p className="muted">{words.say('paid.hint')}</p>
    </DonePage>
  )
}
