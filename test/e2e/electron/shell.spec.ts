/** The shell alone: our own main and preload around a page and a core so small that only the shell can be at fault. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { corePid, newFolder, pageAddress, runtimeProgram, start } from './runtime.ts'
import type { Running } from './runtime.ts'
import { buildToy } from './toy.ts'

let folder = ''
test.beforeAll(async () => {
  folder = await buildToy(newFolder())
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

const count = (page: Page) => page.getByLabel('count')
const status = (page: Page) => page.getByLabel('core')

/**
 * What the page says of the core from now on, each word once as it comes: a moment may be over before anyone looks
 * again.
 */
async function hearken(page: Page): Promise<() => Promise<readonly (string | null)[]>> {
  const heard = await status(page).evaluateHandle((line) => {
    const words: (string | null)[] = []
    const note = (): unknown => words.at(-1) === line.textContent || words.push(line.textContent)
    new MutationObserver(note).observe(line, { childList: true, characterData: true, subtree: true })
    return words
  })
  return () => heard.jsonValue()
}

test.describe('a window at the counter', () => {
  let till: Running
  test.beforeAll(async () => {
    till = await start(folder, [])
    await expect(status(till.page)).toHaveText('connected')
  })
  test.afterAll(() => till.stop())

  test('speaks with the core through its one port', async () => {
    await expect(till.page.getByLabel('seat')).toHaveText('counter')
    await till.page.getByRole('button', { name: 'Add one' }).click()
    await expect(count(till.page)).toHaveText('1')
  })

  test('is served from our own origin, under a policy the engine enforces', async () => {
    expect(till.page.url()).toBe(pageAddress('/index.html'))
    const inline = await till.page.evaluate(async () => {
      const violated = new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true })
      })
      const script = document.createElement('script')
      script.textContent = 'window.smuggled = true'
      document.body.append(script)
      return { directive: await violated, ran: 'smuggled' in window }
    })
    expect(inline).toEqual({ directive: 'script-src-elem', ran: false })
    const evaluated = await till.page.evaluate(
      () =>
        new Promise((resolve) => {
          setTimeout(() => {
            try {
              // oxlint-disable-next-line no-implied-eval, no-new-func -- the very thing that must be refused
              resolve(new Function('return 1')())
            } catch (error) {
              resolve(error instanceof Error ? error.name : 'refused')
            }
          })
        }),
    )
    expect(evaluated).toBe('EvalError')
    const fetched = await till.page.evaluate(() => fetch('https://shop.example/').then(() => 'fetched', () => 'refused'))
    expect(fetched).toBe('refused')
    const framed = await till.page.evaluate(async () => {
      const violated = new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true })
      })
      const frame = document.createElement('iframe')
      frame.src = 'https://shop.example/'
      document.body.append(frame)
      return violated
    })
    expect(framed).toBe('frame-src')
  })

  test('gives out no file but the built page', async () => {
    const answers = await till.page.evaluate(async () => {
      const paths = ['/../main/main.js', '/..%2fmain%2fmain.js', '/%2e%2e/core/core-process.js', '/..%5cmain%5cmain.js', '/nothing.js']
      return Promise.all(paths.map(async (path) => (await fetch(path)).status))
    })
    expect(answers).toEqual([404, 403, 404, 403, 404])
  })

  test('has no node, no require and no more of Electron than two functions', async () => {
    const found = await till.page.evaluate(() => {
      const bridge: unknown = Reflect.get(window, 'countermark')
      return {
        strangers: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter((name) => name in window),
        bridge: Object.keys(bridge ?? {}).sort(),
        frozen: Object.isFrozen(bridge),
      }
    })
    expect(found).toEqual({ strangers: [], bridge: ['askForPort', 'photoStep'], frozen: true })
  })

  test('stays where it is, whatever is clicked', async () => {
    await till.page.getByRole('link', { name: 'leave' }).click()
    await till.page.getByRole('link', { name: 'second window' }).click()
    await till.page.evaluate(() => {
      window.open('https://shop.example/third')
      window.location.href = 'https://shop.example/fourth'
    })
    // The port still answers: the document was never left.
    const before = Number(await count(till.page).textContent())
    await till.page.getByRole('button', { name: 'Add one' }).click()
    await expect(count(till.page)).toHaveText(String(before + 1))
    expect(till.page.url()).toBe(pageAddress('/index.html'))
    expect(till.app.windows()).toHaveLength(1)
  })

  test('gets a new port when it is loaded again', async () => {
    await till.page.reload()
    await expect(status(till.page)).toHaveText('connected')
  })

  test('is told when the core is killed, stays, and goes on with the next core', async () => {
    const before = await count(till.page).textContent()
    const first = await corePid(till.app)
    const heard = await hearken(till.page)
    process.kill(first, 'SIGKILL')
    await expect.poll(heard).toEqual(['one moment', 'connected'])
    expect(await corePid(till.app)).not.toBe(first)
    await expect(count(till.page)).toHaveText(before ?? '')
    await till.page.getByRole('button', { name: 'Add one' }).click()
    await expect(count(till.page)).toHaveText(String(Number(before) + 1))
  })

  test('survives a core that falls over again and again', async () => {
    for (let falls = 0; falls < 2; falls += 1) {
      const heard = await hearken(till.page)
      await till.page.getByRole('button', { name: 'Fall over' }).click()
      await expect.poll(heard).toEqual(['one moment', 'connected'])
    }
  })
})

