import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hexOf } from '../../../native/bytes.ts'
import { readEscpos } from '../../../native/simulators/printer/escpos-reader.ts'
import { goldenReceipt } from '../../support/printer/golden-receipt.ts'

interface Interpreted {
  readonly bytes_sha256: string
  readonly lines: readonly string[]
  readonly pictures: readonly { readonly width: number; readonly height: number; readonly dots_sha256: string }[]
}

const theirs = JSON.parse(
  readFileSync(new URL('../../fixtures/printer/escpos-tools.json', import.meta.url), 'utf8'),
) as Interpreted
const bytes = goldenReceipt()
const { commands } = readEscpos(bytes)
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex')

describe('a receipt, read by an interpreter that other people wrote', () => {
  it('is still the one that it was given', () => {
    expect(sha256(bytes), 'see test/fixtures/printer/SOURCES.md').toBe(theirs.bytes_sha256)
  })

  it('holds the lines that our simulator reads in it', () => {
    const lines: number[][] = [[]]
    for (const command of commands) {
      if (command.kind === 'glyph') lines.at(-1)!.push(command.byte)
      if (command.kind === 'line-feed') lines.push([])
    }
    const ours = lines.filter((line) => line.some((byte) => byte !== 0x20))
    expect(ours.map((line) => hexOf(Uint8Array.from(line)))).toEqual(theirs.lines)
  })

  it('holds the pictures that our simulator reads in it, dot for dot', () => {
    const ours = commands.flatMap((command) => (command.kind === 'picture' ? [command.bitmap] : []))
    expect(
      ours.map(({ width, height, dots }) => ({ width, height, dots_sha256: sha256(dots) })),
    ).toEqual(theirs.pictures)
  })
})
