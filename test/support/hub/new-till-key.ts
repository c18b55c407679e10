import { NO_KEY_STORE } from '../../../contract/key-store.ts'
import { KeptTillKey, type TillKey } from '../../../electron/core/sync/till-key.ts'

/** A till that has its key in a file of its folder: one on a system without a place for secrets. */
export async function withTillKey(dir: string): Promise<KeptTillKey> {
  const kept = await KeptTillKey.read(dir, NO_KEY_STORE)
  await kept.made()
  return kept
}

export async function newTillKey(dir: string): Promise<TillKey> {
  const { key } = await withTillKey(dir)
  if (key === null) throw new Error(`${dir} has a key that does not open`)
  return key
}
