import { BroughtQuestion, CustomerQuestion, CustomersTold } from '../contract/sync/customer-wire.ts'
import { broughtBack } from './customers/brought-back.ts'
import { findForTill, takeCustomers } from './customers/told-customers.ts'
import { customerKey, sealingWith } from './customers/sealing.ts'
import { CallLimit } from './doors/call-limit.ts'
import type { HubGround } from './ground.ts'
import type { Office } from './people/office.ts'
import type { Room } from './room.ts'
import { Refusal } from './server.ts'
import { hubIdentity } from './sync/identity.ts'
import { joinedTill } from './sync/joined-till.ts'

const TOLD_BYTES_MAX = 2 * 1024 * 1024
const QUESTION_BYTES_MAX = 1_024
/** A counter asks when somebody stands there, not all day long: who copies a till cannot go through the numbers. */
const OF_A_COUNTER = { perSecond: 0.5, burst: 60 }

/** Returns come one after the other; a question about a piece names nobody. */
const PIECES_OF_A_COUNTER = { perSecond: 1, burst: 120 }

/** Where the tills tell of their customers and ask for one who stands there. Apart from the journal: a person can be erased, an event cannot. */
export async function customersRoom(ground: HubGround): Promise<Room> {
  const office: Office = { ...ground, sealing: sealingWith(customerKey(process.env['COUNTERMARK_CUSTOMER_KEY'], ground.dataDir)) }
  const identity = await hubIdentity(ground.db)
  const limit = new CallLimit(ground.now_ms, OF_A_COUNTER)
  const piecesLimit = new CallLimit(ground.now_ms, PIECES_OF_A_COUNTER)
  return {
    routes: [
      {
        method: 'POST', path: '/v1/customers',
        answer: async (asked) => {
          const device = await joinedTill(ground, identity, asked)
          const told = CustomersTold.safeParse(await asked.json(TOLD_BYTES_MAX))
          if (!told.success) throw new Refusal(400, 'bad-request')
          return { status: 200, json: { customers: await takeCustomers(office, device.code, told.data.customers) } }
        },
      },
      {
        method: 'POST', path: '/v1/customers/find',
        answer: async (asked) => {
          const device = await joinedTill(ground, identity, asked, limit)
          const question = CustomerQuestion.safeParse(await asked.json(QUESTION_BYTES_MAX))
          if (!question.success) throw new Refusal(400, 'bad-request')
          return { status: 200, json: { customers: await findForTill(office, device.code, question.data.text) } }
        },
      },
      {
        method: 'POST', path: '/v1/customers/brought',
        answer: async (asked) => {
          await joinedTill(ground, identity, asked, piecesLimit)
          const question = BroughtQuestion.safeParse(await asked.json(QUESTION_BYTES_MAX))
          if (!question.success) throw new Refusal(400, 'bad-request')
          return { status: 200, json: await broughtBack(ground.db, question.data.unitId, question.data.since) }
        },
      },
    ],
  }
}
