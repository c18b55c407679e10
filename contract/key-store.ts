/**
 * The place of the operating system for secrets of its user (key ring, keychain, DPAPI), as whoever started the core
 * offers it to the core. What was sealed opens for the same user of the same computer only.
 */
export interface KeyStore {
  /** Sealed, as base64; null where the system has no such place. */
  seal(text: string): Promise<string | null>
  /** Null where it was sealed elsewhere, was changed since, or the place does not open at the moment. */
  open(sealed: string): Promise<Opened | null>
}

export interface Opened {
  readonly text: string
  /** The system has a newer key since this was sealed: it is to be sealed once more. */
  readonly sealAnew: boolean
}

/** Where nobody offers one, as without Electron. */
export const NO_KEY_STORE: KeyStore = { seal: () => Promise.resolve(null), open: () => Promise.resolve(null) }
