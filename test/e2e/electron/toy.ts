import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildPlan } from '../../../scripts/build.mjs'
import { product } from '../../../vite.config.ts'

const TOY = join(import.meta.dirname, '../../standin/toy')

/**
 * Builds our own main and preload around the toy's page and core, so that the shell can be tried alone. Returns the
 * folder Electron is started with.
 */
export async function buildToy(folder: string): Promise<string> {
  const out = join(folder, 'dist')
  await buildPlan({
    source: product.source,
    out,
    page: join(TOY, 'page'),
    main: product.main,
    preload: product.preload,
    core: { 'core-process': join(TOY, 'core-process.ts') },
  })
  mkdirSync(folder, { recursive: true })
  const manifest = { name: 'toy', productName: 'Toy', version: '1.0.0', type: 'module', main: 'dist/main/main.js' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  return folder
}
