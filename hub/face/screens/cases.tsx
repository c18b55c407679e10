import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { ChoiceGroup } from '../../../renderer/parts/choice-group.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { CaseView } from '../../contract/till-calls.ts'
import { useAddress } from '../address.ts'
import { hub } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Field } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { openPlace } from '../places.ts'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { FloorCases } from './floor-cases.tsx'

const EVERY_MS = 5_000

/** What two tills did and cannot both be true: both sides, and the steps that settle it. Under it, what single tills have open. */
export function CasesScreen({ mayTend }: { mayTend: boolean }) {
  const { t } = useFaceWords()
  const address = useAddress()
  const state = address.get('show') === 'settled' ? 'settled' : 'open'
  const cases = useCall(() => hub.cases.list({ state }), [state], EVERY_MS)
  const [chosen, setChosen] = useState<CaseView | null>(null)
  return (
    <Page
      title={t('place.cases')}
      lead={t('cases.lead')}
      trouble={cases.trouble}
      acts={<ChoiceGroup label={t('cases.show')} chosen={state} choices={[{ id: 'open', words: t('cases.open') }, { id: 'settled', words: t('cases.settled') }]} onChoose={(show) => address.set({ show: show === 'open' ? '' : show })} />}
    >
      {cases.value === null ? <p className="list__waits" aria-busy="true" /> : cases.value.length === 0 ? (
        <div className="empty"><p>{t(state === 'open' ? 'cases.none-open' : 'cases.none-settled')}</p></div>
      ) : (
        <ul className="cases">
          {cases.value.map((one) => (
            <li key={one.id} className="case card">
              <CaseHead one={one} />
              <div className="case__sides">
                <Side title={t('cases.first')} side={one.first} />
                <Side title={t('cases.second')} side={one.second} />
              </div>
              {one.state === 'open' ? (
                mayTend ? <Button tone="primary" onPress={() => setChosen(one)}>{t('cases.settle')}</Button> : null
              ) : (
                <p className="muted">{t('cases.was-settled', { how: t(`step.${stepOf(one.settledHow)}`), who: one.settledBy ?? '', note: one.note ?? '' })}</p>
              )}
            </li>
          ))}
        </ul>
      )}
      <FloorCases state={state} mayTend={mayTend} />
      {chosen === null ? null : <Settle one={chosen} onClose={() => setChosen(null)} onCases={cases.set} />}
    </Page>
  )
}

const STEPS = ['wrong-scan', 'void', 'keep-both', 'fraud', 'handed-over'] as const
const stepOf = (how: string | null): (typeof STEPS)[number] => STEPS.find((step) => step === how) ?? 'handed-over'

function CaseHead({ one }: { one: CaseView }) {
  const words = useFaceWords()
  return (
    <header className="case__head">
      <Chip tone={one.state === 'open' ? 'stop' : 'plain'}>{words.tCode(`case.${one.kind}`)}</Chip>
      <h2 className="case__thing"><bdi>{one.thing}</bdi></h2>
      {one.serial === null ? null : <button type="button" className="link serial" dir="ltr" onClick={() => openPlace('units', one.serial ?? '')}>{one.serial}</button>}
      <span className="muted">{words.instant(one.openedAt)}</span>
    </header>
  )
}

function Side({ title, side }: { title: string; side: CaseView['first'] }) {
  const words = useFaceWords()
  const { t } = words
  const said = { ...(side.receipt === null ? {} : { receipt: side.receipt, number: side.receipt }), ...(side.amount_cents === null || side.currency === null ? {} : { amount_cents: side.amount_cents, currency: side.currency }) }
  const amount = side.amount_cents === null || side.currency === null ? null : words.money(side.amount_cents, side.currency)
  return (
    <section className="side-card">
      <h3 className="muted">{title}</h3>
      <p className="side-card__what sentence">{words.sayCode(`event.${side.kind}`, said, words.tCode(`title.${side.kind}`))}</p>
      <dl className="facts">
        <Fact name={t('cases.where')} value={[side.storeName, side.tillName].filter((part) => part !== null).join(' · ')} />
        <Fact name={t('cases.when')} value={side.at === null ? '' : words.instant(side.at)} />
        <Fact name={t('cases.who')} value={side.who ?? ''} />
        <Fact name={t('cases.receipt')} value={side.receipt ?? ''} />
        <Fact name={t('cases.amount')} value={amount ?? ''} />
      </dl>
    </section>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return value === '' ? null : (
    <div className="facts__row">
      <dt>{name}</dt>
      <dd><bdi>{value}</bdi></dd>
    </div>
  )
}

function Settle({ one, onClose, onCases }: { one: CaseView; onClose: () => void; onCases: (cases: CaseView[]) => void }) {
  const { t } = useFaceWords()
  const [how, setHow] = useState<CaseView['steps'][number]>(one.steps[0] ?? 'wrong-scan')
  const [note, setNote] = useState('')
  const { act, busy, trouble } = useAct()
  const send = () => act(() => hub.cases.settle({ id: one.id, unitId: one.unitId, how, note }), (cases) => {
    onCases(cases)
    onClose()
  })
  return (
    <Dialog title={t('cases.settle')} onClose={onClose}>
      <p><bdi>{one.thing}</bdi> {one.serial === null ? null : <bdi dir="ltr" className="serial">{one.serial}</bdi>}</p>
      <ChoiceGroup label={t('cases.what-was-it')} chosen={how} choices={one.steps.map((id) => ({ id, words: t(`step.${id}`) }))} onChoose={setHow} />
      <ol className="steps">
        {t(`step-help.${how}`).split('\n').map((line) => <li key={line}>{line}</li>)}
      </ol>
      <Field label={t('cases.note')} value={note} onChange={setNote} />
      <TroubleLine trouble={trouble} />
      <div className="dialog__feet">
        <Button tone="primary" isDisabled={busy || note.trim() === ''} onPress={send}>{t('cases.settle')}</Button>
      </div>
    </Dialog>
  )
}
