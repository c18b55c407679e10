import { Banknote, Check, CreditCard, RotateCcw, Undo2 } from 'lucide-react'
import { ExchangeKind, type Difference, type ExchangeAction, type ExchangeView } from '../../contract/exchange-view.ts'
import type { UnitCard } from '../../contract/unit.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { AtTerminal } from '../parts/at-terminal.tsx'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { MoneyBack } from '../parts/money-back.tsx'
import { PrintLine } from '../parts/print-line.tsx'
import { Scrolled } from '../parts/scrolled.tsx'
import { UnitStrip } from '../parts/unit-panel.tsx'
import { VerdictHead } from '../parts/verdict-panel.tsx'
import { ApproveButton } from '../returns/approve-button.tsx'
import { PieceCondition, ReturnReason } from '../returns/piece-choices.tsx'
import { StillMissing } from '../returns/still-missing.tsx'
import type { SpokenWords } from '../words/words-context.tsx'
import { useWords } from '../words/words-context.tsx'
import { DonePage } from './done-page.tsx'
import { GoHome } from './go-home.tsx'
import { ScanFirst } from './scan-first.tsx'

type Act = (action: ExchangeAction) => void

/** Said one right after the other; all else is done once, however often it is pressed. */
const FOLLOW_AT_ONCE: readonly ExchangeAction['do'][] = ['choose-kind', 'give-reason', 'grade']

/** A piece comes, another goes: both side by side, the price between them, and one paper. */
export function ExchangeScreen({ flow }: { flow: ExchangeView }) {
  const { say } = useWords()
  const store = useDeskStore()
  const act: Act = (action) =>
    void store[FOLLOW_AT_ONCE.includes(action.do) ? 'choose' : 'act']((core) => core.exchange.act({ flowId: flow.flowId, action }))
  switch (flow.at) {
    case 'old':
      return (
        <div className="return-scan">
          <KindChoice flow={flow} act={act} />
          <ScanFirst
            title={say('exchange.scan-old')}
            hint={say('exchange.scan-old-hint')}
            pictures={['phone', 'watch']}
            question={flow.question}
            onChoose={(choice) => act({ do: 'choose', choice })}
            onNone={() => act({ do: 'dismiss-question' })}
          />
        </div>
      )
    case 'new':
      return (
        <div className="return-scan">
          <KindChoice flow={flow} act={act} />
          <VerdictHead verdict={flow.verdict} />
          <UnitStrip unit={flow.old} />
          {flow.mayGoOn && flow.verdict.outcome === 'refuse' ? <p className="card prose">{say('exchange.late')}</p> : null}
          {flow.mayGoOn ? (
            <ScanFirst
              title={say('exchange.scan-new')}
              hint={say('exchange.scan-new-hint')}
              pictures={['phone', 'watch']}
              question={flow.question}
              onChoose={(choice) => act({ do: 'choose', choice })}
              onNone={() => act({ do: 'dismiss-question' })}
            />
          ) : (
            <p className="card prose">{say('notice.not-to-be-exchanged')}</p>
          )}
          <StartOver act={act} />
        </div>
      )
    case 'settle':
      return <Settle flow={flow} act={act} />
    case 'paying':
      return <AtTerminal way={flow.way} asked={flow} act={act} />
    case 'done':
      return <DoneExchange flow={flow} />
    default:
      return unreachable(flow)
  }
}

function KindChoice({ flow, act }: { flow: Exclude<ExchangeView, { at: 'paying' | 'done' }>; act: Act }) {
  const { say } = useWords()
  return (
    <section className="card">
      <ChoiceGroup
        label={say('exchange.kind')}
        chosen={flow.kind}
        choices={ExchangeKind.options.map((id) => ({ id, words: say(`exchange.kind.${id}`) }))}
        onChoose={(kind) => act({ do: 'choose-kind', kind })}
      />
    </section>
  )
}

