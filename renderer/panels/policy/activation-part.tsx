import { Plus } from 'lucide-react'
import { ActivationService } from '../../../contract/activation.ts'
import { OUTSIDE_LIMIT_MS } from '../../../contract/outside-request.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { categoryChoices } from './category-words.ts'
import { DoorAddress, DoorAnswer, DoorEntry, DoorHeaders, type DoorRules } from './door-fields.tsx'
import type { PartProps } from './part-props.ts'
import { Checks, TextField } from './policy-fields.tsx'
import { useRowNames } from './row-names.ts'

const SERVICES_MAX = 8

/** Providers who connect a device after its sale, each as the one question and the answers of its own door. */
export function ActivationPart({ draft, desk, onDraft }: PartProps) {
  const { say } = useWords()
  const services = draft.activation ?? []
  const rows = useRowNames(services.length)
  const set = (activation: ActivationService[]) => onDraft({ ...draft, activation })
  return (
    <section className="policy__part">
      <p className="muted">{say('policy.activation-text')}</p>
      {services.map((service, place) => (
        <Provider
          key={rows.nameAt(place)}
          service={service}
          isTwice={services.findIndex(({ id }) => id === service.id) !== place}
          categories={desk.categories}
          onService={(changed) => set(services.map((one, n) => (n === place ? changed : one)))}
          onRemove={() => {
            rows.remove(place)
            set(services.toSpliced(place, 1))
          }}
        />
      ))}
      {services.length >= SERVICES_MAX ? null : (
        <div className="row row--wrap">
          <Button tone="quiet" icon={Plus} onPress={() => set([...services, freshService(services.map(({ id }) => id))])}>
            {say('policy.activation-add')}
          </Button>
        </div>
      )}
    </section>
  )
}

function freshService(ids: readonly string[]): ActivationService {
  const id = ['provider', ...Array.from({ length: SERVICES_MAX }, (_, n) => `provider-${n + 2}`)].find((name) => !ids.includes(name)) ?? 'provider'
  return {
    id, provider: '', url: 'https://', headers: {}, body: '{"id": "{id}", "imei": "{imei}", "iccid": "{sim}"}', categories: ['phone'],
    limit_ms: OUTSIDE_LIMIT_MS, answerAt: '/status', referenceAt: null, means: { active: 'done', rejected: 'refused' },
  }
}

interface ProviderProps {
  readonly service: ActivationService
  readonly isTwice: boolean
  readonly categories: readonly string[]
  readonly onService: (service: ActivationService) => void
  readonly onRemove: () => void
}

function Provider({ service, isTwice, categories, onService, onRemove }: ProviderProps) {
  const words = useWords()
  const { say } = words
  const put = (change: Partial<ActivationService>) => onService({ ...service, ...change })
  const read = ActivationService.safeParse(service)
  const isWrong = (field: string): boolean => !read.success && read.error.issues.some(({ path }) => path[0] === field)
  const door = { list: 'activation', door: service, isWrong, onDoor: (change: Partial<DoorRules>) => put(change as Partial<ActivationService>) } as const
  return (
    <DoorEntry title={service.provider === '' ? '…' : service.provider} isNew={service.provider === ''} isFinished={read.success && !isTwice} onRemove={onRemove}>
      <TextField rule="activation[].provider" label={say('policy.outside-register')} hint={say('policy.outside-register-hint')} value={service.provider} most={64} wrong={service.provider.trim() === '' ? say('policy.needed') : null} onText={(provider) => put({ provider })} />
      <DoorAddress {...door} isTwice={isTwice} hint={say('policy.activation-put-in')} />
      <TextField rule="activation[].body" label={say('policy.outside-body')} hint={say('policy.outside-body-hint')} value={service.body} most={2_000} isCode rows={3} wrong={isWrong('body') ? say('policy.needed') : null} onText={(body) => put({ body })} />
      <DoorHeaders {...door} />
      <Checks rule="activation[].categories" label={say('policy.activation-categories')} all={categoryChoices(words, categories)} chosen={service.categories} onChosen={(chosen) => put({ categories: chosen })} />
      {isWrong('categories') ? <p className="policy__wrong" role="alert">{say('policy.choose-one')}</p> : null}
      <DoorAnswer {...door} meanings={(['done', 'refused'] as const).map((id) => ({ id, words: say(`policy.means-${id}`) }))} />
    </DoorEntry>
  )
}
