import type { Language } from '../../../contract/ids.ts'
import type { ReceiptBlock, ReceiptDocument, ReceiptKind } from '../../../contract/receipt.ts'
import { say } from '../../../contract/words/say.ts'
import { languageOfDocument } from './paper-words.ts'

/** A paper with the name of whoever is meant taken off; null where it names nobody who is. Pure. */
export function withoutName(paper: ReceiptDocument, isMeant: (name: string) => boolean): ReceiptDocument | null {
  const language = languageOfDocument(paper) ?? 'en'
  const gone = say(language, 'receipt.name-erased')
  const blocks = paper.blocks.map((block): ReceiptBlock => {
    const name = nameIn(paper.kind, language, block)
    if (name === null || name === gone || !isMeant(name)) return block
    return block.kind === 'pair' ? { ...block, right: gone } : block.kind === 'text' ? { ...block, text: gone } : block
  })
  return blocks.every((block, place) => block === paper.blocks[place]) ? null : { ...paper, blocks }
}

/** The names a paper is there to say; one that was taken off it is none. Pure. */
export function namesOn(paper: ReceiptDocument): string[] {
  const language = languageOfDocument(paper) ?? 'en'
  const gone = say(language, 'receipt.name-erased')
  return paper.blocks.flatMap((block) => nameIn(paper.kind, language, block) ?? []).filter((name) => name !== gone)
}

/** The name that a block is there to say: for whom goods lie apart, whose a piece or a promise is. Null for every other block. */
function nameIn(kind: ReceiptKind, language: Language, block: ReceiptBlock): string | null {
  if (kind === 'slip') return block.kind === 'text' && block.size === 'large' ? block.text : null
  if (kind === 'ownership') return block.kind === 'pair' && block.left === say(language, 'receipt.owner') ? block.right : null
  if (kind !== 'credit' || block.kind !== 'text') return null
  const [before = '', after = ''] = say(language, 'receipt.credit-for', { name: '\n' }).split('\n')
  const isSaid = block.text.startsWith(before) && block.text.endsWith(after) && before + after !== ''
  return isSaid ? block.text.slice(before.length, block.text.length - after.length) : null
}
