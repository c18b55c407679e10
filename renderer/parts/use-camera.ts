import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { BRIDGE_NAME, type WindowBridge } from '../../contract/port-handshake.ts'

/** The window's own shell lets a camera through only while this is on the screen. */
const bridge = (): WindowBridge | undefined => (window as unknown as Record<string, WindowBridge | undefined>)[BRIDGE_NAME]

/**
 * A camera in a video element, for as long as what shows it is on the screen. A hand-held screen has one at its back,
 * towards the piece; a kiosk has only one.
 */
export function useCamera({ atTheBack }: { atTheBack: boolean }): { video: RefObject<HTMLVideoElement | null>; state: 'starting' | 'on' | 'none' } {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<'starting' | 'on' | 'none'>('starting')
  useEffect(() => {
    let stream: MediaStream | null = null
    let open = true
    bridge()?.photoStep(true)
    const start = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { ...(atTheBack ? { facingMode: 'environment' } : {}), width: { ideal: 1_920 } }, audio: false })
        if (!open || video.current === null) return stream.getTracks().forEach((track) => track.stop())
        video.current.srcObject = stream
        await video.current.play()
        setState('on')
      } catch (error) {
        if (!(error instanceof DOMException) && !(error instanceof TypeError)) throw error
        if (open) setState('none')
      }
    }
    void start()
    return () => {
      open = false
      bridge()?.photoStep(false)
      stream?.getTracks().forEach((track) => track.stop())
    }
  }, [atTheBack])
  return { video, state }
}
