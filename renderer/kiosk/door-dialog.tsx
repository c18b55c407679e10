import type { KioskDoorAction, KioskDoorView } from '../../contract/kiosk-view.ts'
import { useDesk, useDeskState, useDeskStore } from '../desk/desk-context.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { PinPad } from '../parts/pin-pad.tsx'
import { useWords } from '../words/words-context.tsx'

/** Staff at the kiosk: a PIN, then what has to be done there, and out again. */
export function DoorDialog({ door }: { door: KioskDoorView }) {
  const words = useWords()
  const store = useDeskStore()
  const { refusal } = useDeskState()
  const act = (action: KioskDoorAction) => void store.act((core) => core.kiosk.door({ action }))
  // Pressed right after another key of the door, it waits its turn.
  const shut = () => void store.choose((core) => core.kiosk.door({ action: { do: 'shut' } }))
  if (door.at === 'asked')
    return (
      <Dialog title={words.say('door.title')} width="narrow" isAlert onClose={shut}>
        {door.lockedUntil === null ? (
          <PinPad
            title={door.name ?? words.say('door.pin')}
            doLabel={words.say('door.enter')}
            onPin={(pin) => store.act((core) => core.kiosk.openDoor({ pin }))}
          />
        ) : (
          <p className="prose">{words.say('door.locked', { time: words.time(door.lockedUntil) })}</p>
        )}
        {refusal === null ? null : <p role="alert">{words.refusal(refusal.code, refusal.params)}</p>}
      </Dialog>
    )
  return (
    <Dialog title={words.say('door.open', { name: door.name })} width="medium" isAlert onClose={shut}>
      <div className="door">
        {door.slots.map((slot) => (
          <div key={slot.name} className="door__slot">
            <span>{words.say('door.slot', { slot: slot.name, inside: slot.inside, holds: slot.holds })}</span>
            <Button isDisabled={slot.inside === 0} onPress={() => act({ do: 'empty-slot', slot: slot.name })}>
              {words.say('door.empty')}
            </Button>
          </div>
        ))}
        {door.card === null ? null : <UnknownCard card={door.card} act={act} />}
        <Button size="large" onPress={() => act({ do: door.isClosed ? 'open-kiosk' : 'close-kiosk' })}>
          {words.say(door.isClosed ? 'door.open-kiosk' : 'door.close-kiosk')}
        </Button>
        <Button size="large" onPress={() => act({ do: 'start-over' })}>
          {words.say('door.start-over')}
        </Button>
        <Button size="large" onPress={() => act({ do: 'print-again' })}>
          {words.say('door.print-again')}
        </Button>
        <SetUpActs door={door} act={act} />
        <Button size="large" tone="primary" onPress={shut}>
          {words.say('door.shut')}
        </Button>
      </div>
    </Dialog>
  )
}

type OpenDoor = Extract<KioskDoorView, { at: 'open' }>

/** A payment or a refund that the terminal could not tell the end of: whoever stands here reads it there, or asks once more. */
function UnknownCard({ card, act }: { card: NonNullable<OpenDoor['card']>; act: (action: KioskDoorAction) => void }) {
  const words = useWords()
  const { attemptId, refundFor } = card
  const asked = { amount: words.money(card.amount_cents, card.currency), at: words.instant(card.askedAt) }
  const about = refundFor === null ? words.say('door.card', asked) : words.say('door.refund', { ...asked, name: refundFor.name, serial: refundFor.serialEnd, receipt: refundFor.receiptNumber })
  if (card.isAsking) return <p className="prose" role="status">{about} {words.say('return.paying-checking')}</p>
  return (
    <>
      <p className="prose">{about}</p>
      <Button size="large" onPress={() => act({ do: 'ask-terminal-again', attemptId })}>{words.say('card.ask-again')}</Button>
      <Button size="large" onPress={() => act({ do: 'settle-card', attemptId, paid: true })}>{words.say(refundFor === null ? 'door.card-paid' : 'door.refund-paid')}</Button>
      <Button size="large" onPress={() => act({ do: 'settle-card', attemptId, paid: false })}>{words.say(refundFor === null ? 'door.card-not-paid' : 'door.refund-not-paid')}</Button>
    </>
  )
}

/** What only who sets tills up may do: the clock where it stands wrong, and the hold of the program's own window. */
function SetUpActs({ door, act }: { door: OpenDoor; act: (action: KioskDoorAction) => void }) {
  const words = useWords()
  const { heldClock } = useDesk()
  if (heldClock === null && door.window === null) return null
  if (!door.maySetUp) return <p className="prose">{words.say('door.set-up-right')}</p>
  const isLocked = door.window === 'locked'
  return (
    <>
      {heldClock === null ? null : (
        <>
          <p className="prose">{words.say('clock.held', { recorded: words.instant(heldClock.recorded), machine: words.instant(heldClock.machine) })}</p>
          <Button size="large" onPress={() => act({ do: 'set-clock-right', reason: words.say('door.clock-reason') })}>
            {words.say('clock.go-on', { machine: words.instant(heldClock.machine) })}
          </Button>
        </>
      )}
      {door.window === null ? null : (
        <>
          <Button size="large" onPress={() => act({ do: isLocked ? 'open-window' : 'lock-window' })}>
            {words.say(isLocked ? 'door.open-window' : 'door.lock-window')}
          </Button>
          <Button size="large" onPress={() => act({ do: 'end-program' })}>
            {words.say('door.end-program')}
          </Button>
        </>
      )}
    </>
  )
}
