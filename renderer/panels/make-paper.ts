import type { Language } from '../../contract/ids.ts'
import { unreachable } from '../../contract/unreachable.ts'
import type { Core } from '../connect.ts'

/** What a paper is made from, so that it can be made again in another language. */
export type PaperSource =
  | { readonly paper: 'warranty'; readonly unitId: string }
  | { readonly paper: 'gift'; readonly documentId: string }
  | { readonly paper: 'certificate'; readonly by: 'unit' | 'text'; readonly value: string }
  | { readonly paper: 'slip'; readonly flowId: string }

/** Asks the core to make it. `language` null is the language the store's papers speak. */
export function makePaper(core: Core, source: PaperSource, language: Language | null): Promise<{ documentId: string }> {
  switch (source.paper) {
    case 'warranty':
      return core.papers.warranty({ unitId: source.unitId, language })
    case 'gift':
      return core.papers.gift({ documentId: source.documentId, language })
    case 'certificate':
      return core.papers.certificate({ by: source.by, value: source.value, language })
    case 'slip':
      return core.papers.slip({ flowId: source.flowId, language })
    default:
      return unreachable(source)
  }
}
