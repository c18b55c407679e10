import type { DeskView } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { Policy } from '../../../contract/policy.ts'
import type { PolicyChange, PolicyDeskView, PolicyVersion, WhatIf } from '../../../contract/policy-view.ts'
import type { Desk } from '../desk/desk.ts'
import { later } from '../../../contract/days.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { nextNumber } from '../store/meta.ts'
import { sql } from '../store/store.ts'
import { hubPlace, progressOf } from '../sync/progress.ts'
import { newestOfCentre } from './centre-policies.ts'
import { returnsHere, returnsTold } from './past-returns.ts'
import { changesBetween } from '../../../contract/policy-changes.ts'
import { answerTo } from './policy-answers.ts'
import { isSent, keepDocument, lastKept, lineageOf, ownVersions, recordPolicyStep, recordVersion, type PolicyStep } from './policy-rows.ts'
import { policyState } from './policy-state.ts'
import { whatIf } from './what-if.ts'

const MONTH_MS = 31 * DAY_MS

/** What a person at the till may see of the rules, try and change. Nothing of it is ever overwritten. */
export class PolicyDesk {
  readonly #ground: Ground
  readonly #desk: Desk

  constructor(ground: Ground, desk: Desk) {
    this.#ground = ground
    this.#desk = desk
  }

  /** Keeps the document of the centre that is in force, if it was not kept yet: it is the one to fall back on. */
  keep(): void {
    const ground = this.#ground
    const newest = newestOfCentre(ground.mirror, ground.now())
    if (newest === null || newest.policy === null || lastKept(ground.store.reading)?.version === newest.version) return
    ground.store.write((db) => keepDocument(db, newest.version, newest.document, ground.now()))
  }

  view(): PolicyDeskView {
    const inForce = this.#ground.policyInForce()
    const rows = sql(this.#ground.mirror.reading, 'SELECT DISTINCT category FROM products ORDER BY category').all() as { category: string }[]
    return {
      state: policyState(this.#ground),
      policy: inForce.policy,
      trial: inForce.trial?.policy ?? null,
      centre: hubPlace(this.#ground.store.reading)?.url ?? null,
      overruled: inForce.overruled,
      versions: this.#versions(),
      categories: rows.map(({ category }) => category),
      stores: Object.entries(this.#ground.storeNames).map(([id, name]) => ({ id, name })),
      currency: this.#ground.place.currency,
    }
  }

  #versions(): PolicyVersion[] {
    const { store, mirror } = this.#ground
    const { acked } = progressOf(store.reading)
    return ownVersions(store.reading).map(({ version, basedOn, why, who, madeAt, step, stepAt, stepBy }) => ({
      version, basedOn, why, who, madeAt, step, stepAt, stepBy, isSent: isSent(store.reading, version, acked), answer: answerTo(mirror, version),
    }))
  }

  preview(draft: Policy): { changes: PolicyChange[]; whatIf: WhatIf } {
    const { place } = this.#ground
    const { policy } = this.#ground.policyInForce()
    return { changes: changesBetween(policy, draft, place.currency), whatIf: this.#whatIf(draft, later(this.#ground.now(), -MONTH_MS), true) }
  }

  /** Every verdict since the trial began, judged under both; nothing where nothing is on trial. */
  trial(): Result<WhatIf> {
    const { trial } = this.#ground.policyInForce()
    return trial === null ? refused('not-in-this-state') : ok(this.#whatIf(trial.policy, trial.since, false))
  }

  save(asked: { draft: Policy; basedOn: string; why: string; how: 'trial' | 'in-force' }): Result<DeskView> {
    return this.#desk.act('', (deed) => {
      const { policy } = this.#ground.policyInForce()
      if (policy.version !== asked.basedOn) return refused('stale-view')
      if (changesBetween(policy, asked.draft, this.#ground.place.currency).length === 0) return refused('not-in-this-state')
      const who = answersFor(deed)
      if (who === null) return refused('no-right', { right: 'settings' })
      const version = `${this.#ground.till.code}-P${nextNumber(deed.db, 'policy')}`
      const at = this.#ground.now()
      recordVersion(deed.db, { policy: Policy.parse({ ...asked.draft, version }), basedOn: asked.basedOn, why: asked.why, ...who, at })
      recordPolicyStep(deed.db, { version, step: asked.how, ...who, at })
      return ok(null)
    })
  }

  putInForce(version: string): Result<DeskView> {
    return this.#step(version, ['trial', 'withdrawn'], 'in-force')
  }

  withdraw(version: string): Result<DeskView> {
    return this.#step(version, ['trial', 'in-force'], 'withdrawn')
  }

  #step(version: string, from: readonly PolicyStep[], step: PolicyStep): Result<DeskView> {
    return this.#desk.act('', (deed) => {
      const known = ownVersions(deed.db).find((entry) => entry.version === version)
      if (!known) return refused('no-such-document')
      if (!from.includes(known.step)) return refused('not-in-this-state')
      if (step === 'in-force' && !this.#mayRule(version)) return refused('stale-view')
      const who = answersFor(deed)
      if (who === null) return refused('no-right', { right: 'settings' })
      recordPolicyStep(deed.db, { version, step, ...who, at: this.#ground.now() })
      return ok(null)
    })
  }

  /** False where the centre has said no to these rules, or has rules by now that they were not made of. */
  #mayRule(version: string): boolean {
    const { mirror, store } = this.#ground
    const newest = newestOfCentre(mirror, this.#ground.now())
    const isOfToday = newest === null || newest.policy === null || lineageOf(store.reading, version).includes(newest.version)
    return isOfToday && answerTo(mirror, version)?.answer !== 'refused'
  }

  #whatIf(draft: Policy, since: string, withTold: boolean): WhatIf {
    const ground = this.#ground
    const here = returnsHere(ground, since)
    const told = withTold ? returnsTold(ground, since, new Set(here.map(({ unitId }) => unitId))) : []
    return whatIf([...here, ...told], ground.policyInForce().policy, draft, { since, currency: ground.place.currency })
  }
}

/** Whoever has the right, or lent it for this act: the rules are never changed in nobody's name. */
function answersFor(deed: Deed): { staffId: string; who: string } | null {
  const authority = deed.authority('settings')
  return authority && { staffId: authority.staffId, who: authority.name }
}
