import { useEffect, useRef } from 'react'

export interface CodeToScan {
  readonly symbology: 'code128' | 'ean13' | 'gs1datamatrix'
  readonly text: string
  readonly caption: string
}

/** A code to scan from the screen or from paper, with what it says under it. */
export function CodePicture({ symbology, text, caption }: CodeToScan) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let wanted = true
    void import('bwip-js/browser').then(({ toCanvas }) => {
      if (!wanted || canvas.current === null) return
      toCanvas(canvas.current, { bcid: symbology, text, scale: symbology === 'gs1datamatrix' ? 4 : 2, ...(symbology === 'gs1datamatrix' ? {} : { height: 12 }) })
    })
    return () => {
      wanted = false
    }
  }, [symbology, text])
  return (
    <figure className="scanner-codes__code">
      <canvas ref={canvas} role="img" aria-label={caption} width="1" height="1" />
      <figcaption dir="ltr">{caption}</figcaption>
    </figure>
  )
}
