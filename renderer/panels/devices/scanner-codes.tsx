import { Printer } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'

/**
 * Codes to try a scanner with, and what it should be set to. The set-up bar codes themselves are their maker's: none
 * is documented well enough to be printed from here, so the sheet says which settings to look for in its manual.
 */
export function ScannerCodes() {
  const { say } = useWords()
  return (
    <section className="scanner-codes">
      <p className="device__name">{say('scanner-codes.title')}</p>
      <p className="prose">{say('scanner-codes.settings')}</p>
      <p className="muted">{say('scanner-codes.not-documented')}</p>
      <div className="scanner-codes__sheet">
        {CODES.map((code) => (
          <Code key={code.caption} {...code} />
        ))}
      </div>
      <Button icon={Printer} onPress={() => globalThis.print()}>
        {say('scanner-codes.print')}
      </Button>
    </section>
  )
}

/** The GS1 code holds a separator between lot and serial: a scanner that swallows it is found out here. */
const CODES = [
  { symbology: 'code128', text: 'TEST-4711', caption: 'Code 128: TEST-4711' },
  { symbology: 'ean13', text: '4006381333931', caption: 'EAN-13: 4006381333931' },
  { symbology: 'gs1datamatrix', text: '(01)04006381333931(10)LOT1(21)TEST-4711', caption: 'GS1 DataMatrix: (01)04006381333931(10)LOT1(21)TEST-4711' },
] as const

function Code({ symbology, text, caption }: (typeof CODES)[number]) {
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
