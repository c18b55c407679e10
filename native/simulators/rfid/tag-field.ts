import { crcGen2 } from '../../rfid/checksums.ts'
import { fromHex, toHex, uint16 } from '../../rfid/hex.ts'
import { joined } from '../../bytes.ts'

/** A UHF tag as it lies there. Everything is hex; `answers` is how often it is heard, from 0 to 1. */
export interface Gen2Tag {
  readonly epc: string
  readonly tid?: string
  readonly user?: string
  readonly accessPassword?: string
  readonly killPassword?: string
  readonly rssi_dbm?: number
  /** Counted from 1. */
  readonly antenna?: number
  readonly answers?: number
}

/** An NFC tag or telephone. `memory` is what a Type 2 tag holds from page 4 on; `ndef` a Type 4 tag's message. */
export interface NfcTag {
  readonly uid: string
  readonly atqa?: string
  readonly sak?: number
  readonly memory?: string
  readonly ndef?: string
}

export interface LyingTag {
  epc: string
  pc: number
  readonly tid: Uint8Array
  readonly user: Uint8Array
  readonly accessPassword: string
  readonly killPassword: string
  rssi_dbm: number
  readonly antenna: number
  readonly answers: number
  readonly lockedBanks: Map<number, 'lock' | 'lock-for-ever'>
  /** The article surveillance bit of NXP chips. */
  eas: boolean
}

export type TagWord =
  | { readonly kind: 'ok'; readonly bytes: Uint8Array; readonly tag: LyingTag }
  | { readonly kind: 'no-tag' }
  | { readonly kind: 'password' | 'password-zero' | 'locked' | 'overrun'; readonly tag: LyingTag }

/**
 * What lies in the field of a simulated reader, and how Gen2 tags obey: passwords, locks, banks and killing as in
 * ISO/IEC 18000-63, as far as the readers' orders go.
 */
export class TagField {
  private readonly lying = new Map<string, LyingTag>()
  private readonly nfc = new Map<string, NfcTag>()
  private readonly chance: () => number

  constructor(seed = 1) {
    this.chance = chances(seed)
  }

  place(tag: Gen2Tag): void {
    this.lying.set(tag.epc, {
      epc: tag.epc,
      pc: (tag.epc.length / 4) << 11,
      tid: fromHex(tag.tid ?? 'E28011052000000000000000'),
      user: fromHex(tag.user ?? '00'.repeat(64)),
      accessPassword: tag.accessPassword ?? '00000000',
      killPassword: tag.killPassword ?? '00000000',
      rssi_dbm: tag.rssi_dbm ?? -45,
      antenna: tag.antenna ?? 1,
      answers: tag.answers ?? 1,
      lockedBanks: new Map(),
      eas: true,
    })
  }

  lift(epc: string): void {
    this.lying.delete(epc)
  }

  tap(tag: NfcTag): void {
    this.nfc.set(tag.uid, tag)
  }

  untap(uid: string): void {
    this.nfc.delete(uid)
  }

  clear(): void {
    this.lying.clear()
    this.nfc.clear()
  }

  /** The EPCs that lie there now; a killed tag is not among them. */
  get epcs(): readonly string[] {
    return [...this.lying.keys()]
  }

  get cards(): readonly NfcTag[] {
    return [...this.nfc.values()]
  }

  /** The tags heard in one round. */
  round(antenna: number | null = null): readonly LyingTag[] {
    return [...this.lying.values()].filter(
      (tag) => (antenna === null || tag.antenna === antenna) && this.chance() < tag.answers,
    )
  }

  read(epc: string, bank: number, address: number, words: number, password: string): TagWord {
    return this.with(epc, password, (tag) => {
      const memory = bankOf(tag, bank)
      const bytes = memory.slice(address * 2, (address + words) * 2)
      return bytes.length < words * 2 ? { kind: 'overrun', tag } : { kind: 'ok', bytes, tag }
    })
  }

  write(epc: string, bank: number, address: number, bytes: Uint8Array, password: string): TagWord {
    return this.with(epc, password, (tag) => {
      const lock = tag.lockedBanks.get(bank)
      if (bank === 2 || lock === 'lock-for-ever' || (lock === 'lock' && password !== tag.accessPassword))
        return { kind: 'locked', tag }
      const memory = bank === 1 ? joined(bankOf(tag, 1), new Uint8Array(62)) : bankOf(tag, bank)
      if (address * 2 + bytes.length > memory.length) return { kind: 'overrun', tag }
      memory.set(bytes, address * 2)
      if (bank === 1) this.rename(tag, memory)
      return { kind: 'ok', bytes: new Uint8Array(), tag }
    })
  }

  lock(epc: string, bank: number, how: 'unlock' | 'lock' | 'lock-for-ever', password: string): TagWord {
    return this.with(epc, password, (tag) => {
      if (tag.lockedBanks.get(bank) === 'lock-for-ever') return { kind: 'locked', tag }
      if (how === 'unlock') tag.lockedBanks.delete(bank)
      else tag.lockedBanks.set(bank, how)
      return { kind: 'ok', bytes: new Uint8Array(), tag }
    })
  }

  setEas(epc: string, armed: boolean, password: string): TagWord {
    return this.with(epc, password, (tag) => {
      tag.eas = armed
      return { kind: 'ok', bytes: new Uint8Array(), tag }
    })
  }

  /** The EPCs a gate at the door would ring for. */
  get armed(): readonly string[] {
    return [...this.lying.values()].filter((tag) => tag.eas).map((tag) => tag.epc)
  }

  kill(epc: string, password: string): TagWord {
    const tag = this.lying.get(epc)
    if (tag === undefined) return { kind: 'no-tag' }
    if (/^0+$/.test(tag.killPassword)) return { kind: 'password-zero', tag }
    if (tag.killPassword !== password) return { kind: 'password', tag }
    this.lying.delete(epc)
    return { kind: 'ok', bytes: new Uint8Array(), tag }
  }

  private with(epc: string, password: string, act: (tag: LyingTag) => TagWord): TagWord {
    const tag = this.lying.get(epc)
    if (tag === undefined || this.chance() >= tag.answers) return { kind: 'no-tag' }
    const given = !/^0+$/.test(password)
    return given && password !== tag.accessPassword ? { kind: 'password', tag } : act(tag)
  }

  private rename(tag: LyingTag, memory: Uint8Array): void {
    this.lying.delete(tag.epc)
    tag.pc = uint16(memory, 2)
    tag.epc = toHex(memory, 4, 4 + (tag.pc >> 11) * 2)
    this.lying.set(tag.epc, tag)
  }
}

/** PC and EPC as a tag sends them. */
export function pcAndEpc(tag: LyingTag): Uint8Array {
  return joined([tag.pc >> 8, tag.pc & 0xff], fromHex(tag.epc))
}

export function crcOf(tag: LyingTag): number {
  return crcGen2(pcAndEpc(tag))
}

/** mulberry32: the same seed makes the same day at the counter. */
export function chances(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

function bankOf(tag: LyingTag, bank: number): Uint8Array {
  switch (bank) {
    case 0:
      return fromHex(tag.killPassword + tag.accessPassword)
    case 1:
      return joined([0, 0], pcAndEpc(tag))
    case 2:
      return tag.tid
    default:
      return tag.user
  }
}
