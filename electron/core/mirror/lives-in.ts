import { zstdDecompressSync } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { UnitLives } from '../../../contract/sync/unit-lives.ts'

/**
 * The lives of pieces in a mirror file, packed ones too. A block that the disk has spoiled is written down and left out:
 * what is true of a piece stands in its own row, so the till starts and sells all the same.
 */
export const livesIn = (mirror: Database): UnitLives => new UnitLives(mirror, (block) => textOf(block, mirror))

/** True when somebody came upon a spoiled block in this file since it was opened. */
export const hasSpoiledLives = (mirror: Database): boolean => spoiled.has(mirror)
const spoiled = new WeakSet<Database>()

function textOf(block: Uint8Array, mirror: Database): string {
  try {
    return zstdDecompressSync(block).toString()
  } catch (error) {
    spoiled.add(mirror)
    console.error(`${mirror.name}: some lives of pieces cannot be read:`, error)
    return ''
  }
}
