import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AtKiosk, boughtLately, kioskIn } from '../../support/core/kiosk.ts'
import { booksIn, enter, startTill, temporaryFolder, withDemoMirror, type RunningTill } from '../../support/core/till.ts'

const folder = temporaryFolder()
let till: RunningTill
let kiosk: AtKiosk
let leave: () => void

beforeAll(async () => {
  withDemoMirror(folder.path)
  till = await startTill(['--data', folder.path, '--seat', 'kiosk'])
  const entered = await enter(till)
  kiosk = new AtKiosk(entered.client)
  leave = entered.close
})
afterAll(async () => {
  leave()
  await till.end()
  folder.remove()
})

const shopRows = (query: string) => booksIn<Record<string, unknown>>(folder.path, query)

function mirrorRow(query: string): Record<string, string> {
  const db = new Database(join(folder.path, 'mirror.db'), { readonly: true })
  try {
    return db.prepare(query).get() as Record<string, string>
  } finally {
    db.close()
  }
}

describe('a customer alone at the kiosk', () => {
  it('begins with the language and wipes everything at the end', async () => {
    expect(kioskIn(await kiosk.client.desk.view()).at).toBe('start')
    const answer = await kiosk.story('already-sold', 'check')
    expect(answer.at).toBe('answer')
    expect(await kiosk.act({ do: 'finish' })).toEqual({ at: 'start', languages: ['en', 'de', 'fr', 'es', 'ar'] })
  })

  it('sees of a piece only what is in the hand: never an owner, a price or a whole number', async () => {
    const answer = await kiosk.story('already-sold', 'check')
    if (answer.at !== 'answer') throw new Error(answer.at)
    expect(answer.unit.serialEnd.length).toBeLessThanOrEqual(4)
    const shown = JSON.stringify(answer)
    for (const word of ['receipt', 'paid', 'aliases', 'facts', 'who']) expect(shown).not.toContain(`"${word}"`)
  })

  it.each(['stolen', 'stolen-from-us', 'counterfeit', 'window-over', 'already-returned', 'recalled-sold', 'activation-lock', 'transferred'])(
    'hands over in the same friendly words, whatever the reason: %s',
    async (story) => {
      const view = await kiosk.story(story, 'return')
      expect(view).toMatchObject({ at: 'colleague', language: 'de', place: 'Till 1' })
      expect(Object.keys(view).sort()).toEqual(['at', 'caseId', 'flowId', 'isTold', 'language', 'place', 'remark', 'takenBy'])
    },
  )

  it('gives money back within its limit to the card it was paid with, once', async () => {
    const serial = boughtLately(folder.path, { tender: 'card' })
    await kiosk.begin('return')
    expect((await kiosk.scan(serial)).at).toBe('answer')
    const confirm = await kiosk.answerAll()
    if (confirm.at !== 'confirm') throw new Error(confirm.at)
    expect(confirm.ways).toContain('card')
    const done = await kiosk.act({ do: 'refund', as: 'card' })
    if (done.at !== 'done') throw new Error(done.at)
    expect(done).toMatchObject({ amount_cents: confirm.amount_cents, to: 'card', voucher: null })
    expect(['A', 'B']).toContain(done.slot)
    await expect(kiosk.act({ do: 'refund', as: 'card' })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    await kiosk.begin('return')
    expect((await kiosk.scan(serial)).at).toBe('colleague')
  })

  it('P51: gives a voucher with its number where the money cannot go back by itself, and one customer after the other', async () => {
    const done = await kiosk.giveBack(boughtLately(folder.path, { tender: 'cash' }), 'voucher')
    if (done.at !== 'done') throw new Error(done.at)
    expect(done.to).toBe('voucher')
    expect(done.voucher).toMatch(/^T1-V\d{6}-/)
    const next = await kiosk.giveBack(boughtLately(folder.path, { tender: 'cash', skip: 1 }), 'voucher')
    expect(next.at).toBe('done')
  })

  it('P45: never offers a card to somebody who paid cash', async () => {
    await kiosk.begin('return')
    await kiosk.scan(boughtLately(folder.path, { tender: 'cash', skip: 2 }))
    expect(await kiosk.answerAll()).toMatchObject({ at: 'confirm', ways: ['voucher'] })
    await expect(kiosk.act({ do: 'refund', as: 'card' })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
  })

  it('wants the piece itself after a receipt, and one of that receipt', async () => {
    await kiosk.begin('return')
    const receipt = (await kiosk.client.demo.examples()).find((entry) => entry.story === 'receipt')
    const shown = await kiosk.scan(receipt?.text ?? '')
    expect(shown).toMatchObject({ at: 'scan', remark: 'now-the-piece' })
    if (shown.at !== 'scan') throw new Error(shown.at)
    expect(shown.fromReceipt).toBeGreaterThan(0)
    expect(await kiosk.scan(boughtLately(folder.path, { tender: 'card', skip: 3 }))).toMatchObject({ at: 'scan', remark: 'not-on-receipt' })
  })

  it('5.3: tag and printed serial disagree: a colleague, and the case says why', async () => {
    await kiosk.begin('return')
    await kiosk.scan(boughtLately(folder.path, { tender: 'card', skip: 4 }))
    const other = boughtLately(folder.path, { tender: 'card', skip: 5 })
    expect(await kiosk.scan(other, 'wedge')).toMatchObject({ at: 'answer', remark: 'one-at-a-time' })
    expect((await kiosk.scan(other, 'rfid')).at).toBe('colleague')
    expect(JSON.parse(String(shopRows('SELECT body FROM hand_overs ORDER BY at DESC LIMIT 1')[0]?.['body']))).toMatchObject({ why: 'tag-differs', quiet: false })
  })

  it('5.3: a unit stolen from our own stock and brought to our kiosk: quiet, and a case for staff', async () => {
    const view = await kiosk.story('stolen-from-us', 'return')
    expect(JSON.stringify(view)).not.toMatch(/stolen|quiet|polic/i)
    expect(JSON.parse(String(shopRows('SELECT body FROM hand_overs ORDER BY at DESC LIMIT 1')[0]?.['body']))).toMatchObject({ quiet: true, why: 'verdict' })
    expect(shopRows('SELECT quiet FROM cases ORDER BY at DESC LIMIT 1')).toEqual([{ quiet: 1 }])
    const [told] = shopRows("SELECT body FROM journal WHERE kind = 'checked' ORDER BY seq DESC LIMIT 1")
    expect(JSON.parse(String(told?.['body']))).toMatchObject({ params: { outcome: 'refuse', seat: 'kiosk', intent: 'return', question: 'stolen', reason: 'stolen-own' } })
  })

  it('asks a lock of its owner first, and calls a colleague at once where it is not off', async () => {
    await kiosk.begin('return')
    const view = await kiosk.scan(boughtLately(folder.path, { tender: 'card', skip: 1 }))
    if (view.at !== 'answer') throw new Error(view.at)
    let now = await kiosk.act({ do: 'next' })
    for (let n = 0; now.at === 'questions' && n < 20; n += 1) {
      if (now.question.kind === 'reason') now = await kiosk.act({ do: 'give-reason', reason: 'faulty' })
      else if (now.question.kind === 'condition') now = await kiosk.act({ do: 'grade', condition: 'damaged' })
    }
    expect(now.at).toBe('colleague')
  })

  it('answers only the question that is asked: a button pressed twice does not answer the next one', async () => {
    await kiosk.begin('return')
    await kiosk.scan(boughtLately(folder.path, { tender: 'card', skip: 6 }))
    await kiosk.act({ do: 'next' })
    await kiosk.act({ do: 'give-reason', reason: 'gift' })
    await expect(kiosk.act({ do: 'give-reason', reason: 'faulty' })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    expect(await kiosk.act({ do: 'back' })).toMatchObject({ at: 'questions', question: { kind: 'reason' } })
  })

  it('says in plain words that a code was not found, and lets the customer call a person', async () => {
    await kiosk.begin('return', 'ar')
    expect(await kiosk.scan('NOSUCH-1')).toMatchObject({ at: 'scan', remark: 'not-found' })
    expect((await kiosk.act({ do: 'call-colleague' })).at).toBe('colleague')
  })

  it('asks a customer who scans before choosing a task to choose first, and forgets what was scanned', async () => {
    const serial = boughtLately(folder.path, { tender: 'card', skip: 9 })
    await kiosk.act({ do: 'finish' })
    await kiosk.act({ do: 'begin', language: 'de' })
    expect(await kiosk.scan(serial)).toMatchObject({ at: 'choose-task', remark: 'choose-first' })
    expect(JSON.stringify(shopRows("SELECT state FROM flows WHERE kind = 'kiosk'"))).not.toContain(serial)
    expect(await kiosk.act({ do: 'choose-task', task: 'return' })).toMatchObject({ at: 'scan', remark: null })
  })

  it('keeps nothing of the last customer: not in the view, not in the row of the session, not behind "back"', async () => {
    const serial = boughtLately(folder.path, { tender: 'card', skip: 7 })
    await kiosk.begin('return')
    await kiosk.scan(serial)
    await kiosk.act({ do: 'next' })
    await kiosk.act({ do: 'give-reason', reason: 'gift' })
    await kiosk.act({ do: 'finish' })
    const rows = shopRows("SELECT status, state FROM flows WHERE kind = 'kiosk'")
    for (const { state } of rows) {
      expect(String(state)).not.toContain(serial)
      expect(JSON.parse(String(state))).toMatchObject({ at: 'start', unitId: null, verdict: null, reason: null, receipt: null, done: null })
    }
    expect(rows.filter(({ status }) => status === 'open')).toHaveLength(1)
    const view = await kiosk.client.desk.view()
    expect(JSON.stringify(view)).not.toContain(serial)
    await expect(kiosk.act({ do: 'back' })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
  })

  it('answers only so many checks an hour: it is no oracle for thieves', async () => {
    let calls = 0
    for (; calls < 200; calls += 1) {
      const view = await kiosk.story('already-sold', 'check')
      if (view.at === 'colleague') break
    }
    expect(calls).toBeGreaterThan(10)
    expect(calls).toBeLessThan(100)
  })
})

describe('the door for staff', () => {
  it('opens for a badge with the PIN of its owner and of nobody else; behind it the kiosk is closed, and nothing begins there', async () => {
    const [supervisor, cashier] = ['supervisor', 'cashier'].map((role) => mirrorRow(`SELECT badge, demo_pin AS pin, name FROM staff WHERE role = '${role}'`))
    const asked = await kiosk.client.desk.scan({ text: supervisor?.['badge'] ?? '', via: 'wedge', aim: null })
    expect(asked.kioskDoor).toMatchObject({ at: 'asked', name: supervisor?.['name'] })
    await expect(kiosk.client.kiosk.openDoor({ pin: cashier?.['pin'] ?? '' })).rejects.toMatchObject({ data: { code: 'wrong-pin' } })
    const open = await kiosk.client.kiosk.openDoor({ pin: supervisor?.['pin'] ?? '' })
    // A browser shows this page: there is no window of ours that could let go.
    expect(open.kioskDoor).toMatchObject({ at: 'open', name: supervisor?.['name'], window: null, maySetUp: false })
    await expect(kiosk.client.kiosk.door({ action: { do: 'end-program' } })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    await kiosk.client.kiosk.door({ action: { do: 'close-kiosk' } })
    await kiosk.client.kiosk.door({ action: { do: 'shut' } })
    expect(await kiosk.scan(boughtLately(folder.path, { tender: 'card', skip: 3 }))).toEqual({ at: 'closed', why: 'by-staff' })

    await kiosk.client.desk.scan({ text: supervisor?.['badge'] ?? '', via: 'wedge', aim: null })
    await kiosk.client.kiosk.openDoor({ pin: supervisor?.['pin'] ?? '' })
    expect(kioskIn(await kiosk.client.kiosk.door({ action: { do: 'open-kiosk' } })).at).toBe('start')
    await kiosk.client.kiosk.door({ action: { do: 'shut' } })
  }, 20_000)

  it('asks for a PIN, makes whoever guesses wait, and shuts nobody out of the counter', async () => {
    expect((await kiosk.client.desk.view()).kioskDoor).toBeNull()
    await expect(kiosk.client.kiosk.door({ action: { do: 'close-kiosk' } })).rejects.toMatchObject({ data: { code: 'not-signed-in' } })
    expect((await kiosk.client.kiosk.door({ action: { do: 'ask' } })).kioskDoor).toMatchObject({ at: 'asked', name: null })
    for (let guess = 0; guess < 4; guess += 1)
      await expect(kiosk.client.kiosk.openDoor({ pin: `000${guess}` })).rejects.toMatchObject({ data: { code: 'wrong-pin' } })
    await expect(kiosk.client.kiosk.openDoor({ pin: '0009' })).rejects.toMatchObject({ data: { code: 'locked-out' } })
    expect(shopRows('SELECT DISTINCT staff_id FROM (SELECT staff_id FROM pin_tries ORDER BY n DESC LIMIT 5)')).toEqual([{ staff_id: 'kiosk-door' }])
    await kiosk.client.kiosk.door({ action: { do: 'shut' } })
    expect((await kiosk.client.desk.view()).kioskDoor).toBeNull()
  }, 60_000)
})
