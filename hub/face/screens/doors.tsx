import { Plus } from 'lucide-react'
import { useState } from 'react'
import { DAY_MS } from '../../../contract/durations.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { DayField } from '../../../renderer/parts/day-field.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { ApiKeyRow as KeyRow, Scope, WebhookRow } from '../../contract/office-calls.ts'
import { useAddress } from '../address.ts'
import { hub } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { dayIn } from '../parts/day-in.ts'
import { Field, Tick } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { saveText } from '../parts/save-text.ts'
import { ShownOnce } from '../parts/shown-once.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

const SCOPES: readonly Scope[] = ['stock', 'events', 'products', 'notices', 'orders', 'epcis', 'readings', 'postings']
const EVERY_MS = 3_000

/** Other systems: keys with what each may do, targets that are told what happens, and the day for the books. */
export function DoorsScreen({ isOwner }: { isOwner: boolean }) {
  const { t } = useFaceWords()
  return (
    <Page title={t('place.doors')} lead={t('doors.lead')} acts={<a className="link" href="/api/openapi.json" target="_blank" rel="noreferrer">{t('doors.openapi')}</a>}>
      {isOwner ? <Keys /> : null}
      {isOwner ? <Webhooks /> : null}
      <Postings />
    </Page>
  )
}

function Keys() {
  const words = useFaceWords()
  const { t } = words
  const keys = useCall(() => hub.doors.keys(), [])
  const [makes, setMakes] = useState(false)
  const [revokes, setRevokes] = useState<KeyRow | null>(null)
  return (
    <section className="section">
      <div className="section__head"><h2 className="chart__title">{t('doors.keys')}</h2><Button icon={Plus} onPress={() => setMakes(true)}>{t('doors.make-key')}</Button></div>
      <TroubleLine trouble={keys.trouble} />
      <Table<KeyRow>
        label={t('doors.keys')}
        rows={keys.value}
        keyOf={(row) => row.id}
        empty={<p>{t('doors.no-keys')}</p>}
        columns={[
          { id: 'name', title: t('doors.name'), render: (row) => <bdi>{row.name}</bdi> },
          { id: 'scopes', title: t('doors.scopes'), render: (row) => row.scopes.map((scope) => t(`scope.${scope}`)).join(', ') },
          { id: 'used', isShort: true, title: t('doors.used'), render: (row) => row.lastUsedAt === null ? t('common.never') : words.instant(row.lastUsedAt) },
          { id: 'state', title: t('products.state'), render: (row) => <Chip tone={row.revokedAt === null ? 'good' : 'plain'}>{t(row.revokedAt === null ? 'doors.valid' : 'doors.revoked')}</Chip> },
          { id: 'acts', title: t('common.acts'), render: (row) => row.revokedAt === null ? <Button tone="quiet" onPress={() => setRevokes(row)}>{t('doors.revoke')}</Button> : null },
        ]}
      />
      {revokes === null ? null : (
        <Confirm
          title={t('doors.revoke-title', { name: revokes.name })} follows={t('doors.revoke-hint')} does={t('doors.revoke')}
          call={() => hub.doors.revokeKey({ id: revokes.id })} onDone={keys.set} onClose={() => setRevokes(null)}
        />
      )}
      {makes ? <MakeKey onClose={() => { setMakes(false); keys.again() }} /> : null}
    </section>
  )
}

function MakeKey({ onClose }: { onClose: () => void }) {
  const { t } = useFaceWords()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Scope[]>([])
  const [key, setKey] = useState<string | null>(null)
  const { act, busy, trouble } = useAct()
  return (
    <Dialog title={t('doors.make-key')} onClose={onClose}>
      {key === null ? (
        <>
          <Field label={t('doors.name')} hint={t('doors.name-hint')} value={name} onChange={setName} />
          <fieldset className="ticks"><legend className="field__label">{t('doors.scopes')}</legend>
            {SCOPES.map((scope) => <Tick key={scope} label={t(`scope.${scope}`)} value={scopes.includes(scope)} onChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((one) => one !== scope))} />)}
          </fieldset>
          <TroubleLine trouble={trouble} />
          <div className="dialog__feet"><Button tone="primary" isDisabled={busy || name.trim() === '' || scopes.length === 0} onPress={() => act(() => hub.doors.makeKey({ name, scopes: [...scopes] }), (made) => setKey(made.key))}>{t('doors.make-key')}</Button></div>
        </>
      ) : <Secret words={t('doors.key-once')} text={key} />}
    </Dialog>
  )
}

function Secret({ words, text }: { words: string; text: string }) {
  return <ShownOnce><p>{words}</p><p className="secret serial" dir="ltr">{text}</p></ShownOnce>
}

const HOOK_TONES = { on: 'good', off: 'plain', 'given-up': 'stop' } as const

