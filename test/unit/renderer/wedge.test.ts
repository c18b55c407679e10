import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usCharacter } from '../../../renderer/wedge/us-keys.ts'
import type { WedgeKey, WedgeOutcome, WedgeSettings } from '../../../renderer/wedge/wedge.ts'
import { CALIBRATING, CALIBRATION, learn, pressed, quiet, startWedge, USUAL_SETTINGS } from '../../../renderer/wedge/wedge.ts'

const CODES = [
  ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `Key${letter}`),
  ...Array.from('0123456789', (digit) => `Digit${digit}`),
  'Minus', 'Equal', 'BracketLeft', 'BracketRight', 'Backslash', 'Semicolon', 'Quote', 'Backquote', 'Comma', 'Period',
  'Slash', 'Space',
]
const AZERTY: Readonly<Record<string, string>> = {
  '0': 'à', '1': '&', '2': 'é', '3': '"', '4': "'", '5': '(', '6': '-', '7': 'è', '8': '_', '9': 'ç', '-': ')',
  a: 'q', q: 'a', z: 'w', w: 'z', A: 'Q', Q: 'A', Z: 'W', W: 'Z', ']': '$', '#': '3', _: '°',
}
const QWERTZ: Readonly<Record<string, string>> = { y: 'z', z: 'y', Y: 'Z', Z: 'Y', '-': 'ß', '/': '-', ']': '+', '#': '§', _: '?' }
const plain = (typed: string) => typed
const layout = (table: Readonly<Record<string, string>>) => (typed: string) => table[typed] ?? typed

/** The keys of a US scanner (with Shift where needed) as a page of a system with another layout sees them. */
function typing(text: string, gap_ms: number, from = 1_000, shown: (typed: string) => string = plain): WedgeKey[] {
  const keys: WedgeKey[] = []
  let at = from
  const key = (code: string, value: string, more: Partial<WedgeKey> = {}) => {
    keys.push({ code, key: value, shift: false, ctrl: false, alt: false, meta: false, repeat: false, at, ...more })
  }
  for (const character of text) {
    if (character === '\n') key('Enter', 'Enter')
    else if (character === '\t') key('Tab', 'Tab')
    else if (character === '\u001d') key('BracketRight', ']', { ctrl: true })
    else {
      const code = CODES.find((each) => usCharacter(each, false) === character)
      const shifted = CODES.find((each) => usCharacter(each, true) === character)
      if (code === undefined) key('ShiftLeft', 'Shift', { shift: true })
      key(code ?? shifted!, shown(character), { shift: code === undefined })
    }
    at += gap_ms
  }
  return keys
}

/**
 * A page with one field: what it got, what was kept from it, and what came out. A busy machine brings the keys at the
 * places of `late` only when the page has waited for them in vain.
 */
function page(keys: readonly WedgeKey[], settings: WedgeSettings = USUAL_SETTINGS, late: ReadonlySet<number> = new Set()) {
  let state = startWedge(settings)
  const outcomes: WedgeOutcome[] = []
  const passed: string[] = []
  let field = ''
  let snapshot = ''
  let due: number | null = null
  const carryOut = (each: readonly WedgeOutcome[]) => {
    for (const outcome of each) {
      outcomes.push(outcome)
      field = outcome.kind === 'typing' ? field + outcome.held : snapshot
    }
  }
  for (const [index, key] of keys.entries()) {
    if (due !== null && (key.at > due || late.has(index))) {
      const step = quiet(state)
      state = step.state
      carryOut(step.outcomes)
    }
    const step = pressed(state, key)
    state = step.state
    carryOut(step.outcomes)
    due = step.quiet_ms === null ? null : key.at + step.quiet_ms
    if (step.begins) snapshot = field
    if (step.swallow) continue
    passed.push(key.key)
    if (key.key.length === 1 && !key.ctrl && !key.alt) field += key.key
  }
  carryOut(quiet(state).outcomes)
  const scans = outcomes.flatMap((outcome) => (outcome.kind === 'scan' ? [outcome] : []))
  return { scans, texts: scans.map((scan) => scan.text), field, passed }
}

