import { linkSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'

const secondName = (file: string): string => `${file}-old`

/**
 * Gives a file that is about to be replaced a second name, and answers how to take that away: for the disk to give up a
 * gigabyte takes a fifth of a second, and is done beside the selling. A power cut in between leaves it to the next start.
 */
export function keepUnderSecondName(file: string): () => void {
  removeSecondName(file)
  try {
    linkSync(file, secondName(file))
  } catch {
    // A file system without second names, or one that is still taken: whoever replaces the file waits for that.
    return () => undefined
  }
  return () => void rm(secondName(file), { force: true }).catch(() => undefined)
}

/**
 * Takes away what a power cut has left of the file that was replaced before it. A virus scanner may hold it open, and
 * Windows removes nothing then: it stays until the next time, and no shop waits for it.
 */
export function removeSecondName(file: string): void {
  try {
    rmSync(secondName(file), { force: true })
  } catch (error) {
    console.error(error)
  }
}
