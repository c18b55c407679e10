/** What a program that ends needs of a window. */
export interface OpenWindow {
  readonly id: number
  /** Closes it as the person would; false when the program did not let it. */
  closeForQuit(): Promise<boolean>
}

const windows = new Map<number, OpenWindow>()

export function windowOpened(window: OpenWindow): void {
  windows.set(window.id, window)
}

/** Returns how many are left. */
export function windowClosed(id: number): number {
  windows.delete(id)
  return windows.size
}

export function openWindows(): readonly OpenWindow[] {
  return [...windows.values()]
}