function Webhooks() {
  const words = useFaceWords()
  const { t } = words
  const hooks = useCall(() => hub.doors.webhooks(), [], EVERY_MS)
  const [makes, setMakes] = useState(false)
  const [drops, setDrops] = useState<WebhookRow | null>(null)
  const { act, trouble } = useAct()
  return (
    <section className="section">
      <div className="section__head"><h2 className="chart__title">{t('doors.webhooks')}</h2><Button icon={Plus} onPress={() => setMakes(true)}>{t('doors.make-webhook')}</Button></div>
      <TroubleLine trouble={trouble ?? hooks.trouble} />
      <Table<WebhookRow>
        label={t('doors.webhooks')}
        rows={hooks.value}
        keyOf={(row) => row.id}
        empty={<p>{t('doors.no-webhooks')}</p>}
        columns={[
          { id: 'url', title: t('doors.url'), render: (row) => <bdi className="address serial" dir="ltr">{row.url}</bdi> },
          { id: 'kinds', title: t('doors.kinds'), render: (row) => row.queryName !== null ? t('doors.answers-of', { query: row.queryName }) : row.kinds.length === 0 ? t('doors.all-kinds') : row.kinds.join(', ') },
          { id: 'state', title: t('products.state'), render: (row) => <Chip tone={row.failures > 0 && row.state === 'on' ? 'attention' : HOOK_TONES[row.state]}>{t(row.failures > 0 && row.state === 'on' ? 'hook.trying' : `hook.${row.state}`)}</Chip> },
          { id: 'behind', title: t('doors.behind'), isFigure: true, render: (row) => words.number(row.behind) },
          { id: 'error', title: t('doors.error'), render: (row) => row.lastError === null ? '' : t(`hook-trouble.${row.lastError.code}`, { detail: row.lastError.detail }) },
          { id: 'acts', title: t('common.acts'), render: (row) => (
            <span className="row row--wrap">
              <Button tone="quiet" onPress={() => act(() => hub.doors.setWebhook({ id: row.id, state: row.state === 'on' ? 'off' : 'on' }), hooks.set)}>{t(row.state === 'on' ? 'doors.switch-off' : 'doors.switch-on')}</Button>
              <Button tone="quiet" onPress={() => setDrops(row)}>{t('doors.drop')}</Button>
            </span>
          ) },
        ]}
      />
      {drops === null ? null : (
        <Confirm
          title={t('doors.drop-title')} follows={t('doors.drop-hint', { url: drops.url })} does={t('doors.drop')}
          call={() => hub.doors.dropWebhook({ id: drops.id })} onDone={hooks.set} onClose={() => setDrops(null)}
        />
      )}
      {makes ? <MakeWebhook onClose={() => { setMakes(false); hooks.again() }} /> : null}
    </section>
  )
}

function MakeWebhook({ onClose }: { onClose: () => void }) {
  const { t } = useFaceWords()
  const [url, setUrl] = useState('https://')
  const [kinds, setKinds] = useState('')
  const [secret, setSecret] = useState<string | null>(null)
  const { act, busy, trouble } = useAct()
  return (
    <Dialog title={t('doors.make-webhook')} onClose={onClose}>
      {secret === null ? (
        <>
          <Field label={t('doors.url')} type="url" value={url} onChange={setUrl} isCode />
          <Field label={t('doors.kinds')} hint={t('doors.kinds-hint')} value={kinds} onChange={setKinds} isCode />
          <TroubleLine trouble={trouble} />
          <div className="dialog__feet"><Button tone="primary" isDisabled={busy} onPress={() => act(() => hub.doors.makeWebhook({ url, kinds: kinds.split(/[\s,]+/u).filter((kind) => kind !== '') }), (made) => setSecret(made.secret))}>{t('doors.make-webhook')}</Button></div>
        </>
      ) : <Secret words={t('doors.secret-once')} text={secret} />}
    </Dialog>
  )
}

const yesterday = (): string => new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)

function Postings() {
  const { t } = useFaceWords()
  const address = useAddress()
  const day = dayIn(address.get('day')) ?? yesterday()
  const postings = useCall(() => hub.doors.postings({ day }), [day])
  return (
    <section className="section">
      <div className="section__head">
        <h2 className="chart__title">{t('doors.postings')}</h2>
        <DayField label={t('doors.day')} day={day} onDay={(next) => address.set({ day: next ?? '' })} />
        <Button isDisabled={postings.value === null || postings.value.rows === 0} onPress={() => saveText(`postings-${day}.csv`, postings.value?.csv ?? '')}>CSV</Button>
        <Button isDisabled={postings.value === null || postings.value.rows === 0} onPress={() => saveText(`datev-${day}.csv`, postings.value?.datev ?? '')}>DATEV</Button>
      </div>
      <TroubleLine trouble={postings.trouble} />
      <p className="muted">{t('doors.postings-rows', { count: postings.value?.rows ?? 0 })}</p>
    </section>
  )
}