describe('a scanner that types', () => {
  it('is heard whatever it types, and leaves nothing in the field', () => {
    const code = fc.string({ unit: fc.constantFrom(...printable()), minLength: 4, maxLength: 60 })
    fc.assert(
      fc.property(code, fc.constantFrom(1, 6, 10, 19), fc.constantFrom('\n', '\t'), (text, gap, end) => {
        fc.pre(new Set(text).size > 1)
        const { field, texts } = page(typing(`${text}${end}`, gap))
        expect(texts).toEqual([text])
        expect(field).toBe('')
      }),
    )
  })

  it('needs no end key, but then a longer code', () => {
    expect(page(typing('SN0001', 8)).texts).toEqual(['SN0001'])
    expect(page(typing('asdf', 8))).toMatchObject({ texts: [], field: 'asdf' })
  })

  it('may be slow for a moment when the computer was busy', () => {
    const keys = typing('4006381333931\n', 8).map((key, index) => (index < 9 ? key : { ...key, at: key.at + 80 }))
    expect(page(keys).texts).toEqual(['4006381333931'])
  })

  it('is heard whole when a busy machine brings its first keys long before the others', () => {
    const late = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 })
    fc.assert(
      fc.property(late, (places) => {
        expect(page(typing(']d2010950\u001d21SN-1\n', 5), USUAL_SETTINGS, new Set(places))).toMatchObject({ texts: [']d2010950\u001d21SN-1'], field: '' })
      }),
    )
  })

  it('scans twice and both count', () => {
    const keys = [...typing('SN0001\n', 6, 1_000), ...typing('SN0001\n', 6, 1_300)]
    expect(page(keys).texts).toEqual(['SN0001', 'SN0001'])
  })

  it.each([
    ['Ctrl+]', [{ code: 'BracketRight', key: ']', ctrl: true }]],
    ['F8', [{ code: 'F8', key: 'F8' }]],
    [
      'Alt+029',
      [
        { code: 'AltLeft', key: 'Alt', alt: true },
        { code: 'Numpad0', key: '0', alt: true },
        { code: 'Numpad2', key: '2', alt: true },
        { code: 'Numpad9', key: '9', alt: true },
      ],
    ],
  ])('keeps the group separator it sends as %s', (_, keys) => {
    const first = typing(']C10109501101530003', 5)
    const middle = keys.map((key, index) => ({ ...blank, ...key, at: first.at(-1)!.at + 5 + index * 5 }))
    const last = typing('10ABC\n', 5, middle.at(-1)!.at + 5)
    expect(page([...first, ...middle, ...last])).toMatchObject({ texts: [']C10109501101530003\u001d10ABC'], field: '' })
  })

  it('opens neither downloads nor developer tools with its line feed', () => {
    const keys = typing('SN0001\n', 6)
    const lineFeed = { ...blank, code: 'KeyJ', key: 'J', ctrl: true, shift: true, at: keys.at(-1)!.at + 6 }
    const { passed, texts } = page([...keys, { ...blank, code: 'ControlLeft', key: 'Control', ctrl: true, at: lineFeed.at - 2 }, lineFeed])
    expect(texts).toEqual(['SN0001'])
    expect(passed).not.toContain('J')
    expect(page([...typing('SN0002', 6), { ...lineFeed, shift: false, at: 1_036 }]).texts).toEqual(['SN0002'])
  })

  it('presses no button with the end of its code', () => {
    expect(page(typing('SN0001\n\n', 6)).passed).not.toContain('Enter')
  })
})

