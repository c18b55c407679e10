import type { Ground } from '../ground.ts'
import { emptyLog, keepName } from '../mirror/swap.ts'
import { markWholeLives } from '../mirror/whole-lives.ts'
import type { HubClient } from './hub-client.ts'
import { catchUp } from './listen.ts'
import { progressOf, saveProgress } from './progress.ts'
import { layUnshown } from './upload.ts'

/**
 * Brings a fetched mirror up to the present and puts it in place between two acts of the shop, while nobody listens:
 * what is heard here meanwhile would be gone with the one before.
 */
export async function putMirror(ground: Ground, client: Pick<HubClient, 'feed'>, gen: string, file: string): Promise<void> {
  await emptyLog(ground.mirror)
  const next = ground.mirror.beside(file)
  try {
    await catchUp(client, next, gen)
    if (ground.mirror.about('hub_gen') !== gen) layUnshown(ground.store, next)
    markWholeLives(next)
  } finally {
    next.close()
  }
  ground.mirror.replaceWith(file)
  await keepName(ground.mirror)
  if (progressOf(ground.store.reading).spoiledAt !== null) ground.store.write((db) => saveProgress(db, { spoiledAt: null, renewedAt: ground.now() }))
}
