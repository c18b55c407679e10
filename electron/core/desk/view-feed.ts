import type { DeskView } from '../../../contract/desk-view.ts'

/** Who wants to know of changes. Outlives the shop behind it, so that a window does not notice when that is reopened. */
export class ViewFeed {
  readonly #listeners = new Set<(view: DeskView) => void>()
  #revision: number
  /** The view of this revision, once somebody wanted it. */
  #made: DeskView | null = null

  /** Starts above every number of an earlier run: a window that outlived the core must not think new views old. */
  constructor(now_ms: number) {
    this.#revision = now_ms
  }

  get revision(): number {
    return this.#revision
  }

  subscribe(listener: (view: DeskView) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Raises the revision; the view is made once, and only when somebody listens. */
  tell(view: () => DeskView): void {
    this.#revision += 1
    this.#made = null
    if (this.#listeners.size === 0) return
    const made = this.atThisRevision(view)
    for (const listener of this.#listeners) listener(made)
  }

  /** What the listeners were told last, for the answer to who changed it: a view is dear and is made once a revision. */
  atThisRevision(view: () => DeskView): DeskView {
    this.#made ??= view()
    return this.#made
  }
}
