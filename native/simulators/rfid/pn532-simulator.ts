import { joined } from '../../bytes.ts'
import { fromHex, toHex } from '../../rfid/hex.ts'
import type { Pn532Frame } from '../../rfid/pn532-frames.ts'
import { buildPn532, PN532, PN532_ACK, PN532_ERROR, pn532Shape } from '../../rfid/pn532-frames.ts'
import type { ReaderSimulator } from './reader-simulator.ts'
import { NOTHING, simulate } from './reader-simulator.ts'
import type { NfcTag } from './tag-field.ts'
import { TagField } from './tag-field.ts'

const FIRMWARE = [0x32, 0x01, 0x06, 0x07]

/** A PN532 board on a serial line, with the cards and tags tapped on `field`. Asleep until it is woken. */
export function pn532Simulator(field: TagField = new TagField()): ReaderSimulator {
  let awake = false
  let endless = true
  let targets: readonly NfcTag[] = []

  const say = (command: number, data: Uint8Array | readonly number[] = []) =>
    joined(PN532_ACK, buildPn532({ kind: 'said', by: 'chip', command: command + 1, data: Uint8Array.from(data) }))

  const list = () => {
    targets = field.cards.slice(0, 2)
    // With endless retries the chip waits for a card and says nothing until one comes.
    if (targets.length === 0 && endless) return PN532_ACK
    const entries = targets.map((tag, index) => {
      const uid = fromHex(tag.uid)
      const ats = ((tag.sak ?? 0) & 0x20) !== 0 ? [0x06, 0x75, 0x77, 0x81, 0x02, 0x80] : []
      return joined([index + 1], fromHex(tag.atqa ?? '0044'), [tag.sak ?? 0, uid.length], uid, ats)
    })
    return say(PN532.listTargets, joined([targets.length], ...entries))
  }

  const exchange = (data: Uint8Array) => {
    const tag = targets[data[0]! - 1]
    const here = tag !== undefined && field.cards.includes(tag)
    if (!here) return say(PN532.exchange, [0x01])
    if (data[1] === 0x30) return say(PN532.exchange, joined([0x00], pages(tag, data[2]!)))
    return say(PN532.exchange, joined([0x00], apdu(tag, data.subarray(1))))
  }

  const answer = (frame: Pn532Frame): Uint8Array => {
    if (frame.kind !== 'said' || frame.by !== 'host') return NOTHING
    if (frame.command === PN532.samConfiguration) awake = true
    if (!awake) return NOTHING
    switch (frame.command) {
      case PN532.samConfiguration:
      case PN532.release:
        return say(frame.command, frame.command === PN532.release ? [0] : [])
      case PN532.rfConfiguration:
        if (frame.data[0] === 0x05) endless = frame.data[3] === 0xff
        return say(frame.command)
      case PN532.firmware:
        return say(frame.command, FIRMWARE)
      case PN532.listTargets:
        return list()
      case PN532.exchange:
        return exchange(frame.data)
      default:
        return joined(PN532_ACK, PN532_ERROR)
    }
  }

  return simulate({
    family: 'pn532',
    baud: 115_200,
    shape: pn532Shape,
    field,
    round_ms: 1_000,
    answer,
    round: () => NOTHING,
    reset() {
      awake = false
      endless = true
      targets = []
    },
  })
}

/** Four pages of four bytes; the user memory begins at page 4. */
function pages(tag: NfcTag, page: number): Uint8Array {
  const memory = joined(new Uint8Array(16), fromHex(tag.memory ?? ''), new Uint8Array(16))
  return memory.slice(page * 4, page * 4 + 16)
}

const OK = [0x90, 0x00]

function apdu(tag: NfcTag, said: Uint8Array): Uint8Array {
  if (said[1] === 0xa4) return Uint8Array.from(OK)
  const file = joined([0, (tag.ndef ?? '').length / 2], fromHex(tag.ndef ?? ''))
  const from = (said[2]! << 8) | said[3]!
  return said[1] === 0xb0 ? joined(file.slice(from, from + said[4]!), OK) : Uint8Array.of(0x6d, 0x00)
}

/** A Type 2 tag's memory with one web address in it, as a shop's NTAG has. */
export function type2Memory(ndef: string): string {
  const size = ndef.length / 2
  return `03${toHex(Uint8Array.of(size))}${ndef}FE`
}

/** An NDEF message of one URI record for an https address. */
export function httpsMessage(address: string): string {
  const text = new TextEncoder().encode(address.replace(/^https:\/\//, ''))
  return toHex(joined([0xd1, 0x01, text.length + 1, 0x55, 0x04], text))
}
