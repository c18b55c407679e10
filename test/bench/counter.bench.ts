import { execFileSync, spawn } from 'node:child_process'
import { constants, copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { chromium, type Page } from '@playwright/test'
import { build } from '../../scripts/build.mjs'
import { findChromium } from '../../scripts/find-chromium.mjs'
import { benchMirror } from '../support/bench-mirror.ts'
import { enter, saleIn, signIn, startTill, type Client, type RunningTill } from '../support/core/till.ts'
import { percentilesOf } from '../support/percentiles.ts'

const ROOT = join(import.meta.dirname, '../..')
const UNITS = 1_000_000
const SCANS = 200
const SALES = 40
const STARTS = 5
/** A cart of this many lines is voided and begun anew: what is measured is a sale and not a stocktaking. */
const LINES_MAX = 8
const FULL_CART = 100
const FULL_SCANS = 20
/** An Enter this soon after another would be taken for a bounce of the key. */
const FINGER_MS = 400

type Say = (sentence: string) => void

/** A till with a million pieces, a scanner on a wire and a window in Chromium: all of it real but the goods. */
interface Counter {
  readonly till: RunningTill
  readonly client: Client
  readonly page: Page
  readonly folder: string
  readonly serials: string[]
  /** The moment at which the scanner's last byte was handed to the wire, on the clock of this process. */
  scan(text: string): number
  /** What to add to a moment of the page to have it on the clock of this process. */
  readonly ahead_ms: number
  close(): Promise<void>
}

let opened: Promise<Counter> | null = null
const counter = (say: Say): Promise<Counter> => (opened ??= openCounter(say))

async function openCounter(say: Say): Promise<Counter> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('there is no Chromium on this machine')
  await build({ ifStale: true })
  const folder = mkdtempSync(join(tmpdir(), 'countermark-counter-'))
  copyFileSync(benchMirror(UNITS, say), join(folder, 'mirror.db'), constants.COPYFILE_FICLONE)
  const wire = await scannerWire()
  const till = await startTill(['--data', folder, '--scanner', `tcp://127.0.0.1:${wire.port}`])
  const { client, close: leave } = await enter(till)
  const view = await signIn(client, 'manager')
  const serials = freeSerials(folder, view.store.storeId)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(till.url)
  await page.waitForSelector('.frame')
  await page.evaluate(WATCH)
  const ahead_ms = await clockAhead(page)
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return {
    till, client, page, folder, serials, ahead_ms,
    scan: (text) => {
      wire.write(`${text}\r`)
      return now_ms()
    },
    close: async () => {
      await browser.close()
      leave()
      await till.end()
      wire.close()
    },
  }
}

const now_ms = (): number => performance.timeOrigin + performance.now()

/** A scanner with a network plug: the till dials, and hears what is written. */
async function scannerWire(): Promise<{ port: number; write(text: string): void; close(): void }> {
  const plugged: Socket[] = []
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    plugged.push(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    write: (text) => void plugged.at(-1)?.write(text),
    close: () => {
      for (const socket of plugged) socket.destroy()
      server.close()
    },
  }
}

/** Pieces from everywhere in the file that may be sold here, so that no page of it is the one just read. */
function freeSerials(folder: string, storeId: string): string[] {
  const db = new Database(join(folder, 'mirror.db'), { readonly: true })
  const rows = db.prepare(
    `SELECT a.value AS serial FROM units u JOIN unit_aliases a ON a.unit_id = u.id AND a.kind = 'serial' AND a.retired_why IS NULL
     WHERE u.store_id = ? AND u.custody = 'in-stock' AND u.condition = 'new' AND u.more IS NULL AND u.title = 'ours'
     ORDER BY substr(u.id, -6) LIMIT ${4 * (SCANS + SALES + FULL_CART + FULL_SCANS)}`,
  ).all(storeId) as { serial: string }[]
  db.close()
  return rows.map(({ serial }) => serial)
}

