import { build } from '../../scripts/build.mjs'

/** The tests run what is built; a tree that did not change is not built again. */
export default async function buildFirst(): Promise<void> {
  await build({ ifStale: true })
}
