import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'

const RESERVE_BYTES = 64 * 1024 * 1024
const CHUNK = Buffer.alloc(1024 * 1024)

/** True where the disk of this folder has room for so many bytes beside what the shop still needs. */
export function hasRoomFor(dir: string, bytes: number): boolean {
  const { bavail, bsize } = statfsSync(dir)
  return bavail * bsize >= bytes + RESERVE_BYTES
}

/**
 * Room kept aside on the disk for the day it is full: thrown away then, so that sales go on while the alarm rings.
 * Written out, because a file with holes keeps nothing.
 */
export class Reserve {
  readonly #file: string
  readonly #bytes: number

  constructor(file: string, bytes = RESERVE_BYTES) {
    this.#file = file
    this.#bytes = bytes
  }

  /** Lays the room aside where it is not. False when the disk has no room for it: that is an alarm already. */
  fill(): boolean {
    if (existsSync(this.#file) && statSync(this.#file).size >= this.#bytes) return true
    try {
      const handle = openSync(this.#file, 'w', 0o600)
      try {
        for (let written = 0; written < this.#bytes; written += CHUNK.length)
          writeSync(handle, CHUNK, 0, Math.min(CHUNK.length, this.#bytes - written))
        fsyncSync(handle)
      } finally {
        closeSync(handle)
      }
      return true
    } catch (error) {
      if (!isFull(error)) throw error
      rmSync(this.#file, { force: true })
      return false
    }
  }

  /** Gives the room back to the disk. False when it had been given before. */
  release(): boolean {
    if (!existsSync(this.#file)) return false
    rmSync(this.#file, { force: true })
    return true
  }
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === 'EFBIG')
