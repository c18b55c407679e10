import { Printer } from 'lucide-react'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { CodePicture } from './code-picture.tsx'

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
          <CodePicture key={code.caption} {...code} />
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
