/**
 * `node scripts/screens.ts [state …]`: pictures of every screen standing still, for docs/screens. One sheet a state:
 * German and Arabic, light and dark, at 1280 × 800 and at 1920 × 1080, so that a fault of any of them is seen at a look.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { galleryServer } from '../test/support/gallery-server.ts'
import { KIOSK_STATES, STAFF_STATES } from '../test/support/gallery-states.ts'
import { findChromium } from './find-chromium.mjs'
import { sheetOf } from './picture-sheet.ts'

const OUT = join(import.meta.dirname, '../docs/screens/all')
const LOOKS = ['light', 'dark'] as const
const LANGUAGES = ['de', 'ar'] as const
const COUNTER_SIZES = [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }] as const
const KIOSK_SIZES = [{ width: 1080, height: 1920 }, { width: 1920, height: 1080 }] as const

async function main(): Promise<void> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('there is no Chromium on this machine')
  const asked = process.argv.slice(2)
  const states = [...STAFF_STATES, ...KIOSK_STATES].filter((state) => asked.length === 0 || asked.includes(state))
  const gallery = await galleryServer()
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  mkdirSync(OUT, { recursive: true })
  try {
    const page = await browser.newPage({ reducedMotion: 'reduce' })
    page.on('pageerror', (error) => console.error(`${page.url()}: ${error.message}`))
    const desk = await browser.newPage()
    for (const state of states) {
      const shots = await shotsOf(page, gallery.origin, state)
      writeFileSync(join(OUT, `${state}.webp`), await sheetOf(desk, shots))
      console.log(state)
    }
  } finally {
    await browser.close()
    await gallery.close()
  }
}

/** Row by row as they stand on the sheet: one size after the other, in it German before Arabic, light before dark. */
async function shotsOf(page: Page, origin: string, state: string): Promise<Buffer[]> {
  const shots: Buffer[] = []
  for (const size of state.startsWith('kiosk') ? KIOSK_SIZES : COUNTER_SIZES) {
    await page.setViewportSize(size)
    for (const language of LANGUAGES)
      for (const look of LOOKS) {
        await page.goto(`${origin}/gallery.html?state=${state}&language=${language}&look=${look}`)
        await page.locator('#main').waitFor({ timeout: 10_000 })
        if (state === 'search') await page.locator('#scan').pressSequentially('aurora')
        await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running'))
        shots.push(await page.screenshot())
      }
  }
  return shots
}

await main()
