import { Search } from 'lucide-react'
import { useState } from 'react'
import { custodyCode } from '../../../contract/parcel.ts'
import { fullName } from '../../../contract/product-name.ts'
import { flagsThatHold } from '../../../contract/reservation.ts'
import type { UnitCard } from '../../../contract/unit.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { ProductPicture } from '../../../renderer/parts/product-picture.tsx'
import { Readings } from '../../../renderer/parts/readings.tsx'
import { eventInWords } from '../../../renderer/words/event-in-words.ts'
import type { UnitVerdicts } from '../../contract/till-calls.ts'
import { hub } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Field, Form } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { openPlace } from '../places.ts'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

/** Any piece of the chain by any number on it, and its whole life. */
export function UnitsScreen({ text, mayAsk }: { text: string; mayAsk: boolean }) {
  const { t } = useFaceWords()
  const [typed, setTyped] = useState(text)
  const found = useCall(async () => (text === '' ? null : await hub.units.find({ text })), [text])
  const cards = text === '' ? null : found.value
  return (
    <Page title={t('place.units')} lead={t('units.lead')} trouble={found.trouble}>
      <Form onSend={() => openPlace('units', typed.trim())}>
        <div className="search">
          <Field label={t('units.search')} type="search" value={typed} onChange={setTyped} isCode autoFocus />
          <Button tone="primary" icon={Search} isDisabled={typed.trim() === ''} onPress={() => openPlace('units', typed.trim())}>{t('units.find')}</Button>
        </div>
      </Form>
      {text === '' ? <div className="empty"><p>{t('units.start')}</p></div> : cards === null ? <p className="list__waits" aria-busy="true" /> : cards.length === 0 ? (
        <div className="empty"><p>{t('units.none', { text })}</p><p className="muted">{t('units.none-hint')}</p></div>
      ) : cards.map((card) => <Unit key={card.unitId} card={card} isOpen={cards.length === 1} mayAsk={mayAsk} />)}
    </Page>
  )
}

function Unit({ card, isOpen, mayAsk }: { card: UnitCard; isOpen: boolean; mayAsk: boolean }) {
  const words = useFaceWords()
  const { t } = words
  const [open, setOpen] = useState(isOpen)
  const { facts } = card
  const [now] = useState(() => new Date().toISOString())
  const flags = flagsThatHold(facts, now)
  const purchase = 'purchase' in facts.title ? facts.title.purchase : null
  return (
    <article className="unit-card card">
      <header className="unit-card__head">
        <ProductPicture picture={card.picture} />
        <div className="unit-card__words">
          <h2><bdi>{fullName(card.brand, card.name)}</bdi></h2>
          <p className="muted"><bdi>{card.variant}</bdi></p>
          <p>{card.aliases.map((alias) => <span key={`${alias.kind} ${alias.value}`} className={alias.retiredWhy === null ? 'number' : 'number number--old'}>{words.say(`alias.${alias.kind}`)} <bdi dir="ltr" className="serial">{alias.value}</bdi></span>)}</p>
        </div>
        <div className="unit-card__state">
          {flags.length === 0 ? null : <Chip tone="stop">{flags.map((flag) => words.say(`flag.${flag.kind}`)).join(', ')}</Chip>}
          <p>{words.sayCode(`custody.${custodyCode(facts.custody)}`)}</p>
          <p className="muted">{words.say(`condition.${facts.condition}`)}</p>
        </div>
      </header>
      {purchase === null ? null : <p>{t('units.sold', { date: purchase.soldAt, receipt: purchase.receiptNumber, amount: words.money(purchase.paid_cents, purchase.currency) })}</p>}
      {open ? <Readings sensed={facts.sensed ?? []} /> : null}
      {open ? <Verdicts unitId={card.unitId} mayAsk={mayAsk} /> : null}
      {open ? <Timeline unitId={card.unitId} /> : <Button onPress={() => setOpen(true)}>{t('units.show-life')}</Button>}
    </article>
  )
}

const TONES = { accept: 'good', 'ask-staff': 'attention', refuse: 'stop' } as const

/** What a counter of its store would say of it now, with the reason that weighs most; and who outside was asked for it. */
function Verdicts({ unitId, mayAsk }: { unitId: string; mayAsk: boolean }) {
  const words = useFaceWords()
  const judged = useCall(() => hub.units.verdict({ unitId }), [unitId])
  const [asked, setAsked] = useState<UnitVerdicts | null>(null)
  const { act, busy, trouble } = useAct()
  const now = asked ?? judged.value
  if (now === null) return <TroubleLine trouble={judged.trouble} />
  const { check, return: back, policyVersion, registers } = now
  return (
    <div className="unit-card__judged">
      <ul className="life" aria-label={words.t('units.verdict', { version: policyVersion })}>
        {[check, back].map((verdict) => {
          const { reason, params } = verdict.findings[verdict.reasons[0] ?? 'identity']
          return (
            <li key={verdict.intent} className="life__line">
              <span className="life__time">{words.t(verdict.intent === 'check' ? 'units.asked-about' : 'units.brought-back')}</span>
              <Chip tone={TONES[verdict.outcome]}>{words.sayCode(`outcome.${verdict.intent}.${verdict.outcome}`)}</Chip>
              <span className="sentence">{words.sayCode(`reason.${reason}.staff`, params)}</span>
            </li>
          )
        })}
      </ul>
      <div className="unit-card__registers" role="status">
        <p className="muted">{[...registers.map((one) => words.t('units.register', { register: one.register, said: words.tCode(`register-said.${one.said}`) })), words.t('units.no-tags')].join(' ')}</p>
        {registers.length === 0 || !mayAsk ? null : (
          <Button tone="quiet" isDisabled={busy} onPress={() => act(() => hub.units.askRegisters({ unitId }), setAsked)}>{words.t(busy ? 'units.asking' : 'units.ask-registers')}</Button>
        )}
        <TroubleLine trouble={trouble} />
      </div>
    </div>
  )
}

function Timeline({ unitId }: { unitId: string }) {
  const words = useFaceWords()
  const life = useCall(() => hub.units.timeline({ unitId }), [unitId])
  if (life.value === null) return life.trouble !== null ? <TroubleLine trouble={life.trouble} /> : <p className="list__waits" aria-busy="true" />
  if (life.value.length === 0) return <p className="muted">{words.t('units.no-life')}</p>
  return (
    <ol className="life">
      {life.value.map((entry, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a life is only added to
        <li key={place} className="life__line">
          <time className="life__time" dateTime={entry.at}>{words.instant(entry.at)}</time>
          <span className="sentence">{eventInWords(words, entry.kind, entry.params)}</span>
          <span className="muted"><bdi>{[entry.storeName, entry.who].filter((part) => part !== null).join(' · ')}</bdi></span>
        </li>
      ))}
    </ol>
  )
}