/**
 * In the page: the next moment after which a change of the document has been painted. A frame's callbacks run before it
 * is painted; a task that was posted from one runs after.
 */
const WATCH = `
  window.paintedAfter = (isThere) => new Promise((resolve) => {
    const seen = () => {
      if (!isThere()) return
      watcher.disconnect()
      requestAnimationFrame(() => {
        const after = new MessageChannel()
        after.port1.onmessage = () => resolve(performance.timeOrigin + performance.now())
        after.port2.postMessage(null)
      })
    }
    const watcher = new MutationObserver(seen)
    watcher.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
  })`

/** By the quickest of many questions, as clocks are compared over a network: the answer fell into the middle of it. */
async function clockAhead(page: Page): Promise<number> {
  let best = { took: Infinity, ahead: 0 }
  for (let round = 0; round < 50; round++) {
    const asked = now_ms()
    const there = await page.evaluate(() => performance.timeOrigin + performance.now())
    const took = now_ms() - asked
    if (took < best.took) best = { took, ahead: asked + took / 2 - there }
  }
  return best.ahead
}

/** A change of one word in the page, to its paint: nothing that is drawn can be there earlier. */
async function emptyFrames(page: Page, times: number): Promise<number[]> {
  return page.evaluate(async (rounds) => {
    const took: number[] = []
    const mark = document.body.appendChild(document.createElement('i'))
    for (let round = 0; round < rounds; round++) {
      const painted = (window as unknown as { paintedAfter(isThere: () => boolean): Promise<number> }).paintedAfter(() => true)
      const began = performance.timeOrigin + performance.now()
      mark.dataset['round'] = String(round)
      took.push(((await painted) - began) * 1_000)
      await new Promise((resolve) => setTimeout(resolve, 7))
    }
    mark.remove()
    return took
  }, times)
}

async function freshCart({ client, page }: Counter): Promise<string> {
  const sale = saleIn(await client.sale.begin())
  if (sale.at === 'open' && sale.lines.length > 0) await client.sale.act({ flowId: sale.flowId, action: { do: 'void' } })
  const { flowId } = saleIn(await client.sale.begin())
  await page.waitForFunction(() => document.querySelectorAll('.lines__list > li').length === 0)
  return flowId
}

/** Scans one piece and answers in microseconds how long its line took to be painted. */
async function scanToLine(on: Counter, lines: number): Promise<number | null> {
  const serial = on.serials.pop()
  if (serial === undefined) throw new Error('no piece is left to be scanned')
  const painted = on.page.evaluate(
    (before) =>
      Promise.race([
        (window as unknown as { paintedAfter(isThere: () => boolean): Promise<number> }).paintedAfter(
          () => document.querySelectorAll('.lines__list > li').length > before,
        ),
        new Promise<null>((resolve) => setTimeout(() => resolve(null), 2_000)),
      ]),
    lines,
  )
  // The page has to be watching before the scan is sent, and a person needs a moment to the next box too.
  await sleep(30)
  const sent = on.scan(serial)
  const at = await painted
  return at === null ? null : (at + on.ahead_ms - sent) * 1_000
}

async function measureScans(say: Say) {
  const on = await counter(say)
  const took: number[] = []
  for (let lines = LINES_MAX; took.length < SCANS; ) {
    if (lines >= LINES_MAX) {
      await freshCart(on)
      lines = 0
    }
    const one = await scanToLine(on, lines)
    // A piece that is asked about makes no line; the next one does.
    if (one === null) continue
    lines += 1
    took.push(one)
  }
  const limit = percentilesOf(await emptyFrames(on.page, SCANS))
  return { ...percentilesOf(took), limit_us: limit.median_us, limitP99_us: limit.p99_us }
}

