import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { DeskView } from '../../../contract/desk-view.ts'
import type { KioskAction, KioskTask, KioskTender } from '../../../contract/kiosk-view.ts'
import type { Client } from './till.ts'

/** The kiosk in front, or a complaint that says what is there instead. */
export function kioskIn(view: DeskView) {
  if (view.front.screen !== 'kiosk') throw new Error(`in front is ${view.front.screen}`)
  return view.front.kiosk
}

export type Kiosk = ReturnType<typeof kioskIn>

/** A customer's hands at a kiosk. */
export class AtKiosk {
  readonly client: Client
  constructor(client: Client) {
    this.client = client
  }

  act = async (action: KioskAction): Promise<Kiosk> => kioskIn(await this.client.kiosk.act({ flowId: null, action }))
  scan = async (text: string, via: 'wedge' | 'rfid' = 'wedge'): Promise<Kiosk> => kioskIn(await this.client.desk.scan({ text, via, aim: null }))

  async begin(task: KioskTask, language: 'de' | 'en' | 'ar' = 'de'): Promise<Kiosk> {
    await this.act({ do: 'finish' })
    await this.act({ do: 'begin', language })
    return this.act({ do: 'choose-task', task })
  }

  async story(story: string, task: 'return' | 'check'): Promise<Kiosk> {
    await this.begin(task)
    const found = (await this.client.demo.examples()).find((entry) => entry.story === story)
    return this.scan(found?.text ?? '')
  }

  /** Answers everything in the best way until the money is offered; a photograph is not taken where it may be skipped. */
  async answerAll(): Promise<Kiosk> {
    let now = await this.act({ do: 'next' })
    for (let best = bestAnswer(now), asked = 0; best !== null && asked < 30; best = bestAnswer(now), asked += 1) now = await this.act(best)
    return now
  }

  async giveBack(text: string, as: KioskTender): Promise<Kiosk> {
    await this.begin('return')
    await this.scan(text)
    await this.answerAll()
    return this.act({ do: 'refund', as })
  }
}

/** What a customer with nothing to hide says next; null once nothing is asked any more. */
export function bestAnswer(now: Kiosk): KioskAction | null {
  if (now.at === 'photo') return { do: 'next' }
  if (now.at !== 'questions') return null
  const { question } = now
  if (question.kind === 'reason') return { do: 'give-reason', reason: question.choices[0] ?? '' }
  if (question.kind === 'condition') return { do: 'grade', condition: 'new' }
  if (question.kind === 'question') return { do: 'answer', question: question.id, good: true }
  return { do: 'count-accessory', accessory: question.id, here: true }
}

interface Wanted {
  readonly tender: 'card' | 'cash'
  /** Leaves out the pieces that were given before. */
  readonly skip?: number
  readonly category?: string
}

/** A small thing, sold a few days ago: what a kiosk may take back. Its printed number. */
export function boughtLately(dataDir: string, { tender, skip = 0, category }: Wanted): string {
  const db = new Database(join(dataDir, 'mirror.db'), { readonly: true })
  const since = new Date(Date.now() - 13 * 86_400_000).toISOString()
  const serial = db
    .prepare(
      `SELECT a.value FROM units u JOIN unit_aliases a ON a.unit_id = u.id AND a.retired_why IS NULL JOIN products p ON p.id = u.product_id
       WHERE u.title = 'sold' AND u.custody = 'with-customer' AND u.tender = @tender AND u.paid_cents BETWEEN 1000 AND 49000
         AND u.currency = 'EUR' AND u.sold_at > @since AND u.more IS NULL AND p.category <> 'bike' AND (@category IS NULL OR p.category = @category)
         AND (SELECT count(*) FROM unit_aliases b WHERE b.value = a.value) = 1
       GROUP BY u.id ORDER BY u.id LIMIT 1 OFFSET @skip`,
    )
    .pluck()
    .get({ tender, since, skip, category: category ?? null }) as string | undefined
  db.close()
  if (serial === undefined) throw new Error(`the demo sold nothing small by ${tender} lately`)
  return serial
}
