import { existsSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig, UserConfig } from 'vite'

const ROOT = import.meta.dirname

/**
 * Left outside of the built files and found in node_modules at run time: `electron` is the runtime itself, the
 * others carry native code or read files beside their own.
 */
const OUTSIDE = [
  'electron',
  'better-sqlite3',
  'node-hid',
  'serialport',
  'usb',
  'node-thermal-printer',
  'ws',
  'pdfkit',
  'fontkit',
  /^node:/,
  ...builtinModules,
]

export interface BuildPlan {
  /** Where the source lies and where the built parts go, each in a folder of its own. */
  readonly source: string
  readonly out: string
  /** The folder of the page, with its index.html. */
  readonly page: string
  /** The folder of the centre's own pages, where the plan has them. */
  readonly hubFace?: string
  readonly main: string
  readonly preload: string
  /** Programs of the core by the name of the built file; those not written yet are left out. */
  readonly core: Readonly<Record<string, string>>
}

export const product: BuildPlan = {
  source: ROOT,
  out: join(ROOT, 'dist'),
  page: join(ROOT, 'renderer'),
  hubFace: join(ROOT, 'hub/face'),
  main: join(ROOT, 'electron/main.ts'),
  preload: join(ROOT, 'electron/preload.ts'),
  core: {
    'core-process': join(ROOT, 'electron/core-process.ts'),
    serve: join(ROOT, 'electron/serve.ts'),
    'pdf-worker': join(ROOT, 'electron/core/papers/pdf/pdf-worker.ts'),
  },
}

/** The window's page: one Chromium, the one inside Electron 45, so nothing is translated down. */
function rendererBuild(plan: BuildPlan, root = plan.page, folder = 'renderer'): InlineConfig {
  return {
    configFile: false,
    root,
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: join(plan.out, folder),
      emptyOutDir: true,
      target: 'chrome140',
      // A data: address in place of a file would need a wider content policy for fonts and scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
    },
  }
}

/** A program for Node 24, the one inside Electron. Dependencies without native code are built in. */
function nodeBuild(plan: BuildPlan, folder: string, input: Record<string, string>, format: 'es' | 'cjs'): InlineConfig {
  return {
    configFile: false,
    root: plan.source,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: join(plan.out, folder),
      emptyOutDir: true,
      target: 'node24',
      ssr: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
        external: OUTSIDE,
        output: { format, entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js' },
      },
    },
    ssr: { noExternal: true, external: OUTSIDE.filter((name) => typeof name === 'string') },
  }
}

/** Every build of a plan, by name. A part whose source is not there is left out. */
export function builds(plan: BuildPlan): ReadonlyMap<string, InlineConfig> {
  const core = Object.fromEntries(Object.entries(plan.core).filter(([, file]) => existsSync(file)))
  const all = new Map<string, InlineConfig>()
  if (existsSync(join(plan.page, 'index.html'))) all.set('renderer', rendererBuild(plan))
  if (plan.hubFace !== undefined && existsSync(join(plan.hubFace, 'index.html')))
    all.set('hub-face', rendererBuild(plan, plan.hubFace, 'hub-face'))
  if (existsSync(plan.main)) all.set('main', nodeBuild(plan, 'main', { main: plan.main }, 'es'))
  if (existsSync(plan.preload)) all.set('preload', nodeBuild(plan, 'preload', { preload: plan.preload }, 'cjs'))
  if (Object.keys(core).length > 0) all.set('core', nodeBuild(plan, 'core', core, 'es'))
  return all
}

/** For `vite` itself, run by hand: the page alone. */
export default rendererBuild(product) satisfies UserConfig
