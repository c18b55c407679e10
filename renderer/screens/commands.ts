import { useMemo } from 'react'
import { useDesk, useDeskStore, useMay } from '../desk/desk-context.ts'
import { setLessonProgress } from '../panels/help/lesson-progress.ts'
import type { Command } from '../parts/search-list.tsx'
import { useWords } from '../words/words-context.tsx'
import type { OpenPanel } from './panel-name.ts'

/** Ways to go that can be typed like a thing: what the person at the till may do, in the words of the buttons. */
export function useCommands(openPanel: OpenPanel): readonly Command[] {
  const { say } = useWords()
  const store = useDeskStore()
  const { seat, demo } = useDesk()
  const maySell = useMay('sell') && seat === 'counter'
  const mayTakeBack = useMay('take-back')
  const mayCount = useMay('count-stock')
  const maySet = useMay('settings')
  const mayShift = useMay('shift') && seat === 'counter'
  return useMemo(() => {
    const go = (to: 'home' | 'sale' | 'return' | 'check' | 'exchange' | 'trade-in') => () => void store.act((core) => core.desk.go({ to, unitId: null }))
    const all: (Omit<Command, 'kind'> | null)[] = [
      maySell ? { id: 'sale', words: say('home.sale'), run: go('sale') } : null,
      mayTakeBack ? { id: 'return', words: say('home.return'), run: go('return') } : null,
      { id: 'check', words: say('home.check'), run: go('check') },
      mayTakeBack ? { id: 'exchange', words: say('home.exchange'), run: go('exchange') } : null,
      mayTakeBack ? { id: 'trade-in', words: say('home.trade-in'), run: go('trade-in') } : null,
      { id: 'customers', words: say('customers.title'), run: () => openPanel({ name: 'customers' }) },
      { id: 'papers', words: say('papers.title'), run: () => openPanel({ name: 'papers' }) },
      maySell ? { id: 'parked', words: say('go.parked'), run: () => openPanel({ name: 'parked' }) } : null,
      mayShift ? { id: 'shift', words: say('go.shift'), run: () => openPanel({ name: 'shift' }) } : null,
      maySell ? { id: 'figures', words: say('figures.all'), run: () => openPanel({ name: 'figures' }) } : null,
      mayShift ? { id: 'journal', words: say('journal.title'), run: () => openPanel({ name: 'journal' }) } : null,
      { id: 'service', words: say('go.service'), run: () => openPanel({ name: 'service' }) },
      mayTakeBack ? { id: 'shipments', words: say('shipments.title'), run: () => openPanel({ name: 'shipments', piece: null }) } : null,
      mayCount ? { id: 'counting', words: say('counting.title'), run: () => openPanel({ name: 'counting' }) } : null,
      { id: 'pieces', words: say('pieces.title'), run: () => openPanel({ name: 'pieces', show: 'find' }) },
      { id: 'kept', words: say('pieces.kept'), run: () => openPanel({ name: 'pieces', show: 'kept' }) },
      maySell ? { id: 'parcels', words: say('parcels.title'), run: () => openPanel({ name: 'parcels', saleId: null }) } : null,
      { id: 'inspection', words: say('inspect.title'), run: () => openPanel({ name: 'inspection' }) },
      { id: 'cases', words: say('case.list'), run: () => openPanel({ name: 'cases' }) },
      { id: 'authorities', words: say('authority.title'), run: () => openPanel({ name: 'authorities' }) },
      { id: 'mails', words: say('mails.title'), run: () => openPanel({ name: 'mails' }) },
      maySet ? { id: 'policy', words: say('policy.title'), run: () => openPanel({ name: 'policy' }) } : null,
      maySet ? { id: 'template', words: say('template.title'), run: () => openPanel({ name: 'template' }) } : null,
      { id: 'devices', words: say('go.devices'), run: () => openPanel({ name: 'devices' }) },
      { id: 'explain', words: say('go.explain'), run: () => openPanel({ name: 'explain' }) },
      { id: 'keys', words: say('keys.title'), run: () => openPanel({ name: 'keys' }) },
      demo ? { id: 'lessons', words: say('lessons.title'), run: () => setLessonProgress({ shown: true }) } : null,
    ]
    return all.flatMap((command) => (command === null ? [] : [{ kind: 'command' as const, ...command }]))
  }, [say, store, openPanel, maySell, mayTakeBack, mayCount, maySet, mayShift, demo])
}
