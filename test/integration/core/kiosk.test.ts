import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskView } from '../../../contract/desk-view.ts'
import type { KioskAction } from '../../../contract/kiosk-view.ts'
import { enter, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'

const folder = temporaryFolder()
let till: RunningTill
let client: Client
let leave: () => void

beforeAll(async () => {
  withDemoMirror(folder.path)
  till = await startTill(['--data', folder.path, '--seat', 'kiosk'])
  ;({ client, close: leave } = await enter(till))
})
afterAll(async () => {
  leave()
  await till.end()
  folder.remove()
})

function kioskIn(view: DeskView) {
  if (view.front.screen !== 'kiosk') throw new Error(`in front is ${view.front.screen}`)
  return view.front.kiosk
}

const act = async (action: KioskAction) => kioskIn(await client.kiosk.act({ flowId: null, action }))

async function show(story: string, task: 'return' | 'check') {
  await act({ do: 'finish' })
  await act({ do: 'begin', language: 'de' })
  await act({ do: 'choose-task', task })
  const found = (await client.demo.examples()).find((entry) => entry.story === story)
  return kioskIn(await client.desk.scan({ text: found?.text ?? '', via: 'wedge', aim: null }))
}

/** A small thing, sold a few days ago and paid by card: what a kiosk may take back. */
function boughtLatelyByCard(): string {
  const db = new Database(join(folder.path, 'mirror.db'), { readonly: true })
  const since = new Date(Date.now() - 10 * 86_400_000).toISOString()
  const serial = db
    .prepare(
      `SELECT a.value FROM units u JOIN unit_aliases a ON a.unit_id = u.id AND a.retired_why IS NULL
       WHERE u.title = 'sold' AND u.custody = 'with-customer' AND u.tender = 'card' AND u.paid_cents <= 15000
         AND u.sold_at > ? AND u.more IS NULL AND (SELECT count(*) FROM unit_aliases b WHERE b.value = a.value) = 1 LIMIT 1`,
    )
    .pluck()
    .get(since) as string | undefined
  db.close()
  if (serial === undefined) throw new Error('the demo sold nothing small by card lately')
  return serial
}

describe('a customer alone at the kiosk', () => {
  it('begins with the language and wipes everything at the end', async () => {
    expect(kioskIn(await client.desk.view()).at).toBe('start')
    const answer = await show('already-sold', 'check')
    expect(answer.at).toBe('answer')
    const wiped = await act({ do: 'finish' })
    expect(wiped).toEqual({ at: 'start', languages: ['en', 'de', 'fr', 'es', 'ar'] })
  })

  it('sees of a piece only what is in the hand: never an owner, a price or a whole number', async () => {
    const answer = await show('already-sold', 'check')
    if (answer.at !== 'answer') throw new Error(answer.at)
    expect(answer.unit.serialEnd.length).toBeLessThanOrEqual(4)
    const shown = JSON.stringify(answer)
    for (const word of ['receipt', 'paid', 'aliases', 'facts', 'who']) expect(shown).not.toContain(`"${word}"`)
  })

  it.each(['stolen', 'stolen-from-us', 'counterfeit', 'window-over', 'already-returned', 'return-needs-approval'])(
    'hands over without a word of why: %s',
    async (story) => {
      const view = await show(story, 'return')
      expect(view).toMatchObject({ at: 'colleague', language: 'de' })
      expect(Object.keys(view).sort()).toEqual(['at', 'caseId', 'flowId', 'language', 'remark'])
    },
  )

  it('gives money back within its limit to the card it was paid with, once', async () => {
    const serial = boughtLatelyByCard()
    await act({ do: 'begin', language: 'de' })
    await act({ do: 'choose-task', task: 'return' })
    expect(kioskIn(await client.desk.scan({ text: serial, via: 'wedge', aim: null })).at).toBe('answer')
    const asked = await act({ do: 'next' })
    if (asked.at !== 'questions') throw new Error(asked.at)
    expect(await act({ do: 'next' })).toMatchObject({ at: 'questions', remark: 'answer-both' })
    await act({ do: 'give-reason', reason: asked.reasonChoices[0] ?? '' })
    await act({ do: 'grade', condition: 'new' })
    const confirm = await act({ do: 'next' })
    if (confirm.at !== 'confirm') throw new Error(confirm.at)
    expect(confirm.to).toBe('card')
    const done = await act({ do: 'refund' })
    if (done.at !== 'done') throw new Error(done.at)
    expect(done.amount_cents).toBe(confirm.amount_cents)
    await expect(act({ do: 'refund' })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    await act({ do: 'finish' })
    await act({ do: 'begin', language: 'en' })
    await act({ do: 'choose-task', task: 'return' })
    expect(kioskIn(await client.desk.scan({ text: serial, via: 'wedge', aim: null })).at).toBe('colleague')
  })

  it('says in plain words that a code was not found, and lets the customer call a person', async () => {
    await act({ do: 'finish' })
    await act({ do: 'begin', language: 'ar' })
    await act({ do: 'choose-task', task: 'return' })
    const view = kioskIn(await client.desk.scan({ text: 'NOSUCH-1', via: 'wedge', aim: null }))
    expect(view).toMatchObject({ at: 'scan', remark: 'not-found' })
    expect((await act({ do: 'call-colleague' })).at).toBe('colleague')
  })

  it('answers only so many checks an hour: it is no oracle for thieves', async () => {
    let calls = 0
    for (; calls < 200; calls += 1) {
      const view = await show('already-sold', 'check')
      if (view.at === 'colleague') break
    }
    expect(calls).toBeGreaterThan(10)
    expect(calls).toBeLessThan(100)
  })
})
