import { ReceiptQuestion, ReceiptRelease } from '../contract/sync/receipt-wire.ts'
import { CallLimit } from './doors/call-limit.ts'
import type { HubGround } from './ground.ts'
import type { Room } from './room.ts'
import { Refusal } from './server.ts'
import { hubIdentity } from './sync/identity.ts'
import { joinedTill } from './sync/joined-till.ts'
import { receiptFor, releaseReceipt } from './sync/receipts.ts'

const QUESTION_BYTES_MAX = 1_024
/** A counter asks for the receipts that customers hold in their hands: nobody goes through the numbers of a chain. */
const OF_A_COUNTER = { perSecond: 1, burst: 60 }

/** Where a till asks for a receipt that another till wrote. */
export async function receiptsRoom(ground: HubGround): Promise<Room> {
  const identity = await hubIdentity(ground.db)
  const limit = new CallLimit(ground.now_ms, OF_A_COUNTER)
  return {
    routes: [
      {
        method: 'POST', path: '/v1/receipt',
        answer: async (asked) => {
          const device = await joinedTill(ground, identity, asked, limit)
          const question = ReceiptQuestion.safeParse(await asked.json(QUESTION_BYTES_MAX))
          if (!question.success) throw new Refusal(400, 'bad-request')
          return { status: 200, json: await receiptFor(ground, device.till, question.data.number) }
        },
      },
      {
        method: 'POST', path: '/v1/receipt/release',
        answer: async (asked) => {
          const device = await joinedTill(ground, identity, asked)
          const release = ReceiptRelease.safeParse(await asked.json(QUESTION_BYTES_MAX))
          if (!release.success) throw new Refusal(400, 'bad-request')
          await releaseReceipt(ground, device.till, release.data)
          return { status: 200, json: {} }
        },
      },
    ],
  }
}
