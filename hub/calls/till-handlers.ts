import { storesOf } from '../catalogue/stores.ts'
import { CallLimit } from '../doors/call-limit.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { makeJoinCode, setDeviceState } from '../sync/devices.ts'
import { listCases, settle } from '../tills/case-list.ts'
import { closeFloorCase, listFloorCases } from '../tills/floor-case-list.ts'
import { eventsAfter, recentEvents } from '../tills/live-events.ts'
import { listTills } from '../tills/till-list.ts'
import { findUnits, lifeOf, timed } from '../tills/unit-search.ts'
import { verdictsOf } from '../tills/unit-verdict.ts'
import { signedIn, type FaceOs } from './implementer.ts'

/** Of a person who looks at one piece after the other: each question goes out to registers that count or charge them. */
const REGISTERS_OF_A_PERSON = { perSecond: 0.2, burst: 30 }

/** Tills, what happens at them, what cannot both be true, and every piece. */
export function tillHandlers(os: FaceOs, office: Office) {
  const { db, now_ms } = office
  const registersLimit = new CallLimit(now_ms, REGISTERS_OF_A_PERSON)
  return {
    tills: {
      list: os.tills.list.handler(() => listTills(db, now_ms())),
      enrol: os.tills.enrol.handler(async ({ context, input }) => {
        if (!(await storesOf(db)).has(input.storeId)) throw new HubRefusal('unknown-store')
        const who = signedIn(context).name
        await logAct(db, office, who, 'till-invited', input.storeId)
        return makeJoinCode(office, input.storeId, who)
      }),
      setState: os.tills.setState.handler(async ({ context, input }) => {
        if (!(await setDeviceState(office, input.till, input.state, input.why === '' ? null : input.why))) throw new HubRefusal('no-such-thing')
        await logAct(db, office, signedIn(context).name, `till-${input.state}`, `${input.till}: ${input.why}`)
        return listTills(db, now_ms())
      }),
    },
    live: {
      recent: os.live.recent.handler(() => recentEvents(db)),
      events: os.live.events.handler(({ input, signal }) => eventsAfter(db, input.after, signal)),
    },
    cases: {
      list: os.cases.list.handler(({ input }) => listCases(db, input.state)),
      floor: os.cases.floor.handler(({ input }) => listFloorCases(db, input.state)),
      closeFloor: os.cases.closeFloor.handler(async ({ context, input }) => {
        await closeFloorCase(office, signedIn(context).name, input.id, input.note)
        return listFloorCases(db, 'open')
      }),
      settle: os.cases.settle.handler(async ({ context, input }) => {
        await settle(office, signedIn(context).name, input)
        return listCases(db, 'open')
      }),
    },
    units: {
      find: os.units.find.handler(({ input }) => timed(db, now_ms, () => findUnits(db, input.text))),
      timeline: os.units.timeline.handler(({ input }) => timed(db, now_ms, () => lifeOf(db, input.unitId))),
      verdict: os.units.verdict.handler(({ input }) => verdictsOf(office, input.unitId)),
      askRegisters: os.units.askRegisters.handler(async ({ context, input }) => {
        const { personId, name } = signedIn(context)
        if (!registersLimit.mayCall(personId)) throw new HubRefusal('too-many-questions')
        await logAct(db, office, name, 'registers-asked', input.unitId)
        return verdictsOf(office, input.unitId, 'ask')
      }),
    },
  }
}
