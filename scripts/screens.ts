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

const OUT = join(import.meta.dirname, '../docs/screens/all')
const LOOKS = ['light', 'dark'] as const
const LANGUAGES = ['de', 'ar'] as const
const COUNTER_SIZES = [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }] as const
const KIOSK_SIZES = [{ width: 1080, height: 1920 }, { width: 1920, height: 1080 }] as const
/** Wide enough that a cut-off word is seen, and small enough for some forty sheets in a repository. */
const THUMB_WIDTH = 560
const QUALITY = 0.55

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

/** Four pictures a row, drawn together in a page that has nothing else to do, as one WebP file. */
async function sheetOf(page: Page, shots: readonly Buffer[]): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ pictures, width, quality }) => {
      const bitmaps = await Promise.all(
        pictures.map(async (picture) => createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob())),
      )
      const rows = [bitmaps.slice(0, 4), bitmaps.slice(4)]
      const heights = rows.map((row) => Math.round(((row[0]?.height ?? 0) * width) / (row[0]?.width ?? 1)))
      const canvas = new OffscreenCanvas(width * 4, heights.reduce((sum, height) => sum + height, 0))
      const pen = canvas.getContext('2d')
      if (pen === null) throw new Error('nothing can be drawn here')
      pen.imageSmoothingQuality = 'high'
      let top = 0
      rows.forEach((row, place) => {
        const height = heights[place] ?? 0
        row.forEach((bitmap, column) => pen.drawImage(bitmap, column * width, top, width, height))
        top += height
      })
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality })).arrayBuffer())
      let text = ''
      for (const byte of bytes) text += String.fromCharCode(byte)
      return btoa(text)
    },
    { pictures: shots.map((shot) => shot.toString('base64')), width: THUMB_WIDTH, quality: QUALITY },
  )
  return Buffer.from(base64, 'base64')
}

await main()
