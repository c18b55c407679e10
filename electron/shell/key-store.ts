import { setTimeout as sleep } from 'node:timers/promises'
import type { SafeStorage } from 'electron'
import type { KeyStore } from '../../contract/key-store.ts'

/** What of Electron's safeStorage is used. */
export type SafePlace = Pick<SafeStorage, 'getSelectedStorageBackend' | 'isEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'>

/** A key ring may ask somebody for its password first; a till that starts alone in the morning does not wait for that. */
const WAIT_MS = 20_000

/**
 * The system's own place for secrets, as Electron reaches it once the app is ready. On Linux without a key ring there is
 * none: Chromium then seals with a password that stands in its source (`basic_text`), which keeps nothing from anybody.
 * What goes wrong there, or takes longer than `wait_ms`, is the same as no such place.
 */
export function systemKeyStore(safe: SafePlace, platform: NodeJS.Platform, wait_ms = WAIT_MS): KeyStore {
  const isOffered = (): boolean =>
    !(platform === 'linux' && ['basic_text', 'unknown'].includes(safe.getSelectedStorageBackend())) && safe.isEncryptionAvailable()
  const asked = async <Answer>(ask: () => Promise<Answer>): Promise<Answer | null> => {
    try {
      return isOffered() ? await Promise.race([ask(), sleep(wait_ms, null, { ref: false })]) : null
    } catch {
      // What the system says of a secret that does not open may tell of the secret: it is written nowhere.
      return null
    }
  }
  return {
    seal: (text) => asked(async () => (await safe.encryptStringAsync(text)).toString('base64')),
    open: (sealed) =>
      asked(async () => {
        const { result, shouldReEncrypt } = await safe.decryptStringAsync(Buffer.from(sealed, 'base64'))
        return { text: result, sealAnew: shouldReEncrypt }
      }),
  }
}
