import type { ReactNode } from 'react'

/**
 * What a dialog shows after its button is gone. It takes the focus that the button had, so that a screen reader reads it
 * and Escape still closes the dialog.
 */
export function ShownOnce({ children }: { children: ReactNode }) {
  return (
    <div className="code" role="status" tabIndex={-1} ref={(node) => node?.focus()}>
      {children}
    </div>
  )
}
