/** A panel over the screen in front. `paper` shows one document. */
export type Panel =
  | { readonly name: 'papers' | 'parked' | 'shift' | 'devices' | 'explain' }
  | { readonly name: 'paper'; readonly documentId: string }

export type OpenPanel = (panel: Panel) => void
