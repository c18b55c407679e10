import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/find-chromium.mjs'
import { findElectron } from './scripts/launch-electron.mjs'

/** The stand-in is a script that is started as a program, which Windows does not know. */
const electronIsMissing = process.platform === 'win32' && findElectron() === null
if (electronIsMissing) console.error("The Electron tests need Electron's runtime on Windows; it is not here, they are left out.")

/**
 * Two ways to the same screens. `browser`: the core behind its loopback door and a page in Chromium. `electron`: the
 * built program on Electron's runtime where it is, else on its stand-in. A story that passes at the second try only has
 * found something: at a desk it is red, and on CI, where nobody can look, `npm test` names it. The limits are for a
 * machine with other work on it; a quick one never sees them.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 2,
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  globalSetup: './test/e2e/build-first.ts',
  forbidOnly: true,
  reporter: 'line',
  projects: [
    {
      name: 'browser',
      testMatch: 'browser/**/*.spec.ts',
      use: {
        launchOptions: { executablePath: findChromium() ?? '', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] },
        viewport: { width: 1280, height: 800 },
        locale: 'en-GB',
      },
    },
    { name: 'electron', testMatch: 'electron/**/*.spec.ts', testIgnore: electronIsMissing ? '**' : [] },
  ],
})