function StartOver({ act }: { act: Act }) {
  const { say } = useWords()
  return (
    <div className="assess__acts">
      <Button icon={Undo2} hotkey={KEYS.undo} onPress={() => act({ do: 'undo' })}>
        {say('return.undo')}
      </Button>
      <Button icon={RotateCcw} hotkey={KEYS.back} onPress={() => act({ do: 'start-over' })}>
        {say('return.start-over')}
      </Button>
    </div>
  )
}

function Settle({ flow, act }: { flow: Extract<ExchangeView, { at: 'settle' }>; act: Act }) {
  const words = useWords()
  return (
    <div className="assess">
      <Scrolled className="assess__main" label={words.say('exchange.title')}>
        <h1 className="visually-hidden">{words.say('exchange.title')}</h1>
        <KindChoice flow={flow} act={act} />
        <div className="side-by-side">
          <Side title={words.say('exchange.old')} unit={flow.old} />
          <Side title={words.say('exchange.new')} unit={flow.new} />
        </div>
        {flow.oldVerdict.outcome === 'accept' ? null : <VerdictHead verdict={flow.oldVerdict} />}
        {flow.newVerdict.outcome === 'accept' ? null : <VerdictHead verdict={flow.newVerdict} />}
        <Differences differences={flow.differences} />
        {flow.cover.length === 0 ? null : (
          <section className="card">
            <h2 className="card__title">{words.say('exchange.cover')}</h2>
            {flow.cover.map((layer) => (
              <p key={`${layer.layer} ${layer.end}`}>
                {words.say('exchange.cover-line', { layer: words.say(`cover.${layer.layer}`), date: layer.end, claims: layer.claimsUsed })}
              </p>
            ))}
          </section>
        )}
      </Scrolled>
      <aside className="assess__side">
        <div className="card stack assess__questions">
          <ReturnReason chosen={flow.reason} choices={flow.reasonChoices} onChoose={(reason) => act({ do: 'give-reason', reason })} />
          <PieceCondition chosen={flow.condition} choices={flow.conditionChoices} onChoose={(condition) => act({ do: 'grade', condition })} />
        </div>
        <Money flow={flow} act={act} />
        <StartOver act={act} />
      </aside>
    </div>
  )
}

function Side({ title, unit }: { title: string; unit: UnitCard }) {
  return (
    <div className="stack">
      <p className="choices__label">{title}</p>
      <UnitStrip unit={unit} />
    </div>
  )
}

