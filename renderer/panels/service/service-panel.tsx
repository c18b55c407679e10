import { FileDown, PackageOpen } from 'lucide-react'
import { useState } from 'react'
import type { FormEvent } from 'react'
import type { PullItem, ServiceDeskView } from '../../../contract/service-view.ts'
import { useDeskState, useDeskStore, useMay } from '../../desk/desk-context.ts'
import { useScanCatcher } from '../../desk/scan-route.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import { saveText } from '../devices/save-text.ts'
import { MissingList } from '../marks/missing-list.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'

interface ServicePanelProps {
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** What is in hand at the service desk, and what has to come off the shelves. */
export function ServicePanel({ openPanel, onClose }: ServicePanelProps) {
  const words = useWords()
  const desk = useAnswer((core) => core.service.desk(), 'desk')
  return (
    <Dialog title={words.say('service.title')} width="wide" onClose={onClose}>
      {desk === null ? (
        <p className="muted" role="status">{words.say('service.one-moment')}</p>
      ) : (
        <div className="service">
          <div className="stack">
            <Claims desk={desk} openPanel={openPanel} />
            <MissingList openPanel={openPanel} />
          </div>
          <Pulls desk={desk} />
        </div>
      )}
    </Dialog>
  )
}

function Claims({ desk, openPanel }: { desk: ServiceDeskView; openPanel: OpenPanel }) {
  const words = useWords()
  const store = useDeskStore()
  const seesPeople = useMay('see-customer')
  return (
    <section className="stack">
      <h3 className="card__title">{words.say('service.claims')}</h3>
      {desk.claims.length === 0 ? <p className="muted prose">{words.say('service.claims-empty')}</p> : null}
      <ul className="service__list">
        {desk.claims.map((claim) => (
          <li key={claim.claimId}>
            <button type="button" className="row-button" onClick={() => openPanel({ name: 'unit-service', unitId: claim.unitId })}>
              <span className="row-button__main">
                <span>{claim.name}</span>
                <span className="muted">
                  <bdi>{claim.number}</bdi> · <SerialText text={claim.serial} /> · {claim.symptom}
                </span>
              </span>
              <span className="chip">{claim.away === null ? words.say(`claim-state.${claim.state}`) : words.say('service.away', { place: claim.away })}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button icon={PackageOpen} onPress={() => openPanel({ name: 'vendors' })}>
        {words.say('vendor.open')}
      </Button>
      {desk.campaigns.length === 0 ? null : <h3 className="card__title">{words.say('service.campaigns')}</h3>}
      <ul className="service__list">
        {desk.campaigns.map((campaign) => (
          <li key={`${campaign.reference} ${campaign.product}`} className="card">
            <p>
              <strong><bdi>{campaign.reference}</bdi></strong> · {campaign.product}
            </p>
            <p>{campaign.reason}</p>
            <p className="muted">
              {campaign.here === null ? words.say('service.reach-look', { sold: campaign.sold }) : words.say('service.reach', { here: campaign.here, sold: campaign.sold })}
            </p>
            {seesPeople && campaign.sold > 0 ? (
              <Button icon={FileDown} onPress={() => void store.ask((core) => core.service.letters({ reference: campaign.reference })).then(saveText)}>
                {words.say('service.letters')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The pull list. A shelf is cleared by scanning all of it: what is not meant is told so, and stays. */
function Pulls({ desk }: { desk: ServiceDeskView }) {
  const words = useWords()
  const store = useDeskStore()
  const { refusal } = useDeskState()
  const [left, setLeft] = useState<readonly PullItem[] | null>(null)
  const [last, setLast] = useState<PullItem | null>(null)
  const [text, setText] = useState('')
  const items = left ?? desk.pulls
  const pull = (scanned: string) => {
    if (scanned.trim() === '') return
    setText('')
    setLast(null)
    void store.ask((core) => core.service.pull({ text: scanned.trim() })).then((answer) => {
      if (answer === null) return
      store.dismissRefusal()
      setLast(answer.pulled)
      setLeft(answer.left)
    })
  }
  useScanCatcher(pull)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    pull(text)
  }
  const done = items.filter(({ state }) => state === 'pulled').length
  return (
    <section className="stack">
      <h3 className="card__title">
        {words.say('service.pulls')} {items.length === 0 ? null : <span className="badge">{words.say('service.pull-done', { done, all: items.length })}</span>}
      </h3>
      {items.length === 0 ? (
        <p className="muted">{words.say('service.pulls-empty')}</p>
      ) : (
        <>
          <progress className="service__progress" value={done} max={items.length} aria-label={words.say('service.pulls')} />
          <p className="muted prose">{words.say('service.pulls-text')}</p>
          <form onSubmit={submit}>
            <label className="field">
              <span className="field__label">{words.say('service.pull-scan')}</span>
              <input className="field__input serial" value={text} autoFocus autoComplete="off" spellCheck={false} maxLength={200} onChange={(event) => setText(event.target.value)} />
            </label>
          </form>
        </>
      )}
      {last === null ? null : (
        <p className="service__said tone tone--good" role="status">
          <ToneSign tone="good" /> <Pulled item={last} />
        </p>
      )}
      {refusal === null || last !== null ? null : (
        <p className="service__said tone tone--info" role="status">
          <ToneSign tone="info" /> {words.refusal(refusal.code, refusal.params)}
        </p>
      )}
      <ul className="service__list">
        {items.map((item) => (
          <li key={item.is === 'piece' ? item.unitId : `${item.campaign} ${item.productId} ${item.lot}`} className="service__pull" data-state={item.state}>
            <span>
              {item.name} {item.is === 'piece' ? <SerialText text={item.serial} /> : item.lot === null ? null : words.say('sale.lot', { lot: item.lot })}
            </span>
            <span className="muted">
              <bdi>{item.campaign}</bdi> · {item.is === 'piece' ? words.sayCode(`area.${item.area}`, {}, item.area) : <HowMany quantity={item.quantity} />}
            </span>
            {isOnlyLookedFor(item) ? null : (
              <span className="chip">{item.is === 'goods' && item.state === 'pulled' ? words.say('pull.told-here') : words.say(`pull-state.${item.state}`)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Of goods that nobody has found yet it is not known that any are here. */
const isOnlyLookedFor = (item: PullItem): boolean => item.is === 'goods' && item.quantity === null && item.state === 'to-pull'

function HowMany({ quantity }: { quantity: number | null }) {
  const { say } = useWords()
  return quantity === null ? say('pull.look') : say('pull.on-record', { count: quantity })
}

function Pulled({ item }: { item: PullItem }) {
  const { say } = useWords()
  const { name } = item
  if (item.is === 'piece') return say('service.pulled', { name, serial: item.serial })
  return item.lot === null ? say('service.pulled-goods', { name }) : say('service.pulled-lot', { name, lot: item.lot })
}
