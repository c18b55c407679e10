import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apduBytes, readApdu, takeApdus } from '../../../native/terminals/apdu.ts'
import { manualTerminal } from '../../../native/terminals/manual-terminal.ts'
import { parseTerminalAddress } from '../../../native/terminals/terminal-address.ts'
import { fromBcd, toBcd, withoutCardNumbers } from '../../../native/terminals/zvt-fields.ts'
import { zvtBytes } from '../../../native/terminals/zvt-commands.ts'
import { readMessage } from '../../../native/terminals/zvt-messages.ts'
import { fuzz } from '../../fuzz/terminal.fuzz.ts'
import { Desk, fromHex, toHex } from '../../support/drivers/desk.ts'
import { ACK, DETAILS, DONE, INSERT, PAID_2040, PATIENCE, PAY, READY, ZVT, ZVT_HELD_MAX } from '../../support/drivers/zvt-samples.ts'

const open = () => new Desk(ZVT).give(...READY)
const payment = (id: string, amount_cents: number) => ({ kind: 'ask', id, act: { do: 'pay', amount_cents } }) as const
const outcomes = (desk: ReturnType<typeof open>) =>
  desk.events.flatMap((event) => (event.kind === 'answer' && event.answer.of === 'money' ? [event.answer.outcome] : []))
const payments = (desk: ReturnType<typeof open>) => desk.writes.filter((bytes) => bytes[0] === 6 && bytes[1] === 1)

describe('the till and a card terminal', () => {
  it('registers when the line opens: password, what the till prints itself, and euros', () => {
    const desk = new Desk(ZVT).open()
    expect(desk.written).toBe('06 00 06 00 00 00 BE 09 78')
    expect(desk.bytes(`${ACK} ${DONE}`).events).toEqual([{ kind: 'ready' }])
  })

  it('asks once and acknowledges everything the terminal says', () => {
    const desk = open()
    desk.writes.length = 0
    desk.command(PAY).bytes(ACK).bytes(INSERT).bytes(PAID_2040).bytes(DONE)
    expect(desk.writes.map(toHex)).toEqual(['06 01 07 04 00 00 00 00 20 40', ACK, ACK, ACK])
    expect(outcomes(desk)).toEqual([{ outcome: 'approved', details: DETAILS, slip: [] }])
  })

  it('does not know what became of a payment whose line was lost, wherever that was', () => {
    const whole = [ACK, INSERT, PAID_2040].map((frame) => [...fromHex(frame)]).flat()
    for (let at = 0; at <= whole.length; at++) {
      const desk = open().command(PAY).bytes(whole.slice(0, at)).close()
      expect(outcomes(desk), `after ${at} bytes`).toEqual([{ outcome: 'unknown', why: 'lost' }])
      expect(payments(desk)).toHaveLength(1)
    }
  })

  it('declines at once what never went out', () => {
    const desk = new Desk(ZVT).open().command(PAY).close()
    expect(outcomes(desk)).toEqual([{ outcome: 'declined', code: 'not-reached', words: '', slip: [] }])
    expect(payments(desk)).toHaveLength(0)
  })

  it('does not know after silence, and a second request meanwhile is turned away', () => {
    const desk = open().command(PAY).command(payment('b', 2_040)).pass(PATIENCE.acknowledge_ms)
    expect(outcomes(desk)).toEqual([
      { outcome: 'declined', code: 'busy', words: '', slip: [] },
      { outcome: 'unknown', why: 'silent' },
    ])
    expect(payments(desk)).toHaveLength(1)
    const waiting = open().command(PAY).bytes(ACK).pass(PATIENCE.silence_ms - 1).bytes(INSERT).pass(PATIENCE.silence_ms - 1)
    expect(outcomes(waiting)).toEqual([])
    expect(outcomes(waiting.pass(1))).toEqual([{ outcome: 'unknown', why: 'silent' }])
  })

  it('takes a yes to another amount, a yes that breaks off and an end without a word for what they are: unknown', () => {
    const other = open().command(payment('a', 9_900)).bytes(ACK).bytes(PAID_2040).bytes(DONE)
    expect(outcomes(other)).toEqual([{ outcome: 'unknown', why: 'another-amount' }])
    const broken = open().command(PAY).bytes(ACK).bytes(PAID_2040).bytes('06 1E 01 6C')
    expect(outcomes(broken)).toEqual([{ outcome: 'unknown', why: 'contradiction' }])
    expect(outcomes(open().command(PAY).bytes(ACK).bytes(DONE))).toEqual([{ outcome: 'unknown', why: 'unconfirmed' }])
  })

  it('tells by code why a card was refused', () => {
    const code = (bytes: string) => outcomes(open().command(PAY).bytes(ACK).bytes(bytes))[0]
    expect(code('06 1E 01 6C')).toMatchObject({ outcome: 'declined', code: 'cancelled' })
    expect(code('06 1E 01 64')).toMatchObject({ outcome: 'declined', code: 'card-unreadable' })
    expect(code('06 1E 01 78')).toMatchObject({ outcome: 'declined', code: 'card-expired' })
    expect(code('06 1E 01 F0')).toMatchObject({ outcome: 'declined', code: 'end-of-day-due' })
    expect(code('06 1E 01 05')).toMatchObject({ outcome: 'declined', code: 'declined' })
  })

  it('says that it does not know a command of the terminal, and goes on', () => {
    const desk = open().command(PAY).bytes(ACK).bytes('06 D8 01 00').bytes(PAID_2040).bytes(DONE)
    expect(desk.writes.map(toHex)).toContain('84 83 00')
    expect(outcomes(desk)[0]?.outcome).toBe('approved')
  })

  it('ends a payment when the clerk wants that, if the terminal agrees', () => {
    const desk = open().command(PAY).bytes(ACK).bytes(INSERT).command({ kind: 'cancel' })
    expect(toHex(desk.writes.at(-1)!)).toBe('06 B0 00')
    expect(outcomes(desk.bytes(`${ACK} 06 1E 01 6C`))).toMatchObject([{ outcome: 'declined', code: 'cancelled' }])
  })

  it('says that a till was not let in, and sends nothing to such a terminal', () => {
    const desk = new Desk(ZVT).open().command(PAY).bytes(ACK).bytes('06 1E 01 6B')
    expect(desk.events).toMatchObject([{ kind: 'not-registered', code: 'not-registered' }, { kind: 'answer' }])
    expect(payments(desk)).toHaveLength(0)
  })
})

