import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import type { DeskView } from '../../../contract/desk-view.ts'
import type { Core, Hearer } from '../../../renderer/connect.ts'
import { openDeskStore } from '../../../renderer/desk/desk-store.ts'
import { withoutAim } from '../../../renderer/desk/scan-route.ts'

const view = (revision: number): DeskView => ({ revision }) as DeskView

/** A line to a core that the test holds in its hand: the machine ends where the port begins. */
function heldLine() {
  let hearer: Hearer | null = null
  const store = openDeskStore((given) => {
    hearer = given
    return () => {}
  })
  let next: (view: DeskView) => void = () => {}
  const up = (...views: DeskView[]) => {
    async function* changes(): AsyncGenerator<DeskView> {
      yield* views
      for (;;) yield await new Promise<DeskView>((resolve) => (next = resolve))
    }
    hearer?.up({ desk: { changed: () => Promise.resolve(changes()) } } as unknown as Core)
    return settled()
  }
  const tell = (view: DeskView) => {
    next(view)
    return settled()
  }
  return { store, up, tell, down: () => hearer?.down('lost') }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('the desk as the window holds it', () => {
  it('keeps the highest revision: replies and events may overtake each other', async () => {
    const { store, up } = heldLine()
    await up(view(4), view(6))
    await store.act(() => Promise.resolve(view(5)))
    expect(store.snapshot().view?.revision).toBe(6)
  })

  it('believes a core that was started again and counts anew', async () => {
    const { store, up, down } = heldLine()
    await up(view(90))
    down()
    expect(store.snapshot()).toMatchObject({ link: 'lost', view: { revision: 90 } })
    await up(view(1))
    expect(store.snapshot()).toMatchObject({ link: 'up', view: { revision: 1 } })
  })

  it('does one thing once, also when "pay" is pressed twice at once', async () => {
    const { store, up } = heldLine()
    await up(view(1))
    let paid = 0
    const pay = () => store.act(() => Promise.resolve(view((paid += 1) + 1)))
    expect(await Promise.all([pay(), pay(), pay()])).toEqual([true, false, false])
    expect(paid).toBe(1)
  })

  it('takes what is pressed on the next screen, though the act that led there is not answered yet', async () => {
    const { store, up, tell } = heldLine()
    await up(view(1))
    let answer: (next: DeskView) => void = () => {}
    const paying = store.act(() => new Promise((resolve) => (answer = resolve)))
    expect(await store.act(() => Promise.resolve(view(8)))).toBe(false)
    await tell(view(2))
    const quick = store.act(() => Promise.resolve(view(9)))
    answer(view(2))
    expect(await Promise.all([paying, quick])).toEqual([true, true])
    expect(store.snapshot()).toMatchObject({ busy: false, view: { revision: 9 } })
  })

  it('takes a reason and a condition that follow each other faster than the core replies', async () => {
    const { store, up } = heldLine()
    await up(view(1))
    const taken: string[] = []
    const choose = (what: string) =>
      store.choose(async () => {
        await settled()
        return view(taken.push(what) + 1)
      })
    expect(await Promise.all([choose('reason'), choose('condition')])).toEqual([true, true])
    expect(taken).toEqual(['reason', 'condition'])
  })

  it('drops no scan, and keeps their order', async () => {
    const { store, up } = heldLine()
    const seen: string[] = []
    await up(view(1))
    const core = {
      desk: {
        changed: () => Promise.resolve((async function* () { yield view(1); await new Promise(() => {}) })()),
        scan: async ({ text }: { text: string }) => {
          await settled()
          seen.push(text)
          return view(seen.length + 1)
        },
      },
    } as unknown as Core
    const second = heldStoreOn(core)
    await settled()
    await Promise.all(['a', 'b', 'c'].map((text) => second.scan(text, 'wedge')))
    expect(seen).toEqual(['a', 'b', 'c'])
    expect(store.snapshot().view?.revision).toBe(1)
  })

  it('says a refusal with its values, until the next thing succeeds', async () => {
    const { store, up } = heldLine()
    await up(view(1))
    const data = { code: 'locked-out', params: { time: '2026-03-14T10:45:30.000Z' } }
    await store.act(() => Promise.reject(new ORPCError('REFUSED', { data })))
    expect(store.snapshot().refusal).toMatchObject(data)
    await store.act(() => Promise.resolve(view(2)))
    expect(store.snapshot().refusal).toBeNull()
  })

  it('says that the till did not answer, when it did not', async () => {
    const { store, up } = heldLine()
    await up(view(1))
    expect(await store.act(() => Promise.reject(new Error('socket closed')))).toBe(false)
    expect(store.snapshot().refusal?.code).toBe('unreachable')
  })
})

function heldStoreOn(core: Core) {
  return openDeskStore((hearer) => {
    hearer.up(core)
    return () => {}
  })
}

describe('a scan of a keyboard scanner', () => {
  it('gives up its symbology identifier, and nothing else', () => {
    expect(withoutAim(']C10109506000134352')).toEqual({ aim: ']C1', text: '0109506000134352' })
    expect(withoutAim('NF7P25K80113')).toEqual({ aim: null, text: 'NF7P25K80113' })
    expect(withoutAim(']C1')).toEqual({ aim: null, text: ']C1' })
  })
})

describe('an act that wants a right nobody at the till has', () => {
  const refusal = new ORPCError('REFUSED', { data: { code: 'no-right', params: { right: 'void-sale' } } })

  /** A core where the supervisor's PIN is 2222 and a void wants it. */
  async function aCashier() {
    const { store, core } = await coreWith({
      stepUp: (asked: { pin: string }) => {
        if (asked.pin !== '2222') throw new ORPCError('REFUSED', { data: { code: 'wrong-pin', params: {} } })
        core.lent = true
        return Promise.resolve(view(2))
      },
    })
    const voided = () => store.act(() => {
      core.tried += 1
      if (!core.lent) throw refusal
      return Promise.resolve(view(3))
    })
    return { store, core, voided }
  }

  async function coreWith(session: object) {
    let hearer: Hearer | null = null
    const store = openDeskStore((given) => {
      hearer = given
      return () => {}
    })
    const changed = () => Promise.resolve((async function* () { yield view(1); await new Promise(() => {}) })())
    ;(hearer as Hearer | null)?.up({ desk: { changed }, session } as unknown as Core)
    await settled()
    return { store, core: { lent: false, tried: 0 } }
  }

  it('waits for a colleague and is done with the colleague’s PIN, once', async () => {
    const { store, core, voided } = await aCashier()
    const done = voided()
    await settled()
    expect(store.snapshot()).toMatchObject({ stepUp: { right: 'void-sale' }, refusal: null, busy: false })
    expect(await store.lend({ staffId: 'ines', pin: '9999', reason: 'left' })).toBe(false)
    expect(store.snapshot()).toMatchObject({ stepUp: { right: 'void-sale' }, refusal: { code: 'wrong-pin' } })
    expect(await store.lend({ staffId: 'ines', pin: '2222', reason: 'left' })).toBe(true)
    expect(await done).toBe(true)
    expect(store.snapshot()).toMatchObject({ stepUp: null, refusal: null, view: { revision: 3 } })
    expect(core.tried).toBe(2)
  })

  it('is not done when nobody answers for it, and scans go on meanwhile', async () => {
    const { store, core, voided } = await aCashier()
    const done = voided()
    await settled()
    store.dismissStepUp()
    expect(await done).toBe(false)
    expect(store.snapshot().stepUp).toBeNull()
    expect(core.tried).toBe(1)
  })

  it('says so when the right that was lent is still not enough, and asks no second time', async () => {
    const { store } = await aCashier()
    const done = store.act(() => Promise.reject(refusal))
    await settled()
    await store.lend({ staffId: 'ines', pin: '2222', reason: 'left' })
    expect(await done).toBe(false)
    expect(store.snapshot()).toMatchObject({ stepUp: null, refusal: { code: 'no-right' } })
  })
})