/** The cart of a fleet order: what is slow at other tills (P100) is the piece after the hundredth. */
async function measureFullCart(say: Say) {
  const on = await counter(say)
  await freshCart(on)
  const took: number[] = []
  for (let lines = 0; lines < FULL_CART + FULL_SCANS; ) {
    const one = await scanToLine(on, lines)
    if (one === null) continue
    if (lines >= FULL_CART) took.push(one)
    lines += 1
  }
  await freshCart(on)
  const limit = percentilesOf(await emptyFrames(on.page, FULL_SCANS))
  return { ...percentilesOf(took), limit_us: limit.median_us, limitP99_us: limit.p99_us }
}

async function measureFinish(say: Say) {
  const on = await counter(say)
  const took: number[] = []
  while (took.length < SALES) {
    const flowId = await freshCart(on)
    if ((await scanToLine(on, 0)) === null) continue
    await on.client.sale.act({ flowId, action: { do: 'pay' } })
    await on.page.waitForSelector('.tendering')
    await sleep(FINGER_MS)
    const painted = on.page.evaluate(async () => {
      let pressed = Number.NaN
      window.addEventListener('keydown', (event) => (pressed = event.timeStamp), { capture: true, once: true })
      const at = await (window as unknown as { paintedAfter(isThere: () => boolean): Promise<number> }).paintedAfter(
        () => document.querySelector('.paid') !== null,
      )
      return at - performance.timeOrigin - pressed
    })
    // The page has to be listening before the key is pressed.
    await sleep(30)
    await on.page.keyboard.press('Enter')
    took.push((await painted) * 1_000)
  }
  const limit = bareCommits(on.folder)
  await on.close()
  opened = null
  return { ...percentilesOf(took), limit_us: limit.median_us, limitP99_us: limit.p99_us }
}

/** One row in a file of its own beside the shop's, as durable as a sale: nothing that survives a power cut is quicker. */
function bareCommits(folder: string) {
  const db = new Database(join(folder, 'bare.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE one (n INTEGER PRIMARY KEY, text TEXT) STRICT')
  const insert = db.prepare('INSERT INTO one (text) VALUES (?)')
  const took = Array.from({ length: 400 }, () => {
    const began = process.hrtime.bigint()
    insert.run('a sale')
    return Number(process.hrtime.bigint() - began) / 1_000
  })
  db.close()
  return percentilesOf(took)
}

/** From the command to the line that says the till is ready, on a shop that is there already. */
async function measureStart(): Promise<{ median_us: number; limit_us: number }> {
  await build({ ifStale: true })
  const folder = mkdtempSync(join(tmpdir(), 'countermark-start-'))
  try {
    await timeToReady(folder)
    const took: number[] = []
    for (let round = 0; round < STARTS; round++) took.push(await timeToReady(folder))
    const bare = Array.from({ length: STARTS }, () => {
      const began = process.hrtime.bigint()
      execFileSync(process.execPath, ['-e', '0'])
      return Number(process.hrtime.bigint() - began) / 1_000
    })
    return { median_us: percentilesOf(took).median_us, limit_us: percentilesOf(bare).median_us }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function timeToReady(folder: string): Promise<number> {
  const began = process.hrtime.bigint()
  const child = spawn(process.execPath, [join(ROOT, 'dist/core/serve.js'), '--no-open', '--data', folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let took = Number.NaN
    child.stdout.on('data', (bytes: Buffer) => {
      if (!bytes.toString().includes('is ready')) return
      took = Number(process.hrtime.bigint() - began) / 1_000
      child.kill()
    })
    child.on('exit', () => (Number.isNaN(took) ? reject(new Error('the till did not start')) : resolve(took)))
  })
}

export const benches = [
  { name: 'cold start to ready', promised_us: 3_000_000, limitName: 'an empty program', measure: measureStart },
  { name: 'scan to line on the screen, 1,000,000 pieces', promised_us: 100_000, limitName: 'an empty frame', measure: measureScans },
  { name: 'scan to line in a cart of a hundred', promised_us: 250_000, limitName: 'an empty frame', measure: measureFullCart },
  { name: 'finish of a sale, key to paid', promised_us: 150_000, limitName: 'a bare durable commit', measure: measureFinish },
]
