import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { PolicyChanges } from '../../../renderer/parts/policy-changes.tsx'
import type { PolicyProposal } from '../../contract/shop-calls.ts'
import { hub } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Field } from '../parts/field.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

const EVERY_MS = 3_000

/** Rules that were made at tills and wait for an answer: what each would change for all stores, and who asks for it. */
export function PolicyProposals({ mayLead }: { mayLead: boolean }) {
  const { t } = useFaceWords()
  const asked = useCall(() => hub.policy.proposals(), [], EVERY_MS)
  if (asked.value === null || asked.value.length === 0) return <TroubleLine trouble={asked.trouble} />
  return (
    <section className="proposals" aria-label={t('policy.proposals')}>
      <h2>{t('policy.proposals')}</h2>
      {asked.value.map((one) => <Proposal key={`${one.till} ${one.version}`} proposal={one} mayLead={mayLead} onAnswered={asked.set} />)}
    </section>
  )
}

interface ProposalProps {
  readonly proposal: PolicyProposal
  readonly mayLead: boolean
  readonly onAnswered: (rest: PolicyProposal[]) => void
}

function Proposal({ proposal, mayLead, onAnswered }: ProposalProps) {
  const words = useFaceWords()
  const { t } = words
  const [note, setNote] = useState('')
  const { act, busy, trouble } = useAct()
  const { till, version, tillName, storeName, who, why, madeAt, step, isReadable, isBehind, inForce, changes } = proposal
  const answer = (how: 'adopted' | 'refused') => act(() => hub.policy.answer({ till, version, answer: how, note: note.trim() }), onAnswered)
  return (
    <article className="card">
      <h3><span className="serial">{version}</span> <Chip tone={step === 'in-force' ? 'attention' : 'plain'}>{t(step === 'in-force' ? 'policy.in-force-there' : 'policy.on-trial-there')}</Chip></h3>
      <p>{t('policy.proposed-by', { who, till: tillName, store: storeName, date: words.instant(madeAt) })}</p>
      <p><bdi>{why}</bdi></p>
      {isReadable ? null : <p role="alert">{t('policy.proposal-unreadable')}</p>}
      {isBehind && inForce !== null ? <p role="alert">{t('policy.proposal-behind', { base: proposal.basedOn, version: inForce })}</p> : null}
      {inForce === null ? <p className="muted">{t('policy.proposal-first')}</p> : <PolicyChanges changes={changes} />}
      {mayLead ? (
        <>
          <Field label={t('policy.answer-note')} value={note} onChange={setNote} />
          <div className="dialog__feet">
            <Button isDisabled={busy || note.trim() === ''} onPress={() => answer('refused')}>{t('policy.refuse')}</Button>
            <Button tone="primary" isDisabled={busy || !isReadable} onPress={() => answer('adopted')}>{t('policy.adopt')}</Button>
          </div>
        </>
      ) : null}
      <TroubleLine trouble={trouble} />
    </article>
  )
}
