import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActivationService } from '../../../contract/activation.ts'
import { OUTSIDE_LIMIT_MS } from '../../../contract/outside-request.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { categoryChoices } from './category-words.ts'
import type { PartProps } from './part-props.ts'
import { Checks, TextField } from './policy-fields.tsx'
import { useRowNames } from './row-names.ts'
import { WholeNumber } from './typed-fields.tsx'
import { WordPairs } from './word-pairs.tsx'

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
  const [isOpen, setOpen] = useState(service.provider === '')
  const put = (change: Partial<ActivationService>) => onService({ ...service, ...change })
  const read = ActivationService.safeParse(service)
  const isWrong = (field: string): boolean => !read.success && read.error.issues.some(({ path }) => path[0] === field)
  return (
    <details className="policy__entry" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {service.provider === '' ? '…' : service.provider}
        {read.success && !isTwice ? null : <strong className="policy__wrong"> {say('policy.outside-unfinished')}</strong>}
      </summary>
      <div className="policy__part">
        <TextField rule="activation[].provider" label={say('policy.outside-register')} hint={say('policy.outside-register-hint')} value={service.provider} most={64} wrong={service.provider.trim() === '' ? say('policy.needed') : null} onText={(provider) => put({ provider })} />
        <TextField
          rule="activation[].id" label={say('policy.outside-id')} hint={say('policy.outside-id-hint')} value={service.id} most={32} isCode
          wrong={isTwice ? say('policy.name-twice') : isWrong('id') ? say('policy.outside-id-wrong') : null} onText={(id) => put({ id })}
        />
        <TextField rule="activation[].url" label={say('policy.outside-url')} hint={say('policy.activation-put-in')} value={service.url} most={500} isCode wrong={isWrong('url') || service.url === 'https://' ? say('policy.outside-url-wrong') : null} onText={(url) => put({ url })} />
        <TextField rule="activation[].body" label={say('policy.outside-body')} hint={say('policy.outside-body-hint')} value={service.body} most={2_000} isCode rows={3} wrong={isWrong('body') ? say('policy.needed') : null} onText={(body) => put({ body })} />
        <WordPairs
          rule="activation[].headers.*" label={say('policy.outside-headers')} hint={say('policy.outside-headers-hint')} pairs={service.headers} left={say('policy.outside-header')} right={say('policy.outside-value')}
          isWrong={isWrong('headers')} onPairs={(headers) => put({ headers })}
        />
        <Checks rule="activation[].categories" label={say('policy.activation-categories')} all={categoryChoices(words, categories)} chosen={service.categories} onChosen={(chosen) => put({ categories: chosen })} />
        {isWrong('categories') ? <p className="policy__wrong" role="alert">{say('policy.choose-one')}</p> : null}
        <TextField rule="activation[].answerAt" label={say('policy.outside-answer')} hint={say('policy.outside-answer-hint')} value={service.answerAt} most={200} isCode wrong={isWrong('answerAt') ? say('policy.outside-pointer-wrong') : null} onText={(answerAt) => put({ answerAt })} />
        <WordPairs
          rule="activation[].means.*" label={say('policy.outside-means')} hint={say('policy.outside-means-hint')} pairs={service.means} left={say('policy.outside-their-word')} right={say('policy.outside-our-word')}
          choices={(['done', 'refused'] as const).map((id) => ({ id, words: say(`policy.means-${id}`) }))} isWrong={isWrong('means')} onPairs={(means) => put({ means } as Partial<ActivationService>)}
        />
        <TextField rule="activation[].referenceAt" label={say('policy.outside-reference')} hint={say('policy.outside-reference-hint')} value={service.referenceAt ?? ''} most={200} isCode wrong={isWrong('referenceAt') ? say('policy.outside-pointer-wrong') : null} onText={(at) => put({ referenceAt: at === '' ? null : at })} />
        <WholeNumber rule="activation[].limit_ms" label={say('policy.outside-limit')} value={service.limit_ms} least={100} most={OUTSIDE_LIMIT_MS} onValue={(limit_ms) => put({ limit_ms })} />
        <Button tone="quiet" onPress={onRemove}>{say('policy.remove')}</Button>
      </div>
    </details>
  )
}
