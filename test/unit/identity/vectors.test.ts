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
