import { join } from 'node:path'
import { DEMO_SEED, makeDemoMirror } from '../../../electron/core/demo/make-demo-mirror.ts'

const UNITS = 2_000

/** The demo shop's mirror, made on the host: in the guest, without KVM, it would take ten times as long. */
export function makeShop(share: string, root: string): void {
  const now = new Date().toISOString()
  makeDemoMirror(join(share, 'mirror.db'), join(root, 'migrations/mirror'), { seed: DEMO_SEED, units: UNITS, now })
}
