import type { KeyStore, Opened } from '../../contract/key-store.ts'
import type { FromCore, ToCore } from './core-messages.ts'

export type KeyStoreQuestion = Extract<FromCore, { kind: 'seal' | 'open-sealed' }>
export type KeyStoreAnswer = Extract<ToCore, { kind: 'sealed' | 'opened' }>

/**
 * The core's end: Electron opens the system's place for secrets to main alone, so the core asks main, over the line that
 * only the two of them have.
 */
export class KeyStoreOfMain implements KeyStore {
  readonly #tell: (question: KeyStoreQuestion) => void
  readonly #waiting = new Map<number, (answer: KeyStoreAnswer) => void>()
  #last = 0

  constructor(tell: (question: KeyStoreQuestion) => void) {
    this.#tell = tell
  }

  async seal(text: string): Promise<string | null> {
    const answer = await this.#asked({ kind: 'seal', id: ++this.#last, text })
    return answer.kind === 'sealed' ? answer.sealed : null
  }

  async open(sealed: string): Promise<Opened | null> {
    const answer = await this.#asked({ kind: 'open-sealed', id: ++this.#last, sealed })
    return answer.kind === 'opened' ? answer.opened : null
  }

  heard(answer: KeyStoreAnswer): void {
    this.#waiting.get(answer.id)?.(answer)
    this.#waiting.delete(answer.id)
  }

  #asked(question: KeyStoreQuestion): Promise<KeyStoreAnswer> {
    return new Promise((resolve) => {
      this.#waiting.set(question.id, resolve)
      this.#tell(question)
    })
  }
}

/** Main's end. */
export async function answerOfKeyStore(store: KeyStore, question: KeyStoreQuestion): Promise<KeyStoreAnswer> {
  const { id } = question
  return question.kind === 'seal'
    ? { kind: 'sealed', id, sealed: await store.seal(question.text) }
    : { kind: 'opened', id, opened: await store.open(question.sealed) }
}
