/** A kiosk's hold on its machine: the ways out that people know, and the one way out that staff have. */
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { pageAddress, start } from './runtime.ts'
import type { Running } from './runtime.ts'
import { strangeScript } from './strange-script.ts'

const ROOT = join(import.meta.dirname, '../../..')

const isKiosk = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isKiosk()))

/** Whether the shell swallows a key before the page, or the machine's own shortcuts, could hear it. */
const swallows = (app: ElectronApplication, chord: string) =>
  app.evaluate(({ BrowserWindow }, text) => {
    const parts = text.split('+')
    const has = (name: string) => parts.slice(0, -1).includes(name)
    const input = { type: 'keyDown', key: parts.at(-1) ?? '', control: has('Control'), alt: has('Alt'), meta: has('Meta'), shift: has('Shift') }
    let swallowed = false
    const event = { preventDefault: () => (swallowed = true) }
    BrowserWindow.getAllWindows()[0]?.webContents.emit('before-input-event', event, input)
    return swallowed
  }, chord)

/** The PIN of the first person of a role, as it stands on the demo's tile. */
function pinOf(data: string, role: string): string {
  const mirror = new Database(join(data, 'mirror.db'), { readonly: true })
  const pin = mirror.prepare('SELECT demo_pin FROM staff WHERE role = ?').pluck().get(role) as string
  mirror.close()
  return pin
}

/** Window, address and what stands in front: what a way out would change. */
async function standing({ app, page }: Running) {
  return { windows: app.windows().length, address: page.url(), kiosk: await isKiosk(app), title: await page.getByRole('heading', { level: 1 }).textContent() }
}

test.describe('the known ways out of a kiosk', () => {
  let kiosk: Running
  let before: Awaited<ReturnType<typeof standing>>
  const opened: string[] = []

  test.beforeAll(async () => {
    kiosk = await start(ROOT, ['--seat', 'kiosk'])
    kiosk.page.on('dialog', (dialog) => {
      opened.push(`dialog ${dialog.type()}`)
      void dialog.dismiss()
    })
    kiosk.page.on('download', (download) => opened.push(`download ${download.suggestedFilename()}`))
    kiosk.page.on('filechooser', () => opened.push('file chooser'))
    await expect(kiosk.page.locator('.kiosk__corner')).toBeVisible()
    before = await standing(kiosk)
  })
  test.afterEach(async () => {
    expect(opened).toEqual([])
    expect(await standing(kiosk)).toEqual(before)
  })
  test.afterAll(() => kiosk.stop())

  const CHORDS = [
    'Alt+F4', 'Alt+Tab', 'Alt+ ', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+Home', 'Alt+d', 'Control+w', 'Control+q', 'Control+n', 'Control+t',
    'Control+o', 'Control+p', 'Control+s', 'Control+r', 'Control+u', 'Control+l', 'Control+j', 'Control+h', 'Control+f', 'Control++', 'Control+-',
    'Control+0', 'Control+Shift+i', 'Control+Shift+j', 'Control+Shift+c', 'Control+Shift+Delete', 'Control+Shift+n', 'Control+Shift+Escape',
    'Control+Escape', 'Control+Alt+Delete', 'F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12', 'Shift+F10', 'Control+F4', 'Meta', 'Meta+d',
    'Meta+l', 'Meta+q', 'Meta+Tab', 'ContextMenu', 'PrintScreen', 'BrowserBack', 'BrowserHome', 'BrowserSearch', 'LaunchMail',
  ]

  test('keys: none of them reaches the page or the machine, and pressing them changes nothing', async () => {
    for (const chord of CHORDS) expect(await swallows(kiosk.app, chord), chord).toBe(true)
    for (const chord of ['Control+p', 'Control+o', 'Control+s', 'Control+r', 'F5', 'F11', 'Control+=', 'Control+-', 'Alt+ArrowLeft', 'Shift+F10'])
      await kiosk.page.keyboard.press(chord)
    for (const text of ['a', '7', '@', 'Enter', 'Tab', 'Escape']) expect(await swallows(kiosk.app, text), text).toBe(false)
  })

  test('addresses and second windows, whatever the page tries', async () => {
    await kiosk.page.evaluate(async (ways) => {
      for (const way of ways) {
        window.open(way)
        const link = Object.assign(document.createElement('a'), { href: way, target: '_blank', textContent: 'out' })
        document.body.append(link)
        link.click()
        link.target = '_self'
        link.click()
        link.remove()
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      const form = Object.assign(document.createElement('form'), { action: 'https://shop.example/', method: 'post' })
      document.body.append(form)
      form.submit()
      form.remove()
      window.close()
    }, ['https://shop.example/', 'file:///etc/passwd', 'chrome://settings', 'devtools://devtools/bundled/inspector.html', 'mailto:a@shop.example', 'ms-settings:', 'data:text/html,out'])
  })

  test('an empty page: what cannot be stopped beforehand is brought back', async () => {
    await kiosk.page.evaluate(() => window.location.assign('about:blank'))
    await kiosk.page.waitForURL(before.address)
    await expect(kiosk.page.locator('.kiosk__corner')).toBeVisible()
  })

  test('a file that is dragged in, the menu of a long touch, and zooming', async () => {
    const stopped = await kiosk.page.evaluate(() => {
      const files = new DataTransfer()
      files.items.add(new File(['<h1>out</h1>'], 'out.html', { type: 'text/html' }))
      const tried = [
        new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: files }),
        new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }),
        new MouseEvent('contextmenu', { bubbles: true, cancelable: true }),
        new WheelEvent('wheel', { bubbles: true, cancelable: true, ctrlKey: true, deltaY: -400 }),
      ]
      return tried.filter((event) => document.body.dispatchEvent(event)).map(({ type }) => type)
    })
    expect(stopped).toEqual([])
    await kiosk.page.locator('h1').click({ button: 'right' })
    const zoom = await kiosk.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      contents?.emit('zoom-changed', {}, 'in')
      return contents?.zoomFactor
    })
    expect(zoom).toBe(1)
  })

  test('printing, message boxes, a file to keep, the whole screen given back', async () => {
    const printed = await kiosk.page.evaluate(async () => {
      let count = 0
      window.addEventListener('beforeprint', () => (count += 1))
      window.print()
      window.alert('out')
      window.confirm('out')
      window.prompt('out')
      const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['out'])), download: 'out.html' })
      document.body.append(link)
      link.click()
      link.remove()
      await document.exitFullscreen().catch(() => undefined)
      return count
    })
    expect(printed).toBe(0)
  })

  test('the window: closed, put away or taken out of its mode from outside, it stands as before', async () => {
    await kiosk.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]
      window?.close()
      window?.setKiosk(false)
    })
    await expect.poll(() => isKiosk(kiosk.app)).toEqual([true])
    const may = await kiosk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => [window.isResizable(), window.isMovable(), window.isMinimizable()]),
    )
    expect(may).toEqual([[false, false, false]])
  })
})

