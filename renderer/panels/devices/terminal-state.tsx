import { CalendarCheck, History, Stethoscope } from 'lucide-react'
import type { TerminalHealth } from '../../../contract/device-view.ts'
import { useDesk, useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'

/** What a card terminal can be asked beside payments: how it is, what it did last, and to end its day. */
export function TerminalState({ terminal }: { terminal: TerminalHealth }) {
  const { say } = useWords()
  const store = useDeskStore()
  const isBusy = terminal.busyWith !== null
  if (terminal.byHand) return null
  return (
    <div className="device__details">
      <LastTransaction last={terminal.last} />
      <DayEnd terminal={terminal} />
      <div className="devices__tools">
        <Button
          icon={Stethoscope}
          isDisabled={isBusy}
          onPress={() => void store.ask((core) => core.devices.askTerminal({ what: 'status' }))}
        >
          {say('devices.terminal-status')}
        </Button>
        <Button
          icon={History}
          isDisabled={isBusy}
          onPress={() => void store.ask((core) => core.devices.askTerminal({ what: 'last' }))}
        >
          {say('devices.terminal-last')}
        </Button>
        <EndOfDay isDisabled={isBusy} />
      </div>
    </div>
  )
}

/** The button alone, for wherever a day is ended. */
export function EndOfDay({ isDisabled = false }: { isDisabled?: boolean }) {
  const { say } = useWords()
  const store = useDeskStore()
  return (
    <Button icon={CalendarCheck} isDisabled={isDisabled} onPress={() => void store.ask((core) => core.devices.endOfDay())}>
      {say('devices.day-end')}
    </Button>
  )
}

/** How the last end of day ended, or that one is going on. Spoken as it changes. */
export function DayEnd({ terminal }: { terminal: TerminalHealth }) {
  const words = useWords()
  const { busyWith, dayEnd } = terminal
  if (busyWith === 'end-of-day') return <p role="status">{words.say('devices.day-end-going')}</p>
  if (dayEnd === null) return null
  const when = { at: words.instant(dayEnd.at), who: dayEnd.who }
  return (
    <p role="status" className={dayEnd.outcome === 'done' ? '' : 'device__remark'}>
      {words.say(`devices.day-end-${dayEnd.outcome}`, when)}
    </p>
  )
}

function LastTransaction({ last }: { last: TerminalHealth['last'] }) {
  const words = useWords()
  const { currency } = useDesk().store
  if (last === null) return null
  if (!last.told) return <p className="muted">{words.say('devices.terminal-last-none')}</p>
  const receipt = last.receipt ?? '–'
  return (
    <p className="sentence" role="status">
      {last.approved
        ? words.say('devices.terminal-last-paid', {
            receipt, card: last.card ?? '–', amount: last.amount_cents === null ? '–' : words.money(last.amount_cents, currency),
          })
        : words.say('devices.terminal-last-declined', { receipt })}
    </p>
  )
}
