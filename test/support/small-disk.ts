import { spawnSync } from 'node:child_process'

/** Puts a disk of so few bytes in the place of a folder; only root may. Null, or why that cannot be. */
export function smallDisk(at: string, bytes: number): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root may mount a small disk'
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', at], { encoding: 'utf8' })
  return made.status === 0 ? null : `no small disk can be mounted here: ${made.stderr.trim()}`
}

/** Gives a small disk room for so many bytes: somebody has made room. */
export function growDisk(at: string, bytes: number): void {
  spawnSync('mount', ['-o', `remount,size=${bytes}`, at])
}

export function takeDisk(at: string): void {
  spawnSync('umount', [at])
}
