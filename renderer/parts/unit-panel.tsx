import type { Alias, CoverLayer, UnitCard } from '../../contract/unit.ts'
import { useDesk } from '../desk/desk-context.ts'
import { useWords } from '../words/words-context.tsx'
import { ProductPicture } from './product-picture.tsx'

/** Which single piece this is: the thing, its numbers, its state. */
export function UnitPanel({ unit }: { unit: UnitCard }) {
  const words = useWords()
  const { currency } = useDesk().store
  const { facts } = unit
  const purchase = 'purchase' in facts.title ? facts.title.purchase : null
  return (
    <section className="unit card">
      <header className="unit__head">
        <ProductPicture picture={unit.picture} />
        <div>
          <p className="unit__brand">{unit.brand}</p>
          <h2 className="unit__name">{unit.name}</h2>
          <p className="unit__variant">{unit.variant}</p>
        </div>
      </header>
      <dl className="facts">
        {unit.aliases.map((alias) => (
          <AliasRow key={`${alias.kind} ${alias.value}`} alias={alias} />
        ))}
        <Fact name={words.say('unit.condition')}>{words.say(`condition.${facts.condition}`)}</Fact>
        <Fact name={words.say('unit.where')}>{words.say(`custody.${facts.custody.at}`)}</Fact>
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
        {facts.flags.length === 0 ? null : (
          <Fact name={words.say('unit.flags')}>
            {facts.flags.map((flag) => (
              <span className="facts__line" key={`${flag.kind} ${flag.at}`}>
                {words.say('unit.flag', { flag: words.say(`flag.${flag.kind}`), source: flag.source, date: flag.at })}
              </span>
            ))}
          </Fact>
        )}
      </dl>
    </section>
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

function AliasRow({ alias }: { alias: Alias }) {
  const { say } = useWords()
  return (
    <Fact name={say(`alias.${alias.kind}`)}>
      <SerialText text={alias.value} />
      {alias.retiredWhy === null ? null : (
        <span className="facts__remark">{say('unit.retired', { why: alias.retiredWhy })}</span>
      )}
    </Fact>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
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