describe('the bytes of a card terminal', () => {
  it('writes lengths from 255 on in three bytes, low one first, and reads them back however they are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(700), (body, cut) => {
        const bytes = apduBytes({ class: 6, instruction: 0xd3, body })
        expect(bytes[2] === 0xff ? bytes[3]! | (bytes[4]! << 8) : bytes[2]).toBe(body.length)
        const first = takeApdus(bytes.subarray(0, cut))
        const rest = new Uint8Array([...first.rest, ...bytes.subarray(cut)])
        expect([...first.apdus, ...takeApdus(rest).apdus]).toEqual([{ class: 6, instruction: 0xd3, body }])
      }),
    )
  })

  it('passes over what no message begins with', () => {
    const { apdus, noise, rest } = takeApdus(fromHex(`00 13 FF ${DONE} 06`))
    expect([apdus.length, [...noise], [...rest]]).toEqual([1, [0, 0x13, 0xff], [6]])
  })

  it('keeps every amount in whole cents, and refuses one that has no digits for it', () => {
    fc.assert(fc.property(fc.nat(999_999_999), (amount) => fromBcd(toBcd(amount, 6)) === amount))
    expect(() => toBcd(-1, 6)).toThrow(RangeError)
    expect(() => toBcd(10_000, 2)).toThrow(RangeError)
    expect(() => zvtBytes({ kind: 'end-of-day', password: '12' })).toThrow(RangeError)
    expect(fromBcd(fromHex('1E'))).toBeNull()
  })

  it('never keeps a card number whole, neither from a field nor from a printed line', () => {
    const pan = '04 0F 10 27 00 22 F0 F8 54 13 33 00 89 60 47 71 87 00 01'
    const status = readMessage(readApdu(fromHex(pan))!)
    expect(status).toMatchObject({ kind: 'status', information: { result: 0, details: { cardEnd: '4771', receipt: 1 } } })
    expect(JSON.stringify(status)).not.toContain('541333')
    expect(withoutCardNumbers('Karte 5413 3300 8960 4771 OK')).toBe('Karte **** **** **** 4771 OK')
    expect(withoutCardNumbers('Beleg 000470 Trace 0815')).toBe('Beleg 000470 Trace 0815')
  })

  it('reads a whole slip in one message, with whose copy it is and its umlauts', () => {
    const block = readMessage(readApdu(fromHex('06 D3 12 06 10 1F 07 01 02 25 0A 07 02 8E 42 09 01 01 07 01 43'))!)
    expect(block).toEqual({ kind: 'print', last: false, lines: [{ text: 'ÄB', copy: 'customer' }, { text: 'C', copy: 'customer' }] })
  })

  it('reads the address of a terminal, or says what is wrong with it', () => {
    expect(parseTerminalAddress('zvt://10.0.0.9')).toEqual({ kind: 'zvt', host: '10.0.0.9', port: 20_007 })
    expect(parseTerminalAddress('zvt://[::1]:3000')).toEqual({ kind: 'zvt', host: '::1', port: 3_000 })
    expect(parseTerminalAddress('manual')).toEqual({ kind: 'manual' })
    for (const wrong of ['zvt://', 'tcp://10.0.0.9:1', 'zvt://a:99999', '']) expect(typeof parseTerminalAddress(wrong)).toBe('string')
  })

  it('survives noise and torn messages without an act answered twice or a buffer beyond its bound', { timeout: 60_000 }, () => {
    const run = fuzz(Number(process.env['FUZZ_CHUNKS'] ?? 6_000), Number(process.env['FUZZ_SEED'] ?? 20_260_105))
    expect(run.maxBuffer).toBeLessThanOrEqual(ZVT_HELD_MAX)
  })
})

describe('a stand-alone terminal', () => {
  it('takes the clerk at his word, one amount at a time', async () => {
    const terminal = manualTerminal()
    expect(terminal.answer({ approved: true, code: '1' })).toBe(false)
    const paid = terminal.pay({ amount_cents: 995, currency: 'EUR' })
    expect(await terminal.pay({ amount_cents: 1, currency: 'EUR' })).toMatchObject({ outcome: 'declined', code: 'busy' })
    expect(terminal.answer({ approved: true, code: '712345' })).toBe(true)
    expect(await paid).toMatchObject({ outcome: 'approved', details: { amount_cents: 995, text: '712345' } })
    const refused = terminal.refund({ amount_cents: 995, currency: 'EUR' })
    terminal.cancel()
    expect(await refused).toMatchObject({ outcome: 'declined' })
    expect(await terminal.lastResult()).toEqual({ told: false, why: 'cannot-say' })
    const open = terminal.pay({ amount_cents: 995, currency: 'EUR' })
    await terminal.close()
    expect(await open).toEqual({ outcome: 'unknown', why: 'interrupted' })
  })
})
