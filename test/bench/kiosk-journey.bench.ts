import { chromium } from '@playwright/test'
import { build } from '../../scripts/build.mjs'
import { findChromium } from '../../scripts/find-chromium.mjs'
import { KIOSK_DECISION_MS, KioskCustomer } from '../e2e/kiosk-customer.ts'
import { boughtLately } from '../support/core/kiosk.ts'
import { enter, startTill, temporaryFolder, withDemoMirror } from '../support/core/till.ts'

/** Label, slot and paper. */
const AWAY_FROM_THE_SCREEN = 3
const CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

/**
 * A whole return by a customer alone before the real screen in portrait: language, task, piece, every question, the
 * picture, the money and the end, with a pause before each decision. Taking label, slot and paper are decisions too.
 */
async function measureJourney() {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('there is no Chromium on this machine')
  await build({ ifStale: true })
  const folder = temporaryFolder()
  withDemoMirror(folder.path)
  const kiosk = await startTill(['--data', folder.path, '--seat', 'kiosk'])
  const { client, close: leave } = await enter(kiosk)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...CAMERA] })
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, permissions: ['camera'] })
    const hold = (text: string) => client.desk.scan({ text, via: 'typed', aim: null })
    const customer = new KioskCustomer({ page, url: kiosk.url, client, hold, pause_ms: KIOSK_DECISION_MS })
    const began = performance.now()
    await customer.begin()
    await customer.shows(boughtLately(folder.path, { tender: 'card', category: 'camera' }))
    await customer.title('Is this your piece?')
    await customer.answersAll()
    await customer.title('You get back')
    await customer.touch('Back to my card')
    await customer.title('Thank you')
    for (let taken = 0; taken < AWAY_FROM_THE_SCREEN; taken += 1) await customer.decides()
    await customer.touch('Finish')
    return { median_us: (performance.now() - began) * 1_000, limit_us: customer.decisions * KIOSK_DECISION_MS * 1_000 }
  } finally {
    await browser.close()
    leave()
    await kiosk.end()
    folder.remove()
  }
}

export const benches = [
  { name: 'a return at the kiosk by a person who takes 2 s a decision', promised_us: 90_000_000, limitName: 'the decisions alone', measure: measureJourney },
]
