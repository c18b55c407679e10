import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { MUTANTS } from '../../mutants/mutants.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** A mutant whose text is gone from the sources is no longer tried by `npm run test:mutants`, which takes too long for every change. */
it.each(MUTANTS)('the text of a mutant stands once in the sources: $name', ({ file, text, instead }) => {
  const parts = readFileSync(join(ROOT, file), 'utf8').split(text)
  expect(parts).toHaveLength(2)
  expect(instead).not.toBe(text)
})
