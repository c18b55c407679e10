import type { UnitService } from '../../../contract/service-view.ts'
import { useDeskStore, useMay } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { TestReports } from '../../parts/test-reports.tsx'
import { UnitStrip } from '../../parts/unit-panel.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { ClaimCard } from './claim-card.tsx'
import { OptionFacts } from './decide-claim.tsx'
import { NewClaim } from './new-claim.tsx'
import { OwnerCard } from './owner-card.tsx'
import { SetCard } from './set-card.tsx'
import { TheftCard } from './theft-card.tsx'
import { useService } from './use-service.ts'

interface UnitServicePanelProps {
  readonly unitId: string
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** Everything that is done for one piece after it was sold: what protects it, its claims, its recall, its owner. */
export function UnitServicePanel({ unitId, openPanel, onClose }: UnitServicePanelProps) {
  const words = useWords()
  const store = useDeskStore()
  const mayFlag = useMay('flag-unit')
  const { service, act } = useService(unitId)
  if (service === null) {
    return (
      <Dialog title={words.say('service.title')} width="wide" onClose={onClose}>
        <p className="muted" role="status">{words.say('service.one-moment')}</p>
      </Dialog>
    )
  }
  const open = service.claims.filter((claim) => claim.state !== 'closed')
  const closed = service.claims.filter((claim) => claim.state === 'closed')
  const showPaper = (made: { documentId: string } | null) => {
    if (made !== null) openPanel({ name: 'paper', documentId: made.documentId })
  }
  const claims = (list: UnitService['claims']) =>
    list.map((claim) => (
      <ClaimCard
        key={claim.claimId}
        claim={claim}
        options={service.options}
        onAct={(one) => act((core) => core.service.actClaim({ claimId: claim.claimId, act: one }))}
        onPhoto={(base64) => void act((core) => core.service.photo({ claimId: claim.claimId, shot: { base64 } }))}
        onPaper={() => void store.ask((core) => core.service.claimPaper({ claimId: claim.claimId })).then(showPaper)}
      />
    ))
  return (
    <Dialog title={words.say('service.of', { name: service.unit.name })} width="wide" onClose={onClose}>
      <div className="service">
        <div className="service__main stack">
          <UnitStrip unit={service.unit} />
          <RefusalLine />
          <Recalls service={service} onRemedied={(reference) => void act((core) => core.service.remedied({ unitId, reference, note: '' }))} mayFlag={mayFlag} />
          {service.unit.facts.title.is === 'ours' ? null : <TestReports unitId={unitId} />}
          {claims(open)}
          {open.length > 0 || service.unit.facts.title.is === 'ours' ? null : (
            <NewClaim service={service} onOpen={(intake) => void act((core) => core.service.openClaim({ unitId, ...intake }))} />
          )}
          {claims(closed)}
        </div>
        <aside className="service__side stack">
          <Promises service={service} />
          <OwnerCard
            service={service}
            onTransfer={(owner) => act(async (core) => {
              const done = await core.service.transfer({ unitId, ...owner })
              openPanel({ name: 'paper', documentId: done.documentId })
              return done
            })}
            onHolder={(contractNumber, to) => act((core) => core.service.changeHolder({ unitId, contractNumber, to }))}
            onCode={() => void store.ask((core) => core.service.ownerCode({ unitId })).then(showPaper)}
          />
          <SetCard
            service={service}
            onPack={(text) => act((core) => core.service.pack({ unitId, text }))}
            onTakeOut={(partId, reason) => act((core) => core.service.takeOut({ unitId, partId, reason }))}
            onNumber={(part, number) => act((core) => core.service.notePart({ unitId, part, number }))}
          />
          {mayFlag && service.unit.facts.title.is !== 'ours' ? (
            <TheftCard
              service={service}
              onReport={(reference, reason) => act((core) => core.service.reportStolen({ unitId, reference, reason }))}
              onClear={(reason) => act((core) => core.service.clearStolen({ unitId, reason }))}
            />
          ) : null}
        </aside>
      </div>
    </Dialog>
  )
}

/** What carries a claim today. The owner's own account is always a way and no promise: it is not listed. */
function Promises({ service }: { service: UnitService }) {
  const words = useWords()
  const promises = service.options.filter(({ basis }) => basis !== 'none')
  return (
    <section className="card stack">
      <h3 className="card__title">{words.say('service.promises')}</h3>
      {promises.length === 0 ? <p className="muted">{words.say('unit.no-cover')}</p> : null}
      <ul className="service__promises">
        {promises.map((option) => (
          <li key={`${option.basis} ${option.contractNumber ?? ''}`}>
            <strong>{words.say(`claim-basis.${option.basis}`)}</strong>
            <OptionFacts option={option} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface RecallsProps {
  readonly service: UnitService
  readonly mayFlag: boolean
  readonly onRemedied: (reference: string) => void
}

/** A recall is told first: the owner is standing here, and no letter reaches better. */
function Recalls({ service, mayFlag, onRemedied }: RecallsProps) {
  const words = useWords()
  return service.campaigns.map((campaign) => (
    <section key={campaign.reference} className={`card stack tone tone--${campaign.remediedAt === null ? 'attention' : 'good'}`}>
      <h3 className="card__title">
        <bdi>{campaign.reference}</bdi> · {campaign.reason}
      </h3>
      {campaign.remediedAt === null ? (
        <>
          {service.unit.facts.title.is === 'ours' ? null : <p>{words.say('service.tell-owner')}</p>}
          {campaign.stopUse ? <p>{words.say('service.stop-use')}</p> : null}
          <p>{words.say('service.remedy', { remedy: campaign.remedy })}</p>
          {mayFlag ? <Button onPress={() => onRemedied(campaign.reference)}>{words.say('service.remedied')}</Button> : null}
        </>
      ) : (
        <p>{words.say('service.remedied-at', { date: campaign.remediedAt })}</p>
      )}
    </section>
  ))
}
