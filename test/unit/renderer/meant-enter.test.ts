import { describe, expect, it } from 'vitest'
import { meantEnter } from '../../../renderer/keys/meant-enter.ts'

describe('the Enter key of a hurried cashier', () => {
  it('counts once when it bounces, and again when somebody has looked', () => {
    const enter = meantEnter()
    expect(enter.isMeant({ key: 'Enter', repeat: false, timeStamp: 1_000 })).toBe(true)
    expect(enter.isMeant({ key: 'Enter', repeat: false, timeStamp: 1_120 })).toBe(false)
    expect(enter.isMeant({ key: 'Enter', repeat: false, timeStamp: 1_290 })).toBe(false)
    expect(enter.isMeant({ key: 'Enter', repeat: false, timeStamp: 1_500 })).toBe(true)
  })

  it('counts again at once after another key: fast fingers are not a bounce', () => {
    const enter = meantEnter()
    expect(enter.isMeant({ key: 'Enter', repeat: false, timeStamp: 0 })).toBe(true)
    expect(enter.isMeant({ key: '5', repeat: false, timeStamp: 60 })).toBe(true)
    expect(enter.isMeant({ key: 'Enter', repeat: false, timeStamp: 120 })).toBe(true)
  })

  it('counts once however long it is held down', () => {
    const enter = meantEnter()
    expect(enter.isMeant({ key: 'Enter', repeat: false, timeStamp: 0 })).toBe(true)
    for (let at = 500; at < 5_000; at += 33) expect(enter.isMeant({ key: 'Enter', repeat: true, timeStamp: at })).toBe(false)
  })
})
