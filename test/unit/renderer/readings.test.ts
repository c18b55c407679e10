import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Language } from '../../../contract/ids.ts'
import type { ProductLimits } from '../../../contract/sensors/product-limits.ts'
import type { Reading } from '../../../contract/sensors/sensed.ts'
import { withReadings } from '../../../contract/sensors/take-reading.ts'
import { Readings } from '../../../renderer/parts/readings.tsx'
import { Speaking } from '../../../renderer/words/words-context.tsx'

const COOL: ProductLimits = { limits: [{ of: 'temperature', min: 2, max: 8, outside_minutes: 30 }], readEvery_minutes: null }
const read = (hour: number, celsius: number | null): Reading => {
  const at = `2026-11-12T${String(hour).padStart(2, '0')}:00:00.000Z`
  return { of: 'temperature', from: at, to: at, low: celsius, high: celsius, isAlarm: celsius === null, source: 'Logger 7' }
}
const spoken = (language: Language) =>
  function InWords({ children }: { children?: ReactNode }) {
    return Speaking({ language, timeZone: 'Europe/Berlin', children })
  }
const drawn = (language: Language, readings: readonly Reading[]): string => {
  const sensed = withReadings([], readings, COOL)
  return renderToStaticMarkup(createElement(spoken(language), null, createElement(Readings, { sensed })))
}

describe('the readings of a piece on the screen', () => {
  it.each(Language.options)('stand as a line over their limits and as a table, in %s', (language) => {
    const html = drawn(language, [read(6, 5), read(8, 14), read(10, 6)])
    expect(html).toMatch(/<svg[^>]*role="img"[^>]*aria-label="[^"]+"/u)
    expect(html.match(/class="readings__out"/gu)).toHaveLength(1)
    expect(html.match(/<th scope="row">/gu)).toHaveLength(3)
    expect(html).not.toMatch(/sensed\.|NaN|Infinity/u)
  })

  it('are drawn of a single one too, and of an alarm that has no value', () => {
    expect(drawn('en', [read(6, 5)])).not.toMatch(/NaN|Infinity/u)
    const alarm = drawn('en', [read(6, null)])
    expect(alarm).toContain('raised an alarm')
    expect(alarm).not.toContain('<svg')
  })

  it('keep the minus of a frozen piece at its number, and the day after it in its place, from the right too', () => {
    const html = drawn('ar', [read(6, -18)])
    expect(html).toMatch(/\u2068\u200e-18\u2069،/u)
    expect(html.match(/-18(?!\u2069)/gu)).toBeNull()
  })

  it('are no empty card where no sensor has spoken', () => expect(drawn('en', [])).toBe(''))
})
