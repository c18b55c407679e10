import type { SavedText } from '../../../contract/device-view.ts'

/** Offers a text as a file to save, as the browser does with any download. Nothing where there was no answer. */
export function saveText(saved: SavedText | null): void {
  if (saved === null) return
  const address = URL.createObjectURL(new Blob([saved.text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = saved.fileName
  link.click()
  // The browser has its own copy as soon as the download began.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