async function byTheDoor(page: Page, pin: string): Promise<void> {
  const corner = page.locator('.kiosk__corner')
  for (let touches = 0; touches < 5; touches += 1) await corner.click()
  await expect(page.getByRole('heading', { name: 'PIN' })).toBeVisible()
  // The keys of a person: slower than any scanner.
  await page.keyboard.type(pin, { delay: 150 })
  await page.keyboard.press('Enter')
}

test('staff with the right let the window go at the door; a script, a wrong PIN and a lesser right do not; a start locks it again', async () => {
  let kiosk = await start(ROOT, ['--seat', 'kiosk'])
  const { data } = kiosk
  const script = await strangeScript(kiosk.page)
  const open = () => script.kiosk.door({ action: { do: 'open-window' } })
  await expect(open()).rejects.toMatchObject({ data: { code: 'not-signed-in' } })
  await expect(script.kiosk.door({ action: { do: 'end-program' } })).rejects.toMatchObject({ data: { code: 'not-signed-in' } })
  await script.kiosk.door({ action: { do: 'ask' } })
  await expect(script.kiosk.openDoor({ pin: '9876' })).rejects.toMatchObject({ data: { code: 'wrong-pin' } })
  const supervisor = await script.kiosk.openDoor({ pin: pinOf(data, 'supervisor') })
  expect(supervisor.kioskDoor).toMatchObject({ at: 'open', window: 'locked', maySetUp: false })
  await expect(open()).rejects.toMatchObject({ data: { code: 'no-right' } })
  expect(await isKiosk(kiosk.app)).toEqual([true])
  await script.kiosk.door({ action: { do: 'shut' } })

  await byTheDoor(kiosk.page, pinOf(data, 'manager'))
  await kiosk.page.getByRole('button', { name: 'Fenster freigeben' }).click()
  await expect.poll(() => isKiosk(kiosk.app)).toEqual([false])
  // Nobody is served from an open window, and the keys are those of any other program.
  await expect(kiosk.page.getByRole('heading', { level: 1 })).toHaveText('Gerade geschlossen')
  expect(await swallows(kiosk.app, 'F11')).toBe(false)

  await byTheDoor(kiosk.page, pinOf(data, 'manager'))
  await kiosk.page.getByRole('button', { name: 'Fenster wieder sperren' }).click()
  await expect.poll(() => isKiosk(kiosk.app)).toEqual([true])
  expect(await swallows(kiosk.app, 'F11')).toBe(true)

  await byTheDoor(kiosk.page, pinOf(data, 'manager'))
  const ended = kiosk.app.waitForEvent('close')
  await kiosk.page.getByRole('button', { name: 'Programm beenden' }).click()
  await ended

  kiosk = await start(ROOT, ['--seat', 'kiosk'], data)
  expect(kiosk.page.url()).toBe(pageAddress('/index.html'))
  expect(await isKiosk(kiosk.app)).toEqual([true])
  await kiosk.stop()
})
