/** What speaks for or against a piece beside its printed number. */
export type ProofHow = 'sun-tap' | 'signed-label' | 'tag-id'

/** The rules that a tag or a label breaks. */
export type ProofBreach =
  /** A tap that was presented before: the address was copied. */
  | 'COUNTER_REPLAY'
  /** A tap with the address of a chip of ours, without the chip's key. */
  | 'TAP_FORGED'
  /** The identity of this piece on another chip than the one it was commissioned with. */
  | 'TAG_DIFFERS'
  /** A signed label whose text or signature was changed. */
  | 'LABEL_FORGED'

/**
 * `proven`: a key of ours was used, on a chip now or on the label when it was issued. `agrees`: the chip's own number
 * is the one that was bound, which is evidence and no proof, because such numbers can be copied.
 */
export type Proof =
  | { readonly says: 'proven', readonly how: 'sun-tap' | 'signed-label', readonly detail: string }
  | { readonly says: 'agrees', readonly how: 'tag-id', readonly detail: string }
  | { readonly says: 'suspect', readonly how: ProofBreach, readonly detail: string }
