import { afterAll, beforeAll, expect, it } from 'vitest'
import { grownTill, type GrownTill } from '../../support/core/grown-till.ts'

let till: GrownTill

const text = (words: string, size: 'normal' | 'large') => ({ kind: 'text', text: words, align: 'center', bold: true, size })
const paper = (blocks: object[]): string => JSON.stringify({ kind: 'ownership', copy: false, demo: false, language: 'en-GB', blocks }).replaceAll("'", "''")
const insert = (id: string, number: string, blocks: object[]): string =>
  `INSERT INTO documents VALUES ('${id}', 'ownership', '${number}', '2026-05-01T10:00:00.000Z', 0, 'Camera', '${paper(blocks)}');`

/** A till that gave out an owner's code while the paper with it was still kept, and a statement beside it. */
beforeAll(() => {
  till = grownTill('0018', insert('code', 'OC-12345678', [{ kind: 'title', text: 'Shop' }, text('ABCDE-FGHJK', 'large'), text('It works once', 'normal')])
    + insert('statement', 'O-12345678', [text('A statement in large letters', 'large')]))
})
afterAll(() => till.close())

const blocksOf = (id: string): unknown[] =>
  (JSON.parse((till.db.prepare('SELECT body FROM documents WHERE id = ?').get(id) as { body: string }).body) as { blocks: unknown[] }).blocks

it('takes the owner’s code off the papers that were kept, and leaves the rest of them and every other paper as it was', () => {
  expect(blocksOf('code')).toEqual([{ kind: 'title', text: 'Shop' }, text('It works once', 'normal')])
  expect(blocksOf('statement')).toEqual([text('A statement in large letters', 'large')])
})

it('lets no document be changed after that', () => {
  expect(() => till.db.exec("UPDATE documents SET summary = 'other'")).toThrow('a document is never changed')
})

it('finds a paper by its number through an index, as before', () => {
  expect(JSON.stringify(till.db.prepare("EXPLAIN QUERY PLAN SELECT id FROM documents WHERE number = 'OC-12345678'").all())).toContain('documents_by_number')
})
