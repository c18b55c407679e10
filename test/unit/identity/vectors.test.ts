import { describe, expect, it } from 'vitest'
import { readVectors, runVector } from '../../support/identity-vectors.ts'

const vectors = readVectors(new URL('../../fixtures/identity/identity.vectors.json', import.meta.url))
const byKind = Map.groupBy(vectors, (vector) => vector.kind)

describe('the identity vectors', () => {
  it('are all there', () => {
    expect(vectors).toHaveLength(429)
    expect(byKind.size).toBe(32)
  })

  for (const [kind, list] of byKind) {
    describe(kind, () => {
      it.each(list.map((vector) => [vector.id, vector] as const))('%s', async (_id, vector) => {
        const verdict = await runVector(vector)
        const good = vector.optional === true ? ['passed', 'skipped'] : ['passed']
        expect(good, 'why' in verdict ? verdict.why : '').toContain(verdict.at)
      })
    })
  }
})

describe('the identity vectors of our own review', () => {
  const own = readVectors(new URL('../../fixtures/identity/review.vectors.json', import.meta.url))

  it.each([...Map.groupBy(own, (vector) => vector.kind)])('%s', async (_kind, list) => {
    const wrong: string[] = []
    for (const vector of list) {
      const verdict = await runVector(vector)
      if (verdict.at !== 'passed') wrong.push(`${vector.id}: ${verdict.why}`)
    }
    expect(list).not.toHaveLength(0)
    expect(wrong).toEqual([])
  })
})
