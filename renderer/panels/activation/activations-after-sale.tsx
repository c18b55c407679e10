import { Smartphone } from 'lucide-react'
import { useDesk } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { ActivationLine } from './activation-line.tsx'

/** After a sale with a device that a provider may connect: the offer, and what became of it. Nobody has to take it. */
export function ActivationsAfterSale({ saleId, openPanel }: { saleId: string; openPanel: OpenPanel }) {
  const { say } = useWords()
  const { revision } = useDesk()
  const pieces = useAnswer((core) => core.activations.ofSale({ saleId }), revision) ?? []
  if (pieces.length === 0) return null
  return (
    <section className="card stack" aria-label={say('activation.title')}>
      <h2 className="card__title">
        <Smartphone size={20} aria-hidden /> {say('activation.title')}
      </h2>
      {pieces.map(({ unitId, name, activation }) => (
        <div key={unitId} className="stack">
          <strong><bdi>{name}</bdi></strong>
          {activation === null ? null : <ActivationLine activation={activation} />}
        </div>
      ))}
      {pieces.every(({ activation }) => activation?.state === 'done') ? null : (
        <div>
          <Button onPress={() => openPanel({ name: 'activations', saleId })}>{say('activation.open')}</Button>
        </div>
      )}
    </section>
  )
}
