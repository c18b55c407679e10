import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { HubRole } from '../../contract/allowed.ts'
import type { HubPerson } from '../../contract/people-calls.ts'
import { hub } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Choice } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

const ROLES = ['owner', 'manager', 'auditor', 'support'] as const

/** Who may come in here, and what each may do. */
export function PeopleScreen() {
  const words = useFaceWords()
  const { t } = words
  const people = useCall(() => hub.people.list(), [])
  const [invites, setInvites] = useState(false)
  const { act, busy, trouble } = useAct()
  const change = (person: HubPerson, part: Partial<Pick<HubPerson, 'role' | 'active'>>) => act(() => hub.people.change({ id: person.id, role: person.role, active: person.active, ...part }), people.set)
  return (
    <Page title={t('place.people')} lead={t('people.lead')} trouble={trouble ?? people.trouble} acts={<Button tone="primary" icon={UserPlus} onPress={() => setInvites(true)}>{t('people.invite')}</Button>}>
      <Table
        label={t('place.people')}
        rows={people.value}
        keyOf={(row) => row.id}
        empty={<p>{t('people.empty')}</p>}
        columns={[
          { id: 'name', title: t('staff.name'), render: (row) => <bdi>{row.name}</bdi> },
          { id: 'role', title: t('staff.role'), render: (row) => <Choice label={t('staff.role')} value={row.role} onChange={(role) => change(row, { role })} choices={ROLES.map((id) => ({ id, words: t(`role.${id}`) }))} /> },
          { id: 'factors', title: t('people.factors'), render: (row) => <Chip tone={row.hasTotp || row.passkeys > 0 ? 'good' : 'attention'}>{[row.hasTotp ? t('people.totp') : '', row.passkeys > 0 ? t('people.passkeys', { count: row.passkeys }) : ''].filter((part) => part !== '').join(', ') || t('people.one-factor')}</Chip> },
          { id: 'seen', isShort: true, title: t('people.seen'), render: (row) => row.lastSeenAt === null ? t('common.never') : words.instant(row.lastSeenAt) },
          { id: 'acts', title: t('common.acts'), render: (row) => <Button tone="quiet" isDisabled={busy} onPress={() => change(row, { active: !row.active })}>{t(row.active ? 'people.shut-out' : 'people.let-in')}</Button> },
        ]}
      />
      {invites ? <Invite onClose={() => setInvites(false)} /> : null}
    </Page>
  )
}

function Invite({ onClose }: { onClose: () => void }) {
  const { t, instant } = useFaceWords()
  const [role, setRole] = useState<HubRole>('manager')
  const [code, setCode] = useState<{ code: string; until: string } | null>(null)
  const { act, busy, trouble } = useAct()
  return (
    <Dialog title={t('people.invite')} onClose={onClose}>
      {code === null ? (
        <>
          <Choice label={t('staff.role')} value={role} onChange={setRole} choices={ROLES.map((id) => ({ id, words: t(`role.${id}`) }))} />
          <p className="muted">{t(`role-help.${role}`)}</p>
          <TroubleLine trouble={trouble} />
          <div className="dialog__feet"><Button tone="primary" isDisabled={busy} onPress={() => act(() => hub.people.invite({ role }), setCode)}>{t('people.make-invitation')}</Button></div>
        </>
      ) : (
        <ShownOnce><p>{t('people.give-code')}</p><p className="secret serial" dir="ltr">{code.code}</p><p className="muted">{t('tills.code-until', { time: instant(code.until) })}</p></ShownOnce>
      )}
    </Dialog>
  )
}
