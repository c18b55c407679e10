import { describe, expect, it } from 'vitest'
import { USUAL_SETTINGS } from '../../../renderer/wedge/wedge.ts'
import { wedgeSettingsOf } from '../../../renderer/wedge/window-wedge.ts'

describe('what a calibration taught, read back at the next start', () => {
  it('is the pace and the keyboard, and the rest as usual', () => {
    expect(wedgeSettingsOf({ gap_ms_max: 60, layout: 'us', characters_min: 1 })).toEqual({ ...USUAL_SETTINGS, gap_ms_max: 60, layout: 'us' })
  })

  it.each([
    ['nothing', null], ['a text', 'us'], ['a gap of seconds', { gap_ms_max: 4_000, layout: 'us' }], ['a gap of none', { gap_ms_max: 0, layout: 'us' }],
    ['no number', { gap_ms_max: Number.NaN, layout: 'us' }], ['a keyboard nobody knows', { gap_ms_max: 40, layout: 'dvorak' }],
  ])('is the usual where it is %s: a hand in it must not make typing a scan', (_, kept) => {
    expect(wedgeSettingsOf(kept)).toBeNull()
  })
})
