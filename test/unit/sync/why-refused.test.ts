import { describe, expect, it } from 'vitest'
import type { Result } from '../../../contract/fault.ts'
import { HubRefusal } from '../../../electron/core/sync/hub-client.ts'
import { centreRefused } from '../../../electron/core/sync/why-refused.ts'

const URL_THERE = 'http://centre.example'
const faultOf = (status: number, code: string): unknown => {
  const said: Result<never> = centreRefused(URL_THERE, new HubRefusal(status, code))
  return said.ok ? null : said.fault
}

describe('a centre that says no to a till', () => {
  it.each([
    [403, 'wrong-code', 'join-wrong-code'], [429, 'too-many-tries', 'join-too-often'], [409, 'till-known', 'join-till-known'], [426, 'program-too-old', 'join-too-old'],
    [401, 'unknown-till', 'till-unknown-there'], [403, 'held', 'till-shut-out'], [403, 'revoked', 'till-shut-out'], [401, 'not-our-centre', 'not-our-centre'],
    [401, 'stale-challenge', 'centre-answer-late'], [429, 'too-many', 'centre-troubled'], [500, 'internal', 'centre-troubled'],
  ])('by %i %s has a sentence of its own for it', (status, code, fault) => expect(faultOf(status, code)).toEqual({ code: fault, params: {} }))

  it('is shown as it came where it is a word of a newer one, and is none where something else answers there', () => {
    expect(faultOf(403, 'till-asleep')).toEqual({ code: 'join-refused', params: { code: 'till-asleep' } })
    expect(faultOf(404, 'unknown')).toEqual({ code: 'no-centre', params: { url: URL_THERE } })
  })
})
