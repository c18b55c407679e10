import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Ground } from '../ground.ts'
import { metaValue, setMeta } from '../store/meta.ts'

/** The passwords that the tags of this shop were written with, eight hexadecimal digits each; null: none. */
export interface TagPasswords {
  readonly access: string | null
  readonly kill: string | null
}

const OWNER = 'tag-passwords'
const PASSWORD = /^[0-9A-F]{8}$/
/** Gen2 takes a kill password of zeros for none. */
const NO_KILL = '00000000'

/** Reads the passwords; whoever copies the shop's file without its key has none of them. */
export function tagPasswords(ground: Ground): TagPasswords {
  const kept = metaValue<string | null>(ground.store.reading, OWNER)
  const opened = kept === null ? null : ground.secretSeal.open(kept, OWNER)
  return opened === null ? { access: null, kill: null } : (JSON.parse(opened) as TagPasswords)
}

/** Keeps the passwords, sealed. Refuses what is not eight hexadecimal digits, and a kill password of zeros. */
export function keepTagPasswords(ground: Ground, passwords: TagPasswords): Result<null> {
  const given = [passwords.access, passwords.kill].filter((each) => each !== null)
  if (!given.every((each) => PASSWORD.test(each)) || passwords.kill === NO_KILL) return refused('not-hexadecimal')
  const sealed = ground.secretSeal.seal(JSON.stringify(passwords), OWNER)
  ground.store.write((db) => setMeta(db, OWNER, sealed))
  return ok(null)
}
