import { FlaskConical, Scale } from 'lucide-react'
import { useState } from 'react'
import { Policy } from '../../../contract/policy.ts'
import type { PolicyDeskView, PolicyVersion } from '../../../contract/policy-view.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { useRested } from '../../desk/use-rested.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { PolicyChanges } from '../../parts/policy-changes.tsx'
import { useWords } from '../../words/words-context.tsx'
import { WhatIfList, WhatIfSum } from './policy-effect.tsx'
import { RulesEditor } from './rules-editor.tsx'

/** The rules of the shop: what applies and why, what a change would do, and only then the change. */
export function PolicyPanel({ onClose }: { onClose: () => void }) {
  const { say } = useWords()
  const [turn, setTurn] = useState(0)
  const desk = useAnswer((core) => core.policy.view(), turn)
  return (
    <Dialog title={say('policy.title')} width="wide" onClose={onClose}>
      {desk === null ? null : (
        <>
          <State desk={desk} onDone={() => setTurn(turn + 1)} />
          <Editor key={`${desk.state.version} ${turn}`} desk={desk} onSaved={() => setTurn(turn + 1)} />
        </>
      )}
    </Dialog>
  )
}

/** What applies now, where it comes from, and what is on trial beside it. */
function State({ desk, onDone }: { desk: PolicyDeskView; onDone: () => void }) {
  const words = useWords()
  const store = useDeskStore()
  const { state } = desk
  const shown = useAnswer((core, trial) => (trial === '' ? Promise.resolve(null) : core.policy.trial()), state.trial ?? '')
  const settle = (version: string, how: 'putInForce' | 'withdraw') => void store.act((core) => core.policy[how]({ version })).then(onDone)
  return (
    <section className="policy__state">
      <p>
        <strong>{words.say('policy.in-force', { version: state.version })}</strong> {words.say(`policy.from-${state.from}`)}
      </p>
      <p className="muted">{desk.centre === null ? words.say('policy.rules-here') : words.say('policy.rules-centre', { url: desk.centre })}</p>
      {desk.overruled === null ? null : <p role="alert">{words.say(`policy.overruled-${desk.overruled.why}`, { version: desk.overruled.version })}</p>}
      {state.broken === null ? null : <p role="alert">{words.say('policy.broken-why', state.broken)}</p>}
      {state.trial === null ? null : (
        <div className="policy__trial">
          <p>{words.say('policy.on-trial', { version: state.trial })}</p>
          {shown === null ? null : <WhatIfSum whatIf={shown} />}
          {shown === null ? null : <WhatIfList whatIf={shown} />}
          <div className="row">
            <Button tone="primary" onPress={() => settle(state.trial ?? '', 'putInForce')}>{words.say('policy.put-in-force')}</Button>
            <Button onPress={() => settle(state.trial ?? '', 'withdraw')}>{words.say('policy.end-trial')}</Button>
          </div>
        </div>
      )}
      {state.from === 'here' ? <Button onPress={() => settle(state.version, 'withdraw')}>{words.say('policy.withdraw')}</Button> : null}
    </section>
  )
}

function Editor({ desk, onSaved }: { desk: PolicyDeskView; onSaved: () => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [draft, setDraft] = useState(desk.policy)
  const [why, setWhy] = useState('')
  const read = Policy.safeParse(draft)
  const asked = useRested(JSON.stringify(read.success ? read.data : desk.policy))
  const effect = useAnswer((core, about) => core.policy.preview({ draft: JSON.parse(about) as Policy }), asked)
  const changes = effect?.changes ?? []
  const save = (how: 'trial' | 'in-force') => {
    if (!read.success) return
    void store.act((core) => core.policy.save({ draft: read.data, basedOn: desk.state.version, why: why.trim(), how })).then((isDone) => isDone && onSaved())
  }
  const maySave = read.success && changes.length > 0 && why.trim() !== ''
  return (
    <div className="policy">
      <RulesEditor draft={draft} desk={desk} onDraft={setDraft} />
      <div className="policy__effect" aria-live="polite">
        <h3>{say('policy.changes')}</h3>
        <PolicyChanges changes={changes} />
        {read.success ? null : <p className="policy__wrong" role="alert">{say('policy.unfinished', { where: read.error.issues[0]?.path.join(' › ') ?? '' })}</p>}
        {effect === null || changes.length === 0 ? null : <WhatIfSum whatIf={effect.whatIf} />}
        <label className="field">
          <span className="field__label">{say('policy.why')}</span>
          <input className="field__input" type="text" maxLength={200} value={why} onChange={(event) => setWhy(event.target.value)} />
        </label>
        <div className="row row--wrap">
          <Button tone="primary" icon={FlaskConical} isDisabled={!maySave} onPress={() => save('trial')}>{say('policy.try')}</Button>
          <Button icon={Scale} isDisabled={!maySave} onPress={() => save('in-force')}>{say('policy.put-in-force')}</Button>
        </div>
        {effect === null || changes.length === 0 ? null : <WhatIfList whatIf={effect.whatIf} />}
        <Versions desk={desk} />
      </div>
    </div>
  )
}

/** How far a version has come with the centre. */
function Answer({ version: { answer, isSent } }: { version: PolicyVersion }) {
  const words = useWords()
  if (answer === null) return <span className="muted"> · {words.say(isSent ? 'policy.proposed' : 'policy.not-sent')}</span>
  return <span> · {words.say(`policy.answer-${answer.answer}`, { who: answer.who, date: words.instant(answer.at), note: answer.note })}</span>
}

function Versions({ desk }: { desk: PolicyDeskView }) {
  const words = useWords()
  if (desk.versions.length === 0) return null
  return (
    <details className="policy__versions">
      <summary>{words.say('policy.versions', { count: desk.versions.length })}</summary>
      <ul>
        {desk.versions.map((one) => (
          <li key={one.version}>
            {one.version} · {words.say(`policy-step.${one.step}`)} · {words.instant(one.stepAt)} · {one.stepBy} · <bdi>{one.why}</bdi>
            {desk.centre === null ? null : <Answer version={one} />}
          </li>
        ))}
      </ul>
    </details>
  )
}
