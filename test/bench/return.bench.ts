import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { build } from '../../scripts/build.mjs'
import { findChromium } from '../../scripts/find-chromium.mjs'
import { enter, payInCash, saleIn, signIn, startTill, withDemoMirror, type Client } from '../support/core/till.ts'
import { percentilesOf } from '../support/percentiles.ts'

/** A person reads and decides once in two seconds; these pauses alone are the least a return can take. */
const DECISION_MS = 2_000
const RETURNS = 3
const DECISIONS = 6

async function sell(client: Client, text: string): Promise<void> {
  await client.desk.go({ to: 'sale', unitId: null })
  await client.desk.scan({ text, via: 'typed', aim: null })
  const { flowId } = saleIn(await client.desk.view())
  await payInCash(client, flowId)
  await client.desk.go({ to: 'home', unitId: null })
}

/** One return as a person does it: the screen, the scan, why, what is looked at, how it looks, the money. */
async function oneReturn(page: Page, client: Client, text: string): Promise<number> {
  const decide = (act: () => Promise<unknown>) => page.waitForTimeout(DECISION_MS).then(act)
  const began = performance.now()
  await decide(() => page.keyboard.press('F3'))
  await decide(() => client.desk.scan({ text, via: 'typed', aim: null }))
  await decide(() => page.getByRole('radio', { name: 'Changed mind' }).click())
  await decide(() => page.getByRole('button', { name: 'All in order' }).click())
  await decide(() => page.getByRole('radio', { name: 'Open box' }).click())
  await decide(() => page.getByRole('button', { name: /^Refund / }).click())
  await page.getByRole('heading', { name: 'Refunded' }).waitFor()
  return (performance.now() - began) * 1_000
}

async function measureReturns(say: (sentence: string) => void) {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('there is no Chromium on this machine')
  await build({ ifStale: true })
  const folder = mkdtempSync(join(tmpdir(), 'countermark-returns-'))
  withDemoMirror(folder)
  const till = await startTill(['--data', folder])
  const { client, close: leave } = await enter(till)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    await signIn(client, 'manager')
    await client.desk.setLanguage({ language: 'en' })
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(till.url)
    await page.waitForSelector('.frame')
    const took: number[] = []
    for (let n = 0; n < RETURNS; n += 1) {
      const text = (await client.demo.examples()).find(({ story }) => story === 'fresh-phone')?.text ?? ''
      await sell(client, text)
      took.push(await oneReturn(page, client, text))
      say(`return ${n + 1} of ${RETURNS}: ${((took.at(-1) ?? 0) / 1e6).toFixed(1)} s`)
    }
    return { ...percentilesOf(took), limit_us: DECISIONS * DECISION_MS * 1_000 }
  } finally {
    await browser.close()
    leave()
    await till.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

export const benches = [
  { name: 'a return by unit scan, 2 s a decision', promised_us: 45_000_000, limitName: 'the pauses alone', measure: measureReturns },
]
