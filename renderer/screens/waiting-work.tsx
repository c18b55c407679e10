import { BookmarkCheck, ClipboardCheck, FolderOpen, Package, Smartphone, Truck } from 'lucide-react'
import type { Parcel } from '../../contract/parcel.ts'
import { useDesk } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'
import type { OpenPanel } from './panel-name.ts'

/** Parcels that are still to be given to a carrier. */
const IN_OUR_HANDS: ReadonlySet<Parcel['state']> = new Set(['waiting', 'packed', 'came-back'])

/** What waits for somebody: cases to look into, pieces to look at, to send, to hand out and to connect. Nothing while nothing waits. */
export function WaitingWork({ openPanel }: { openPanel: OpenPanel }) {
  const { say } = useWords()
  const { revision } = useDesk()
  const cases = useAnswer((core) => core.cases.list({ show: 'open' }), revision)
  const pieces = useAnswer((core) => core.inspections.waiting(), revision)
  const kept = useAnswer((core) => core.reservations.view(), revision) ?? []
  const toConnect = useAnswer((core) => core.activations.open(), revision)?.length ?? 0
  const toSend = kept.filter(({ way }) => way === 'to-send').length
  const waits = kept.filter(({ way }) => way === 'waits-here').length
  const toPost = (useAnswer((core) => core.parcels.list(), revision) ?? []).filter(({ state }) => IN_OUR_HANDS.has(state)).length
  if ((cases?.length ?? 0) + (pieces?.length ?? 0) + toSend + waits + toConnect + toPost === 0) return null
  return (
    <section className="card row row--wrap">
      <Button icon={FolderOpen} onPress={() => openPanel({ name: 'cases' })}>
        {say('home.cases', { count: cases?.length ?? 0 })}
      </Button>
      <Button icon={ClipboardCheck} onPress={() => openPanel({ name: 'inspection' })}>
        {say('home.inspect', { count: pieces?.length ?? 0 })}
      </Button>
      {toSend === 0 ? null : (
        <Button icon={Truck} onPress={() => openPanel({ name: 'pieces', show: 'kept' })}>
          {say('home.to-send', { count: toSend })}
        </Button>
      )}
      {toConnect === 0 ? null : (
        <Button icon={Smartphone} onPress={() => openPanel({ name: 'activations', saleId: null })}>
          {say('home.to-activate', { count: toConnect })}
        </Button>
      )}
      {toPost === 0 ? null : (
        <Button icon={Package} onPress={() => openPanel({ name: 'parcels', saleId: null })}>
          {say('home.parcels', { count: toPost })}
        </Button>
      )}
      {waits === 0 ? null : (
        <Button icon={BookmarkCheck} onPress={() => openPanel({ name: 'pieces', show: 'kept' })}>
          {say('home.kept', { count: waits })}
        </Button>
      )}
    </section>
  )
}
