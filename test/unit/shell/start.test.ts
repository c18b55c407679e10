import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWindowMessage } from '../../../contract/port-handshake.ts'
import { HELP } from '../../../electron/core/options.ts'
import { backOff } from '../../../electron/shell/back-off.ts'
import { readCommandLine } from '../../../electron/shell/command-line.ts'

describe('our settings among the switches of others', () => {
  it('finds what we know and leaves the rest', () => {
    const line = ['electron', '--inspect=0', '--remote-debugging-port=0', '.', '--no-sandbox', '--seat', 'kiosk', '--data=/srv/till', '--demo']
    expect(readCommandLine(line)).toEqual({
      own: ['--seat', 'kiosk', '--data=/srv/till', '--demo'],
      data: resolve('/srv/till/demo'),
      demo: true,
    })
  })

  it('knows every setting that the help names, but for those of a till without a window', () => {
    const named = [...HELP.matchAll(/^ {2}(--[a-z-]+)/gm)].map((match) => match[1] ?? '').filter((name) => !['--port', '--no-open', '--help'].includes(name))
    expect(named.length).toBeGreaterThan(8)
    for (const name of named) expect(readCommandLine(['countermark', name, 'value']).own[0], name).toBe(name)
    expect(readCommandLine(['countermark', '--hub', 'http://centre:7350', '--join', 'ABCD-EFGH']).own).toEqual(['--hub', 'http://centre:7350', '--join', 'ABCD-EFGH'])
  })

  it('takes everything behind the mark, so that a misspelt setting reaches the one who refuses it', () => {
    expect(readCommandLine(['electron', '.', '--', '--seet', 'kiosk']).own).toEqual(['--seet', 'kiosk'])
  })

  it('hands on a setting without its value as it is', () => {
    expect(readCommandLine(['electron', '.', '--data'])).toEqual({ own: ['--data'], data: null, demo: false })
  })

  it('leaves the folder to the core when none is named', () => {
    expect(readCommandLine(['electron', '.'])).toEqual({ own: [], data: null, demo: false })
  })
})

it('waits longer from try to try, up to a limit, and short again after a good while', () => {
  const pause = backOff(250, 10_000)
  expect([1, 2, 3, 4, 5, 6, 7, 8].map(() => pause.next_ms())).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
  pause.reset()
  expect(pause.next_ms()).toBe(250)
})

describe('the word of the preload', () => {
  const self = { window: {}, origin: 'app://countermark' }
  const given = { source: self.window, origin: self.origin, data: { kind: 'countermark.port' }, ports: [{}] }

  it('is believed from this window and origin', () => {
    expect(readWindowMessage(given, self)).toEqual({ kind: 'countermark.port' })
    expect(readWindowMessage({ ...given, data: { kind: 'countermark.port-lost' }, ports: [] }, self)).toEqual({ kind: 'countermark.port-lost' })
  })

  it.each([
    { ...given, source: {} },
    { ...given, origin: 'https://shop.example' },
    { ...given, ports: [] },
    { ...given, ports: [{}, {}] },
    { ...given, data: { kind: 'countermark.port-lost' } },
    { ...given, data: null },
    { ...given, data: 'countermark.port' },
    { ...given, data: {} },
  ])('is not believed otherwise (%#)', (event) => {
    expect(readWindowMessage(event, self)).toBeNull()
  })
})
