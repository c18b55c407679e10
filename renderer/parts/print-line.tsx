import { CircleHelp, Printer, PrinterCheck } from 'lucide-react'
import type { PrintState } from '../../contract/print-state.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'

/** What became of a paper, in words; for an unknown fate the question that only the clerk can answer. */
export function PrintLine({ print }: { print: PrintState }) {
  const { say } = useWords()
  const Sign = print.state === 'printed' ? PrinterCheck : print.state === 'unknown' ? CircleHelp : Printer
  return (
    <div className={`print-line print-line--${print.state}`}>
      <p className="print-line__state" role="status">
        <Sign size={22} aria-hidden />
        {say(`print.${print.state}`)}
      </p>
      <PrintTrouble print={print} />
      {print.state === 'unknown' && print.jobId !== null ? <Settle jobId={print.jobId} /> : null}
    </div>
  )
}

function PrintTrouble({ print }: { print: PrintState }) {
  const { sayCode } = useWords()
  if (print.why === null || print.state === 'printed') return null
  return <p className="sentence muted">{sayCode(`why.${print.why}`)}</p>
}

export function Settle({ jobId }: { jobId: string }) {
  const { say } = useWords()
  const store = useDeskStore()
  const settle = (fate: 'printed' | 'again' | 'give-up') => void store.act((core) => core.papers.settle({ jobId, fate }))
  return (
    <div className="row row--wrap">
      <Button tone="primary" onPress={() => settle('printed')}>
        {say('papers.came-out')}
      </Button>
      <Button onPress={() => settle('again')}>{say('papers.print-again')}</Button>
      <Button tone="quiet" onPress={() => settle('give-up')}>
        {say('papers.give-up')}
      </Button>
    </div>
  )
}
