import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Heartbeat, patienceOf } from '../../../electron/shell/heartbeat.ts'

describe('a core that is asked whether it is there', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** Runs a beat every second with three questions of patience; `answers` says whether the core answers now. */
  function watched() {
    const seen = { asked: 0, silences: 0, answers: true }
    const heartbeat: Heartbeat = new Heartbeat(
      { askEvery_ms: 1_000, unansweredMax: 3 },
      () => {
        seen.asked += 1
        if (seen.answers) heartbeat.heard()
      },
      () => (seen.silences += 1),
    )
    heartbeat.start()
    return { seen, heartbeat }
  }

  it('is left alone for as long as it answers', () => {
    const { seen } = watched()
    vi.advanceTimersByTime(600_000)
    expect(seen).toMatchObject({ asked: 600, silences: 0 })
  })

  it('is given up once, after as many questions in a row as patience has', () => {
    const { seen } = watched()
    seen.answers = false
    vi.advanceTimersByTime(3_999)
    expect(seen.silences).toBe(0)
    vi.advanceTimersByTime(600_000)
    expect(seen).toMatchObject({ asked: 3, silences: 1 })
  })

  it('may be silent for a while, as while a whole mirror is read in, and is believed again with its first answer', () => {
    const { seen, heartbeat } = watched()
    for (let jobs = 0; jobs < 5; jobs += 1) {
      seen.answers = false
      vi.advanceTimersByTime(2_500)
      heartbeat.heard()
      seen.answers = true
      vi.advanceTimersByTime(1_000)
    }
    expect(seen.silences).toBe(0)
  })

  it('is not asked any more once it has ended', () => {
    const { seen, heartbeat } = watched()
    heartbeat.stop()
    vi.advanceTimersByTime(60_000)
    expect(seen.asked).toBe(0)
  })

  it.each([[undefined, 30_000], ['', 30_000], ['soon', 30_000], ['0', 30_000], ['-5', 30_000], ['1', 30_000], ['Infinity', 30_000], ['2', 2_000], ['120', 120_000]])(
    'waits as long as was set, or half a minute: %s',
    (setting, silence_ms) => {
      const { askEvery_ms, unansweredMax } = patienceOf(setting)
      expect(Math.round((askEvery_ms * unansweredMax) / 10) * 10).toBe(silence_ms)
    },
  )
})
