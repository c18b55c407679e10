import { refused } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'

/** The protocol control word in front of the EPC in tag memory (Gen2 6.3.2.1.2.2, bits 10h–1Fh). */
export interface PcWord {
  /** How many 16-bit words of EPC follow. */
  readonly words: number
  readonly userMemory: boolean
}

const USER_MEMORY = 0x0400
const EXTENDED = 0x0200
const NOT_GS1 = 0x0100

/**
 * Reads a PC word that stands before `digits` hexadecimal digits of EPC. Refuses content that is not GS1's
 * (`NOT_EPC`), a second control word (`UNSUPPORTED`) and a length that is not the one announced (`LENGTH`).
 */
export function readPcWord(word: number, digits: number): Outcome<PcWord> {
  if ((word & NOT_GS1) !== 0) return refused('NOT_EPC')
  if ((word & EXTENDED) !== 0) return refused('UNSUPPORTED')
  const words = word >> 11
  if (words * 4 !== digits) return refused('LENGTH')
  return { ok: true, words, userMemory: (word & USER_MEMORY) !== 0 }
}
