import type { ReceiptDocument } from '../../../contract/receipt.ts'
import { ending, finished, heading, languageOfDocument, text, words, type PaperSetting } from './paper-words.ts'

/** The same paper once more, and said so on top in the language it is written in. */
export function copyOf(document: ReceiptDocument, setting: PaperSetting): ReceiptDocument {
  const language = languageOfDocument(document) ?? setting.language
  return { ...document, copy: true, blocks: [{ kind: 'banner', text: words({ ...setting, language }, 'receipt.copy') }, ...document.blocks] }
}

export function testPaper(at: string, setting: PaperSetting): ReceiptDocument {
  return finished('test', setting, [
    ...heading(setting, 'receipt.test-title', '', at, ''),
    text(words(setting, 'receipt.test-text')),
    { kind: 'qr', payload: 'countermark:test', caption: null },
    ...ending(setting, 'receipt.thanks'),
  ])
}
