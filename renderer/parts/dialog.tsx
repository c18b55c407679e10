import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useDialogFocus } from '../keys/dialog-focus.ts'
import { settleFocus } from '../keys/home-focus.ts'
import { HotkeyLayer } from '../keys/hotkeys.tsx'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly width?: 'narrow' | 'medium' | 'wide'
  /** A question that must be answered is an alert: clicking beside it does not make it go away. */
  readonly isAlert?: boolean
}

/** Mounted while it is open. Esc and a click beside it close it; the keys under it sleep. */
export function Dialog({ title, onClose, children, width = 'medium', isAlert = false }: DialogProps) {
  const { say } = useWords()
  const sheet = useRef<HTMLElement>(null)
  useDialogFocus(sheet, onClose)
  useEffect(() => settleFocus, [])
  return (
    <ModalOverlay
      className="dialog-veil"
      isOpen
      isDismissable={!isAlert}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Modal className={`dialog dialog--${width}`}>
        <AriaDialog ref={sheet} className="dialog__sheet" role={isAlert ? 'alertdialog' : 'dialog'}>
          <HotkeyLayer>
            <header className="dialog__head">
              <Heading slot="title" className="dialog__title">
                {title}
              </Heading>
              <Button tone="quiet" icon={X} iconOnly label={say('app.close')} onPress={onClose}>
                {say('app.close')}
              </Button>
            </header>
            <div className="dialog__body">{children}</div>
          </HotkeyLayer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
