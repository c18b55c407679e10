import { zstdDecompressSync } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { UnitLives } from '../../../contract/sync/unit-lives.ts'

/**
 * The lives of pieces in a mirror file, packed ones too. A block that the disk has spoiled is written down and left out:
 * what is true of a piece stands in its own row, so the till starts and sells all the same.
 */
export const livesIn = (mirror: Database): UnitLives => new UnitLives(mirror, (block) => textOf(block, mirror.name))

function textOf(block: Uint8Array, file: string): string {
  try {
    return zstdDecompressSync(block).toString()
  } catch (error) {
    console.error(`${file}: some lives of pieces cannot be read:`, error)
    return ''
  }
}
