import { zstdDecompressSync } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { UnitLives } from '../../../contract/sync/unit-lives.ts'

/** The lives of pieces in a mirror file, packed ones too. */
export const livesIn = (mirror: Database): UnitLives => new UnitLives(mirror, (block) => zstdDecompressSync(block).toString())
