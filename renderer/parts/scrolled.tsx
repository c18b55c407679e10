import type { ReactNode } from 'react'

interface ScrolledProps {
  readonly className: string
  readonly label: string
  readonly children: ReactNode
}

/** A part of the screen that scrolls by itself and holds nothing to press: the keyboard can reach it all the same. */
export function Scrolled({ className, label, children }: ScrolledProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- WCAG 2.1.1: what scrolls must be scrollable by key
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
