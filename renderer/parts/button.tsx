import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { focusHome } from '../keys/home-focus.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { KeyCap } from './key-cap.tsx'

export interface ButtonProps {
  readonly children: ReactNode
  readonly onPress: () => void
  readonly tone?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly size?: 'medium' | 'large' | 'huge'
  readonly icon?: LucideIcon
  /** Pressing this key is pressing this button; the key is shown on it. */
  readonly hotkey?: string
  readonly isDisabled?: boolean
  readonly label?: string
  /** Only the icon is drawn; `label` then names the button. */
  readonly iconOnly?: boolean
  readonly isCurrent?: boolean
}

export function Button(props: ButtonProps) {
  const { children, onPress, tone = 'plain', size = 'medium', icon: Icon, hotkey, isDisabled = false } = props
  useHotkey(hotkey ?? null, onPress, !isDisabled)
  return (
    <AriaButton
      className={`button button--${tone} button--${size}${props.iconOnly === true ? ' button--icon' : ''}`}
      isDisabled={isDisabled}
      // What React Aria's button does not pass on.
      render={(own) => <button {...own} aria-keyshortcuts={hotkey} />}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      {...(props.isCurrent === true ? { 'aria-current': 'page' as const } : {})}
      onPress={(event) => {
        onPress()
        // After a touch the next thing is a scan; somebody who walks by keyboard stays where he is.
        if (event.pointerType !== 'keyboard' && event.pointerType !== 'virtual') requestAnimationFrame(focusHome)
      }}
    >
      {Icon === undefined ? null : <Icon className="button__icon" aria-hidden />}
      {props.iconOnly === true ? null : <span className="button__text">{children}</span>}
      {hotkey === undefined ? null : <KeyCap name={hotkey} />}
    </AriaButton>
  )
}