describe('a person who types', () => {
  it('is never a scanner, however long the number', () => {
    const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(digits, fc.integer({ min: 40, max: 300 }), (text, gap) => {
        expect(page(typing(`${text}\n`, gap))).toMatchObject({ texts: [], field: text })
      }),
    )
  })

  it('gets every key, in its order, whatever the pace of single keys', () => {
    const gaps = fc.array(fc.integer({ min: 5, max: 400 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(gaps, (pauses) => {
        let at = 1_000
        const keys = pauses.map((pause, index) => {
          at += pause
          return { ...typing('abcdefghij'[index % 10]!, 0)[0]!, at }
        })
        const { field, scans } = page(keys)
        const typed = keys.map((key) => key.key).join('')
        if (scans.length === 0) expect(field).toBe(typed)
        else for (const scan of scans) expect(scan.gap_ms).toBeLessThanOrEqual(35)
      }),
    )
  })

  it('gets every key once when a busy machine brings some of them late', () => {
    const late = fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1 })
    fc.assert(
      fc.property(late, (places) => {
        expect(page(typing('asdfg', 20), USUAL_SETTINGS, new Set(places))).toMatchObject({ texts: [], field: 'asdfg' })
      }),
    )
  })

  it('may hold a key down', () => {
    const keys = Array.from({ length: 30 }, (_, index) => ({ ...blank, code: 'Digit7', key: '7', repeat: index > 0, at: 1_000 + index * 30 }))
    expect(page(keys)).toMatchObject({ texts: [], field: '7'.repeat(30) })
    expect(page(keys.map((key) => ({ ...key, repeat: false }))).texts).toEqual([])
  })

  it('keeps shortcuts, Enter and Tab', () => {
    const copy = { ...blank, code: 'KeyC', key: 'c', ctrl: true, at: 2_000 }
    expect(page([copy, { ...blank, code: 'Enter', key: 'Enter', at: 2_400 }, { ...blank, code: 'F8', key: 'F8', at: 2_800 }]).passed).toEqual(['c', 'Enter', 'F8'])
  })
})

describe('the keyboard of the system', () => {
  it('does not matter to a US scanner, and is told', () => {
    const french = page(typing(']d2010950110153000321SN-1\n', 8, 1_000, layout(AZERTY)))
    expect(french.texts).toEqual([']d2010950110153000321SN-1'])
    expect(french.scans[0]!.hint).toEqual({ kind: 'layout', system: 'azerty', sure: true })
    const german = page(typing('SNY-0001\n', 8, 1_000, layout(QWERTZ)))
    expect(german.texts).toEqual(['SNY-0001'])
    expect(german.scans[0]!.hint).toMatchObject({ kind: 'layout', system: 'qwertz', sure: false })
  })

  it('is what counts when the scanner was set to it', () => {
    const keys = typing('1234567890\n', 8).map((key) =>
      key.key.length === 1 ? { ...key, shift: true, key: key.key } : key,
    )
    const { scans } = page(keys)
    expect(scans).toMatchObject([{ text: '1234567890', hint: { kind: 'layout', system: 'azerty', sure: true } }])
  })

  it('may have Caps Lock on', () => {
    const swapped = (typed: string) => (typed === typed.toUpperCase() ? typed.toLowerCase() : typed.toUpperCase())
    const { scans } = page(typing('SNab-01\n', 8, 1_000, swapped))
    expect(scans).toMatchObject([{ text: 'SNab-01', hint: { kind: 'caps-lock' } }])
  })

  it('is silent when nothing is odd', () => {
    expect(page(typing(']E04006381333931\n', 8)).scans[0]!.hint).toBeNull()
  })
})

describe('a calibration scan', () => {
  const calibrated = (gap: number, shown: (typed: string) => string = plain) => {
    const [scan] = page(typing(`${CALIBRATION}\n`, gap, 1_000, shown), CALIBRATING).scans
    return scan === undefined ? null : learn(scan)
  }

  it('teaches the pace of a slow radio scanner, which then is heard', () => {
    const settings = calibrated(70)
    expect(settings).toEqual({ gap_ms_max: 120, characters_min: 4, layout: 'us' })
    expect(page(typing('SN0001\n', 70), settings!).texts).toEqual(['SN0001'])
    expect(page(typing('SN0001\n', 70)).texts).toEqual([])
  })

  it('teaches the pace of a quick one, within reason', () => {
    expect(calibrated(1)).toMatchObject({ gap_ms_max: 20 })
    expect(calibrated(10)).toMatchObject({ gap_ms_max: 30 })
  })

  it('settles which way to read, and the hint is gone', () => {
    const settings = calibrated(8, layout(QWERTZ))!
    expect(settings.layout).toBe('us')
    expect(page(typing('SNY-0001\n', 8, 1_000, layout(QWERTZ)), settings).scans).toMatchObject([{ text: 'SNY-0001', hint: null }])
  })

  it('learns nothing from another code', () => {
    const [scan] = page(typing('4006381333931\n', 8), CALIBRATING).scans
    expect(learn(scan!)).toBeNull()
  })
})

const blank: WedgeKey = { code: '', key: '', shift: false, ctrl: false, alt: false, meta: false, repeat: false, at: 0 }

function printable(): string[] {
  return Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index))
}