test('a core that hangs without ending is ended, the window says so, and the next core goes on', async () => {
  process.env['COUNTERMARK_CORE_SILENCE_S'] = '2'
  const till = await start(folder, [])
  delete process.env['COUNTERMARK_CORE_SILENCE_S']
  let said = ''
  till.app.process().stderr?.on('data', (bytes) => (said += String(bytes)))
  await till.page.getByRole('button', { name: 'Add one' }).click()
  await expect(count(till.page)).toHaveText('1')
  const first = await corePid(till.app)
  const heard = await hearken(till.page)
  process.kill(first, 'SIGSTOP')
  await expect.poll(heard).toEqual(['one moment', 'connected'])
  expect(await corePid(till.app)).not.toBe(first)
  await expect(count(till.page)).toHaveText('1')
  expect(said).toContain('does not answer')
  await till.stop()
})

test('a kiosk has a kiosk window, and its port does not open the counter', async () => {
  const till = await start(folder, ['--seat', 'kiosk'])
  await expect(till.page.getByLabel('seat')).toHaveText('kiosk')
  expect(await till.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isKiosk()))).toEqual([true])
  await till.page.getByRole('button', { name: 'Add one' }).click()
  await expect(till.page.getByRole('alert')).toHaveText('a kiosk does not count')
  await expect(count(till.page)).toHaveText('0')
  // Closing it by the window's own way is refused; the program still ends when it is told to.
  await till.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await till.page.getByRole('button', { name: 'Add one' }).click()
  await till.stop()
})

test('a second start on the same folder is refused and calls the first window', async () => {
  const till = await start(folder, [])
  await till.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  const second = spawn(runtimeProgram().program, ['--no-sandbox', folder, '--data', till.data], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  second.stderr.on('data', (bytes) => (said += String(bytes)))
  const code = await new Promise((resolve) => second.once('close', resolve))
  expect(code).toBe(3)
  expect(said).toContain('already open')
  await expect
    .poll(() => till.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()))
    .toBe(false)
  await till.stop()
})

test('ends in good order: the core is asked to close, and no process is left', async () => {
  const data = newFolder()
  const till = await start(folder, [], data)
  await expect(status(till.page)).toHaveText('connected')
  const pid = await corePid(till.app)
  await till.app.close()
  expect(readFileSync(join(data, 'stopped'), 'utf8')).toBe('in good order')
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
  rmSync(data, { recursive: true, force: true })
})

test('a page that crashes is loaded again', async () => {
  const till = await start(folder, [])
  await expect(status(till.page)).toHaveText('connected')
  const reloaded = await till.app.evaluate(
    ({ BrowserWindow }) =>
      new Promise((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', () => resolve(contents.getURL()))
        contents?.forcefullyCrashRenderer()
      }),
  )
  expect(reloaded).toBe('app://countermark/index.html')
  await till.stop()
})

test('a main process that is killed takes its core with it', async () => {
  const till = await start(folder, [])
  await expect(status(till.page)).toHaveText('connected')
  const pid = await corePid(till.app)
  till.app.process().kill('SIGKILL')
  await expect(async () => expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)).toPass()
  rmSync(till.data, { recursive: true, force: true })
})

test('a core that cannot start says why, and there is no window', async () => {
  const child = spawn(runtimeProgram().program, ['--no-sandbox', `--user-data-dir=${newFolder()}`, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (bytes) => (said += String(bytes)))
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2)
  expect(said).toContain('The toy needs a folder for its number.')
  expect(existsSync(join(folder, 'count'))).toBe(false)
})
