import { PackageCheck } from 'lucide-react'
import { useState } from 'react'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { Button } from '../parts/button.tsx'
import type { OpenPanel } from '../screens/panel-name.ts'
import { useWords } from '../words/words-context.tsx'

/** A slip for goods that are paid and stay here until somebody fetches them. */
export function PickupSlip({ documentId, openPanel }: { documentId: string; openPanel: OpenPanel }) {
  const { say } = useWords()
  const store = useDeskStore()
  const { customer } = useDesk()
  const [asks, setAsks] = useState(false)
  const [name, setName] = useState(customer?.name ?? '')
  if (!asks)
    return (
      <Button icon={PackageCheck} onPress={() => setAsks(true)}>
        {say('papers.pickup')}
      </Button>
    )
  const make = () => {
    if (name.trim() === '') return
    void store.ask((core) => core.papers.pickup({ documentId, name: name.trim(), language: null })).then((made) => {
      if (made !== null) openPanel({ name: 'paper', documentId: made.documentId })
    })
  }
  return (
    <form
      className="email-paper"
      onSubmit={(event) => {
        event.preventDefault()
        make()
      }}
    >
      <label className="field">
        <span className="field__label">{say('papers.pickup-who')}</span>
        <input className="field__input" type="text" dir="auto" value={name} maxLength={80} autoFocus onChange={(event) => setName(event.target.value)} />
      </label>
      <Button tone="primary" icon={PackageCheck} isDisabled={name.trim() === ''} onPress={make}>
        {say('papers.pickup-do')}
      </Button>
    </form>
  )
}
