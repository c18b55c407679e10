import { useState } from 'react'
import type { ReactNode } from 'react'
import { flagsThatHold } from '../../contract/reservation.ts'
import { custodyCode } from '../../contract/parcel.ts'
import type { Alias, CoverLayer, UnitCard } from '../../contract/unit.ts'
import { useDesk } from '../desk/desk-context.ts'
import { useWords } from '../words/words-context.tsx'
import { sourceInWords } from './evidence-words.ts'
import { PieceStrip } from './piece-strip.tsx'
import { Readings } from './readings.tsx'

/** A piece as it stands in the books: which one it is, by all numbers that still hold, and its condition. */
export function UnitStrip({ unit }: { unit: UnitCard }) {
  const { say } = useWords()
  return (
    <PieceStrip piece={unit} chip={say(`condition.${unit.facts.condition}`)}>
      <p className="line__numbers">
        {unit.aliases
          .filter((alias) => alias.retiredWhy === null)
          .map((alias) => (
            <AliasText key={`${alias.kind} ${alias.value}`} alias={alias} />
          ))}
      </p>
    </PieceStrip>
  )
}

export function AliasText({ alias }: { alias: Alias }) {
  const { say } = useWords()
  return (
    <span className="line__number">
      {say(`alias.${alias.kind}`)} <SerialText text={alias.value} />
    </span>
  )
}

/** What the records hold of the piece: its five facts, and numbers that are no longer valid. */
export function UnitDetails({ unit }: { unit: UnitCard }) {
  const words = useWords()
  const { currency } = useDesk().store
  const { facts } = unit
  const [now] = useState(() => new Date().toISOString())
  const flags = flagsThatHold(facts, now)
  const purchase = 'purchase' in facts.title ? facts.title.purchase : null
  const retired = unit.aliases.filter((alias) => alias.retiredWhy !== null)
  return (
    <>
      <dl className="facts card">
        <Fact name={words.say('unit.where')}>{words.sayCode(`custody.${custodyCode(facts.custody)}`)}</Fact>
        {purchase === null ? null : (
          <Fact name={words.say('question.purchase')}>
            {words.say('unit.paid', {
              amount: words.money(purchase.paid_cents, purchase.currency),
              date: purchase.soldAt,
            })}
          </Fact>
        )}
        {purchase !== null || unit.price_cents === null ? null : (
          <Fact name={words.say('unit.price')}>{words.money(unit.price_cents, currency)}</Fact>
        )}
        <Fact name={words.say('unit.cover')}>
          {facts.cover.length === 0
            ? words.say('unit.no-cover')
            : facts.cover.map((layer) => <Cover key={`${layer.layer} ${layer.end}`} layer={layer} />)}
        </Fact>
        {flags.length === 0 ? null : (
          <Fact name={words.say('unit.flags')}>
            {flags.map((flag) => (
              <span className="facts__line" key={`${flag.kind} ${flag.at}`}>
                {flag.until === undefined ? words.say('unit.flag', { flag: words.say(`flag.${flag.kind}`), source: sourceInWords(words, flag.source), date: flag.at }) : words.say('unit.flag-kept', { number: flag.reference ?? '', date: flag.until })}
              </span>
            ))}
          </Fact>
        )}
        {retired.map((alias) => (
          <Fact key={`${alias.kind} ${alias.value}`} name={words.say(`alias.${alias.kind}`)}>
            <SerialText text={alias.value} />
            <span className="facts__remark">{words.say('unit.retired', { why: words.sayCode(`label-why.${alias.retiredWhy ?? ''}`, {}, alias.retiredWhy ?? '') })}</span>
          </Fact>
        ))}
      </dl>
      <Readings sensed={facts.sensed ?? []} />
    </>
  )
}

function Cover({ layer }: { layer: CoverLayer }) {
  const { say } = useWords()
  const name = say(`cover.${layer.layer}`)
  return (
    <span className="facts__line">
      {layer.voidWhy === null
        ? say('unit.cover-until', { layer: name, date: layer.end })
        : say('unit.cover-void', { layer: name, why: layer.voidWhy })}
    </span>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="facts__row">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** A number that people compare sign by sign: one width for every sign, and left to right in every language. */
export function SerialText({ text }: { text: string }) {
  return (
    <bdi dir="ltr" className="serial">
      {text}
    </bdi>
  )
}
