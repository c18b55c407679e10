import { CircleHelp, Printer, PrinterCheck } from 'lucide-react'
import type { PrintState } from '../../contract/print-state.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
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
      {print.state === 'printed' ? null : <PrintTrouble print={print} />}
      {print.state === 'unknown' && print.jobId !== null ? <Settle jobId={print.jobId} /> : null}
    </div>
  )
}

/** What the hand can do about a trouble, by its code; the others only want waiting for. */
const TO_DO = {
  'paper-end': 'print-help.paper', 'cover-open': 'print-help.cover', 'offline': 'print-help.switch-on', 'not-there': 'print-help.switch-on',
  'silent': 'print-help.switch-on', 'refused': 'print-help.switch-on', 'lost': 'print-help.switch-on',
} as const

const isInHand = (why: string): why is keyof typeof TO_DO => Object.hasOwn(TO_DO, why)

/** Why it did not come out, and what to do now. While the paper waits, the printer itself says what keeps it. */
function PrintTrouble({ print }: { print: PrintState }) {
  const { say, sayCode } = useWords()
  const { devices } = useDesk()
  const printer = devices.find(({ role }) => role === 'printer')?.state ?? ''
  const why = isInHand(printer) ? printer : print.why
  const isGivenUp = print.state === 'not-printed' && print.why === null
  if (why === null || isGivenUp || print.state === 'no-printer') return null
  return (
    <>
      <p className="sentence">{sayCode(`why.${why}`)}</p>
      {isInHand(why) ? <p className="prose">{say(TO_DO[why])}</p> : null}
      {print.state === 'unknown' || !isInHand(why) ? null : <p className="prose muted">{say('print-help.by-itself')}</p>}
    </>
  )
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
