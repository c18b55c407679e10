import type { ActivationAct, ActivationService, PieceToActivate } from '../../../contract/activation.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import { ok, type Result } from '../../../contract/fault.ts'
import { questionAt, saidIn } from '../../../contract/outside-request.ts'
import { answerFrom } from '../checks/answer-from.ts'
import { keyFor } from '../checks/register-keys.ts'
import type { CustomerKey } from '../customers/customer-key.ts'
import type { Desk } from '../desk/desk.ts'
import { unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import { staffOf } from '../people/staff.ts'
import { actActivation, activated, noLongerWanted, notActivated, sealOwner } from './act-activation.ts'
import { activationById, everyOpenActivation, unitsOfSale, type ActivationRow } from './activation-rows.ts'
import { isStillSold, openPieces, piecesOfSale } from './pieces-to-activate.ts'

/** What a provider said: connected under a number of its own, or why not. */
type Heard = { readonly is: 'done'; readonly reference: string } | { readonly is: 'not-done'; readonly why: Parameters<typeof notActivated>[2] }

/**
 * Devices that are connected to the customer's provider after the sale. That it is wanted is a row before anybody is
 * asked, so it goes on after a power cut, under the same number; the sale is long paid and waits for nothing here.
 */
export class ActivationDesk {
  readonly #desk: Desk
  readonly #key: CustomerKey | null
  readonly #dataDir: string
  readonly #underWay = new Map<string, Promise<void>>()
  #closed = false

  constructor(parts: { desk: Desk; key: CustomerKey | null; dataDir: string }) {
    this.#desk = parts.desk
    this.#key = parts.key
    this.#dataDir = parts.dataDir
  }

  ofSale(saleId: string): PieceToActivate[] {
    return piecesOfSale(this.#desk.ground, saleId)
  }

  open(): PieceToActivate[] {
    return openPieces(this.#desk.ground)
  }

  act(act: ActivationAct): Result<DeskView> {
    const done = this.#desk.act('', (deed) => actActivation(deed, this.#key, act))
    this.kick()
    return done
  }

  /**
   * Asks for whatever is wanted and not being asked for already, and lets go of what came back, in whatever state, with
   * the number of its SIM. Never waits, never throws.
   */
  kick(): void {
    if (this.#closed) return
    for (const row of everyOpenActivation(this.#desk.ground.store.reading))
      if (!this.#underWay.has(row.id)) this.#underWay.set(row.id, this.#send(row).catch(writtenDown).finally(() => this.#underWay.delete(row.id)))
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#underWay.values())
  }

  async #send(row: ActivationRow): Promise<void> {
    const { ground } = this.#desk
    const unit = unitOf(ground, row.unit_id)
    if (unit === null) return
    if (!isStillSold(unit, row.sale_id)) return this.#tell(row, noLongerWanted)
    if (row.state !== 'wanted') return
    const heard = await this.#ask(row)
    // Cut off by the end of the program, nobody knows what was heard: it is asked again at the next start.
    if (this.#closed && heard.is === 'not-done') return
    this.#tell(row, (deed, now) => (heard.is === 'done' ? activated(deed, now, heard.reference) : notActivated(deed, now, heard.why)))
  }

  async #ask(row: ActivationRow): Promise<Heard> {
    const { ground } = this.#desk
    const service = ground.policy().activation?.find(({ id }) => id === row.service_id)
    const sim = row.sealed_sim === null ? null : (this.#key?.open(row.sealed_sim, sealOwner(row.id)) ?? null)
    if (service === undefined) return { is: 'not-done', why: 'no-provider' }
    if (sim === null) return { is: 'not-done', why: 'no-number' }
    const receipt = unitsOfSale(ground.store.reading, row.sale_id)[0]?.number ?? ''
    return askService(service, { id: row.id, imei: row.imei, sim, receipt }, keyFor(this.#dataDir, service))
  }

  /** In the name of whoever asked for it, whoever is at the till by now. */
  #tell({ id, state, asked_by }: ActivationRow, body: (deed: Deed, now: ActivationRow) => Result<null>): void {
    const person = staffOf(this.#desk.ground).find((one) => one.id === asked_by)
    this.#desk.tellFlow('', person === undefined ? null : { staffId: person.id, name: person.name }, (deed) => {
      const now = activationById(deed.db, id)
      return now?.state === state ? body(deed, now) : ok(null)
    })
  }
}

/** What cannot be told to the till is no reason to end it; what is still wanted is asked again at the next start. */
const writtenDown = (error: unknown): void => console.error(error)

async function askService(service: ActivationService, about: Readonly<Record<'id' | 'imei' | 'sim' | 'receipt', string>>, key: string): Promise<Heard> {
  const heard = await answerFrom(questionAt({ ...service, method: 'POST' }, about, key), service.limit_ms)
  const told = 'silence' in heard ? heard : saidIn(service, heard.text)
  if ('silence' in told) return { is: 'not-done', why: told.silence === 'time-out' || told.silence === 'no-connection' ? 'no-answer' : 'not-understood' }
  return told.said === 'done' ? { is: 'done', reference: told.reference ?? '' } : { is: 'not-done', why: 'said-no' }
}
