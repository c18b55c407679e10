import { PurchaseQuestion, ReceiptQuestion, ReceiptRelease } from '../contract/sync/receipt-wire.ts'
import { CallLimit } from './doors/call-limit.ts'
import type { HubGround } from './ground.ts'
import type { Room } from './room.ts'
import { Refusal } from './server.ts'
import { findPurchases } from './sync/find-purchases.ts'
import { hubIdentity } from './sync/identity.ts'
import { joinedTill } from './sync/joined-till.ts'
import { receiptFor, releaseReceipt } from './sync/receipts.ts'

const QUESTION_BYTES_MAX = 1_024
/** A counter asks for the receipts that customers hold in their hands: nobody goes through the numbers of a chain. */
const OF_A_COUNTER = { perSecond: 1, burst: 60 }
/** A purchase is looked for when somebody stands there without its paper. */
const PURCHASES_OF_A_COUNTER = { perSecond: 0.5, burst: 60 }

/** Where a till asks for a receipt that another till wrote, and looks for one whose number nobody has. */
export async function receiptsRoom(ground: HubGround): Promise<Room> {
  const identity = await hubIdentity(ground.db)
  const limit = new CallLimit(ground.now_ms, OF_A_COUNTER)
  const purchasesLimit = new CallLimit(ground.now_ms, PURCHASES_OF_A_COUNTER)
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
        method: 'POST', path: '/v1/purchases/find',
        answer: async (asked) => {
          const device = await joinedTill(ground, identity, asked, purchasesLimit)
          const question = PurchaseQuestion.safeParse(await asked.json(QUESTION_BYTES_MAX))
          if (!question.success) throw new Refusal(400, 'bad-request')
          return { status: 200, json: await findPurchases(ground, device, question.data) }
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
