import { Wrench } from 'lucide-react'
import type { ClaimOffer as Offer } from '../../contract/return-view.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'

/** A faulty piece that somebody still answers for may be mended or replaced in place of the money: an offer, no obstacle. */
export function ClaimOffer({ offer, onClaim }: { offer: Offer; onClaim: () => void }) {
  const { say } = useWords()
  return (
    <section className="card tone tone--info stack" aria-label={say('return.claim-title')}>
      <p className="prose">{say('return.claim-text', { promise: say(`claim-basis.${offer.basis}`), until: offer.until })}</p>
      <Button icon={Wrench} onPress={onClaim}>
        {say('return.claim-do')}
      </Button>
    </section>
  )
}
