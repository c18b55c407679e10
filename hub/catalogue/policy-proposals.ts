import { changesBetween } from '../../contract/policy-changes.ts'
import { policyIn } from '../../contract/policy-document.ts'
import type { PolicyProposal } from '../contract/shop-calls.ts'
import type { Query } from '../database.ts'
import { instant } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { change } from '../sync/feed.ts'
import { noteChange } from './arrivals.ts'
import { policyInForce, putPolicy } from './policies.ts'
import { putRecord, recordOf, recordsOf } from './put-record.ts'
import { storesOf } from './stores.ts'

/** A version as a till has booked it, with the last thing that became of it there. */
interface Made {
  readonly till: string
  readonly version: string
  readonly based_on: string
  readonly document: string
  readonly why: string
  readonly who: string
  readonly made_at: string
  readonly step: PolicyProposal['step']
  readonly step_at: string
}

interface Answer {
  readonly version: string
  readonly till: string
}

/** Rules that were made at tills and that nobody has answered, the newest first. What was withdrawn there asks nothing. */
export async function listProposals(db: Query, now_ms: number): Promise<PolicyProposal[]> {
  const [made, answers, stores, devices] = await Promise.all([
    madeAtTills(db), recordsOf<Answer>(db, 'policy_answers'), storesOf(db),
    db.query<{ till: string; name: string; store_id: string }>('SELECT till, name, store_id FROM device'),
  ])
  const isAnswered = new Set(answers.map(({ till, version }) => `${till} ${version}`))
  const inForce = await policyInForce(db, now_ms)
  return made.flatMap((entry): PolicyProposal[] => {
    if (entry.step === 'withdrawn' || isAnswered.has(`${entry.till} ${entry.version}`)) return []
    const device = devices.find(({ till }) => till === entry.till)
    const store = device && stores.get(device.store_id)
    const currency = store?.currency ?? 'EUR'
    const policy = policyIn(entry.document)
    const { till, version, why, who } = entry
    return [{
      till, tillName: device?.name ?? till, storeName: store?.name ?? '', version, basedOn: entry.based_on, why, who, madeAt: entry.made_at,
      step: entry.step, stepAt: entry.step_at, currency, isReadable: policy !== null, inForce: inForce?.version ?? null,
      isBehind: inForce !== null && !lineageOf(made, entry).includes(inForce.version),
      changes: policy === null || inForce === null ? [] : changesBetween(inForce, policy, currency),
    }]
  })
}

/**
 * Adopts a proposal, which makes it a version for all stores in force at once, or refuses it; the till hears either.
 * Refuses `no-such-thing`, `stale` for one that was answered or withdrawn meanwhile, and `no-policy` for what no till
 * could read.
 */
export async function answerProposal(
  office: Office, who: string, given: { till: string; version: string; answer: 'adopted' | 'refused'; note: string },
): Promise<PolicyProposal[]> {
  const { till, version, answer, note } = given
  await change(office, async (tx, tell) => {
    const entry = (await madeAtTills(tx)).find((one) => one.till === till && one.version === version)
    const [device] = await tx.query<{ store_id: string }>('SELECT store_id FROM device WHERE till = $1', [till])
    if (entry === undefined || device === undefined) throw new HubRefusal('no-such-thing')
    if (entry.step === 'withdrawn' || (await recordOf<Answer>(tx, 'policy_answers', { version, till })) !== null) throw new HubRefusal('stale')
    const policy = policyIn(entry.document)
    if (answer === 'adopted' && policy === null) throw new HubRefusal('no-policy', { place: version })
    if (answer === 'adopted' && policy !== null)
      await putPolicy(office, tx, tell, who, { policy, inForceFrom: null, note: [note, entry.who, entry.why].filter(Boolean).join(' · ').slice(0, 300) })
    const row = { version, till, answer, who, at: instant(office.now_ms()), note }
    await putRecord(tx, tell, { kind: 'policy_answers', key: { version, till }, scope: device.store_id, row })
    await logAct(tx, office, who, `policy-${answer}`, `${version}: ${note}`)
  })
  if (answer === 'adopted') await noteChange(office.db, `policy ${version}`, office.now_ms())
  return listProposals(office.db, office.now_ms())
}

/** Of a till that took up its work under another journal, the newest telling of a version counts. */
async function madeAtTills(db: Query): Promise<Made[]> {
  const rows = await db.query<{ till: string; body: string }>("SELECT till, body FROM booked WHERE book = 'policy_versions' ORDER BY at DESC, seq DESC")
  const steps = await db.query<{ till: string; body: string }>("SELECT till, body FROM booked WHERE book = 'policy_steps' ORDER BY seq")
  const last = new Map(steps.map(({ till, body }) => {
    const step = JSON.parse(body) as { version: string; step: PolicyProposal['step']; at: string }
    return [`${till} ${step.version}`, step]
  }))
  const seen = new Set<string>()
  return rows.flatMap(({ till, body }) => {
    const version = JSON.parse(body) as Omit<Made, 'till' | 'step' | 'step_at'>
    const step = last.get(`${till} ${version.version}`)
    if (step === undefined || seen.has(`${till} ${version.version}`)) return []
    seen.add(`${till} ${version.version}`)
    return [{ ...version, till, step: step.step, step_at: step.at }]
  })
}

/** What a version was made of, through the till's own versions back to one of the centre. */
function lineageOf(made: readonly Made[], entry: Made): string[] {
  const line = [entry.version]
  for (let at: Made | undefined = entry; at !== undefined && line.length < 1_000;) {
    const basedOn: string = at.based_on
    line.push(basedOn)
    at = made.find(({ till, version }) => till === entry.till && version === basedOn)
  }
  return line
}
