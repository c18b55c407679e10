import { FileDown, Pencil, RotateCcw, Trash2, UserRoundCheck, UserRoundX, Wrench } from 'lucide-react'
import { useState } from 'react'
import type { CustomerCard, CustomerPurchase, OwnerNews } from '../../../contract/customer.ts'
import { useDesk, useDeskStore, useMay } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { PaperButton } from '../paper-button.tsx'
import { saveFile } from '../save-file.ts'
import { CustomerForm, detailsFrom } from './customer-form.tsx'

interface CustomerPanelProps {
  /** Null makes a new one, from what was typed. */
  readonly customerId: string | null
  readonly typed: string
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** One customer: who it is, what is allowed, what was bought; into the sale with one key. */
export function CustomerPanel({ customerId, typed, openPanel, onClose }: CustomerPanelProps) {
  const { say } = useWords()
  const store = useDeskStore()
  const flowId = useOpenSale()
  if (customerId !== null) return <Known customerId={customerId} openPanel={openPanel} onClose={onClose} />
  return (
    <Dialog title={say('customers.new')} onClose={onClose}>
      <CustomerForm
        details={detailsFrom(typed)}
        consents={[]}
        doLabel={say(flowId === null ? 'customer.keep' : 'customer.keep-into-sale')}
        onCancel={onClose}
        onSave={(details, consents) => {
          void store.ask((core) => core.customers.create({ details, consents, flowId })).then((card) => {
            if (card === null) return
            if (flowId === null) openPanel({ name: 'customer', customerId: card.customerId })
            else onClose()
          })
        }}
      />
    </Dialog>
  )
}

/** The cart that a customer can be put into. */
function useOpenSale(): string | null {
  const { front } = useDesk()
  return front.screen === 'sale' && (front.sale.at === 'open' || front.sale.at === 'tendering') ? front.sale.flowId : null
}

function Known({ customerId, openPanel, onClose }: { customerId: string; openPanel: OpenPanel; onClose: () => void }) {
  const { say } = useWords()
  const desk = useDesk()
  const store = useDeskStore()
  const flowId = useOpenSale()
  const [does, setDoes] = useState<'look' | 'change' | 'erase'>('look')
  const maySee = useMay('see-customer')
  const seen = useAnswer((core) => core.customers.view({ customerId }), `${desk.revision}`)
  if (seen === null) return null
  const { card, purchases, news } = seen
  const isInSale = desk.customer?.customerId === customerId
  if (does === 'change')
    return (
      <Dialog title={say('customer.change')} onClose={() => setDoes('look')}>
        <CustomerForm
          details={card.details}
          consents={card.consents.filter(({ given }) => given).map(({ purpose }) => purpose)}
          doLabel={say('customer.keep')}
          onCancel={() => setDoes('look')}
          onSave={(details, consents) => {
            void store.ask((core) => core.customers.change({ customerId, details, consents })).then((changed) => {
              if (changed !== null) setDoes('look')
            })
          }}
        />
      </Dialog>
    )
  if (does === 'erase') return <Erase card={card} onDone={onClose} onCancel={() => setDoes('look')} />
  const choose = (id: string | null) => {
    if (flowId !== null) void store.act((core) => core.customers.choose({ flowId, customerId: id })).then((done) => done && onClose())
  }
  return (
    <Dialog title={card.details.name || say('customers.one')} onClose={onClose}>
      <News news={news} openPanel={openPanel} />
      <Details card={card} />
      <Purchases purchases={purchases} openPanel={openPanel} onClose={onClose} />
      <footer className="dialog__feet">
        {maySee ? (
          <>
            <Button tone="quiet" icon={Trash2} onPress={() => setDoes('erase')}>{say('customer.erase')}</Button>
            <Button tone="quiet" icon={FileDown} onPress={() => tell(store, customerId)}>{say('customer.tell')}</Button>
            <Button icon={Pencil} onPress={() => setDoes('change')}>{say('customer.change')}</Button>
          </>
        ) : null}
        {flowId === null ? null : isInSale ? (
          <Button icon={UserRoundX} onPress={() => choose(null)}>{say('customer.out-of-sale')}</Button>
        ) : (
          <Button tone="primary" icon={UserRoundCheck} onPress={() => choose(customerId)}>{say('customer.into-sale')}</Button>
        )}
      </footer>
    </Dialog>
  )
}

function tell(store: ReturnType<typeof useDeskStore>, customerId: string): void {
  void store.ask((core) => core.customers.tell({ customerId })).then((file) => {
    if (file !== null) saveFile(file.name, btoa(String.fromCharCode(...new TextEncoder().encode(file.text))), 'application/json')
  })
}

function Details({ card }: { card: CustomerCard }) {
  const words = useWords()
  const { details } = card
  const rows = (['phone', 'email', 'card', 'address', 'note'] as const).filter((name) => details[name] !== '')
  const given = card.consents.filter((consent) => consent.given)
  return (
    <section className="stack">
      {card.masked ? <p className="muted">{words.say('customer.masked')}</p> : null}
      <dl className="facts">
        {rows.map((name) => (
          <div key={name} className="facts__row">
            <dt>{words.say(`customer-field.${name}`)}</dt>
            <dd><bdi>{details[name]}</bdi></dd>
          </div>
        ))}
        <div className="facts__row">
          <dt>{words.say('customer.consents')}</dt>
          <dd>
            {given.length === 0 ? words.say('customer.no-consents') : given.map((consent) => (
              <span key={consent.purpose} className="facts__line">
                {words.say(`consent.${consent.purpose}`)} <span className="muted">{words.date(consent.at)}</span>
              </span>
            ))}
          </dd>
        </div>
      </dl>
    </section>
  )
}

/** The customer stands here, and no letter reaches better: what is to be told comes before everything else. */
function News({ news, openPanel }: { news: readonly OwnerNews[]; openPanel: OpenPanel }) {
  const words = useWords()
  if (news.length === 0) return null
  return (
    <section className="stack" aria-label={words.say('customer.news')}>
      <h3 className="card__title">{words.say('customer.news')}</h3>
      {news.map((one) => (
        <div key={`${one.unitId} ${one.is} ${one.is === 'ends' ? one.layer : one.reference}`} className={`card stack tone tone--${one.is === 'recall' ? 'attention' : 'info'}`}>
          <p>
            <bdi>{one.name}</bdi> <SerialText text={one.serial} />
          </p>
          {one.is === 'recall' ? (
            <>
              <p><strong><bdi>{one.reference}</bdi></strong> · {one.reason}</p>
              {one.stopUse ? <p>{words.say('service.stop-use')}</p> : null}
              {one.remedy === '' ? null : <p>{words.say('service.remedy', { remedy: one.remedy })}</p>}
              <Button onPress={() => openPanel({ name: 'unit-service', unitId: one.unitId })}>{words.say('service.open')}</Button>
            </>
          ) : (
            <p>{words.say('customer.news-ends', { layer: words.say(`cover.${one.layer}`), date: one.end })}</p>
          )}
        </div>
      ))}
    </section>
  )
}

interface PurchasesProps {
  readonly purchases: readonly CustomerPurchase[]
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** What was bought here, so that a return or a warranty receipt begins from the person, without any paper. */
function Purchases({ purchases, openPanel, onClose }: PurchasesProps) {
  const words = useWords()
  const store = useDeskStore()
  const { store: place } = useDesk()
  const mayTakeBack = useMay('take-back')
  return (
    <section className="stack">
      <h3 className="card__title">{words.say('customer.bought')}</h3>
      {purchases.length === 0 ? <p className="muted">{words.say('customer.bought-nothing')}</p> : null}
      {purchases.map((sale) => (
        <div key={sale.saleId} className="card purchase">
          <button
            type="button"
            className="row-button"
            disabled={sale.documentId === null}
            onClick={() => sale.documentId !== null && openPanel({ name: 'paper', documentId: sale.documentId })}
          >
            <span className="row-button__main">
              <strong><bdi>{sale.number}</bdi></strong>
              <span className="muted">{words.instant(sale.at)}</span>
            </span>
            <span className="amount">{words.money(sale.total_cents, place.currency)}</span>
          </button>
          <ul className="purchase__lines">
            {sale.lines.map((line) => (
              <li key={`${line.unitId ?? ''} ${line.name}`} className="purchase__line">
                <span className="purchase__what">
                  {line.quantity > 1 ? `${words.number(line.quantity)} × ` : ''}<bdi>{line.name}</bdi>{' '}
                  {line.serial === null ? null : <bdi dir="ltr" className="serial muted">{line.serial}</bdi>}
                </span>
                {line.isBack ? <span className="muted">{words.say('customer.came-back')}</span> : null}
                {line.unitId === null || line.isBack ? null : (
                  <>
                    <PaperButton source={{ paper: 'warranty', unitId: line.unitId }} words={words.say('papers.warranty')} openPanel={openPanel} />
                    <ClaimButton unitId={line.unitId} openPanel={openPanel} />
                    {mayTakeBack ? (
                      <Button
                        icon={RotateCcw}
                        onPress={() => {
                          const { unitId } = line
                          void store.act((core) => core.desk.go({ to: 'return', unitId, shown: 'picked' })).then((done) => done && onClose())
                        }}
                      >
                        {words.say('offer.start-return')}
                      </Button>
                    ) : null}
                  </>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

/** A claim begins from what this customer bought, so that nobody claims for a piece of somebody else. */
function ClaimButton({ unitId, openPanel }: { unitId: string; openPanel: OpenPanel }) {
  const { say } = useWords()
  return (
    <Button icon={Wrench} onPress={() => openPanel({ name: 'unit-service', unitId })}>
      {say('service.open')}
    </Button>
  )
}

function Erase({ card, onDone, onCancel }: { card: CustomerCard; onDone: () => void; onCancel: () => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  return (
    <Dialog title={say('customer.erase')} width="narrow" isAlert onClose={onCancel}>
      <p className="prose">{say('customer.erase-text', { name: card.details.name })}</p>
      <footer className="dialog__feet">
        <Button onPress={onCancel}>{say('app.cancel')}</Button>
        <Button
          tone="danger"
          icon={Trash2}
          onPress={() => void store.act((core) => core.customers.erase({ customerId: card.customerId })).then((done) => done && onDone())}
        >
          {say('customer.erase-do')}
        </Button>
      </footer>
    </Dialog>
  )
}