/** Row by row what is the same and what is not; what differs is bold and not only coloured. */
function Differences({ differences }: { differences: readonly Difference[] }) {
  const words = useWords()
  const { currency } = useDesk().store
  return (
    <section className="card">
      <table className="differs">
        <caption className="card__title">{words.say('exchange.differs')}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{words.say('exchange.differs')}</span>
            </th>
            <th scope="col">{words.say('exchange.old')}</th>
            <th scope="col">{words.say('exchange.new')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((row) => (
            <tr key={row.what} data-differs={row.differs}>
              <th scope="row">
                {words.say(`differs.${row.what}`)} {row.differs ? '≠' : '='}
              </th>
              <td>
                <bdi>{valueOf(row.what, row.old, currency, words)}</bdi>
              </td>
              <td>
                <bdi>{valueOf(row.what, row.new, currency, words)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function valueOf(what: Difference['what'], value: string, currency: string, words: SpokenWords): string {
  if (value === '') return '–'
  if (what === 'price') return words.money(Number(value), currency)
  if (what === 'condition') return words.sayCode(`condition.${value}`, {}, value)
  if (what === 'produced') return words.date(value)
  if (what !== 'cover') return value
  return value.split(', ').map((layer) => {
    const [name = '', end = ''] = layer.split(' ')
    return words.say('unit.cover-until', { layer: words.sayCode(`cover.${name}`, {}, name), date: end })
  }).join(', ')
}

function Money({ flow, act }: { flow: Extract<ExchangeView, { at: 'settle' }>; act: Act }) {
  const words = useWords()
  const { settlement, missing } = flow
  const due = settlement.difference_cents
  // A terminal that is away never blocks an exchange: a card can be taken on a stand-alone one beside the till.
  const hasTerminal = useDesk().devices.some((device) => device.role === 'terminal')
  const label = due > 0 ? 'exchange.difference' : due < 0 ? 'exchange.back' : 'exchange.even'
  return (
    <section className="card totals">
      <p className="totals__total">
        <span className="totals__label">{words.say(label)}</span>
        <output className="amount amount--total">{words.money(Math.abs(due), settlement.currency)}</output>
      </p>
      {(settlement.back?.pays ?? []).map(({ kind, amount_cents }) => (
        <p key={kind} className="totals__row muted">
          <span>{words.say('return.refund-to', { tender: words.say(`tender.${kind}`) })}</span>
          <span className="amount">{words.money(amount_cents, settlement.currency)}</span>
        </p>
      ))}
      <p className="totals__row muted">{words.say('return.next-place', { place: words.say(`place.${flow.next}`) })}</p>
      <StillMissing approvedBy={flow.approvedBy} missing={missing.map((one) => words.say(`exchange.missing-${one}`))} />
      {missing.length === 1 && missing[0] === 'approval' ? (
        <ApproveButton why={flow.approvalFor} onApprove={(note) => act({ do: 'approve', note })} />
      ) : due > 0 ? (
        <>
          <Button tone="primary" size="huge" icon={Banknote} hotkey={KEYS.finish} isDisabled={missing.length > 0} onPress={() => act({ do: 'settle', tender: 'cash' })}>
            {words.say('exchange.cash')}
          </Button>
          {hasTerminal ? (
            <Button size="large" icon={CreditCard} isDisabled={missing.length > 0} onPress={() => act({ do: 'settle', tender: 'card' })}>
              {words.say('exchange.card-line')}
            </Button>
          ) : null}
          <Button size={hasTerminal ? 'medium' : 'large'} icon={CreditCard} isDisabled={missing.length > 0} onPress={() => act({ do: 'settle', tender: 'card', approvalCode: '' })}>
            {words.say('exchange.card')}
          </Button>
        </>
      ) : (
        <Button tone="primary" size="huge" icon={Check} hotkey={KEYS.finish} isDisabled={missing.length > 0} onPress={() => act({ do: 'settle', tender: 'cash' })}>
          {words.say('exchange.do')}
        </Button>
      )}
    </section>
  )
}

function DoneExchange({ flow }: { flow: Extract<ExchangeView, { at: 'done' }> }) {
  const words = useWords()
  return (
    <DonePage title={words.say('exchange.done')} documentId={flow.documentId} number={flow.number}>
      <SettledMoney flow={flow} />
      <div className="side-by-side">
        <Side title={words.say('exchange.old')} unit={flow.old} />
        <Side title={words.say('exchange.new')} unit={flow.new} />
      </div>
      <div className="card stack">
        <p>
          {words.say('exchange.number', { number: flow.number })} · {words.say('return.next-place', { place: words.say(`place.${flow.next}`) })}
        </p>
        <PrintLine print={flow.print} />
      </div>
      <GoHome />
    </DonePage>
  )
}

/** The money between the two pieces: what goes back, or what was taken; nothing where they cost the same. */
function SettledMoney({ flow }: { flow: Extract<ExchangeView, { at: 'done' }> }) {
  const words = useWords()
  const { settlement, tender } = flow
  const { back, currency } = settlement
  if (flow.kind !== 'exchange') return null
  if (back !== null && back.pays.length > 0) return <MoneyBack pays={back.pays} currency={currency} credits={flow.credits} />
  if (tender === null || settlement.difference_cents <= 0) return null
  return (
    <div className="card paid__change">
      <p className="tendering__label">{words.say('exchange.taken', { tender: words.say(`tender.${tender}`) })}</p>
      <output className="amount amount--hero">
        {words.money(tender === 'cash' ? settlement.cash_cents : settlement.difference_cents, currency)}
      </output>
    </div>
  )
}
