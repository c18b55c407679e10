import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numbersIn } from '../../../hub/contract/numbers-in.ts'
import { readNumbers } from '../../../hub/imports/number-list.ts'

const read = (text: string) => readNumbers(Buffer.from(text))

describe('the numbers of a recall as its maker sends them', () => {
  it('are read one a line, each once, whatever ends a line', async () => {
    expect(await read('A-1\r\nA-2\r\n\r\n A-1 \r\nB 3')).toEqual({ numbers: ['A-1', 'A-2', 'B 3'], again: 1, bad: 0, troubles: [] })
  })

  it('are read from the column “serial” of a table, else from its first, and a heading is no number', async () => {
    expect((await read('model;Serial;day\nX1;A-1;2026\nX1;A-2;2026\n')).numbers).toEqual(['A-1', 'A-2'])
    expect((await read('Seriennummer,Modell\nA-1,X1\n')).numbers).toEqual(['A-1'])
    expect((await read('A-1\tX1\nA-2\tX1\n')).numbers).toEqual(['A-1', 'A-2'])
  })

  it('are told by their line where they are none, and the others are taken', async () => {
    const list = await read(`serial,day\n,2026\n${'9'.repeat(129)},2026\nA\u0007,2026\n"A-1;A-2",2026\nA-3,2026\n,\n"A-4,2026`)
    expect(list).toMatchObject({ numbers: ['A-3'], again: 0, bad: 5 })
    expect(list.troubles.map(({ line, code }) => `${line} ${code}`)).toEqual(['2 missing', '3 too-long', '4 control-characters', '5 not-one-of', '8 broken-line'])
  })

  it('are read from any file without a throw, and fill a field that gives back the same numbers', async () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.stringMatching(/^[aA1 ,;"\t\r\n]{0,60}$/u).map((text) => Buffer.from(text)))
    await fc.assert(fc.asyncProperty(bytes, async (given) => {
      const { numbers, bad, troubles } = await readNumbers(Buffer.from(given))
      expect(numbersIn(numbers.join('\n'))).toEqual(numbers)
      expect(new Set(troubles.map(({ line }) => line)).size).toBe(bad)
    }))
  })
})
