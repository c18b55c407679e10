import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { HubRole } from '../../contract/allowed.ts'
import type { HubPerson } from '../../contract/people-calls.ts'
import { hub } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Confirm } from '../parts/confirm.tsx'
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
  const [changes, setChanges] = useState<{ readonly person: HubPerson; readonly role: HubRole; readonly active: boolean } | null>(null)
  return (
    <Page title={t('place.people')} lead={t('people.lead')} trouble={people.trouble} acts={<Button tone="primary" icon={UserPlus} onPress={() => setInvites(true)}>{t('people.invite')}</Button>}>
      <Table
        label={t('place.people')}
        rows={people.value}
        keyOf={(row) => row.id}
        empty={<p>{t('people.empty')}</p>}
        columns={[
          { id: 'name', title: t('staff.name'), render: (row) => <bdi>{row.name}</bdi> },
          { id: 'role', title: t('staff.role'), render: (row) => <Choice label={t('staff.role')} value={row.role} onChange={(role) => setChanges({ person: row, role, active: row.active })} choices={ROLES.map((id) => ({ id, words: t(`role.${id}`) }))} /> },
          { id: 'factors', title: t('people.factors'), render: (row) => <Chip tone={row.hasTotp || row.passkeys > 0 ? 'good' : 'attention'}>{[row.hasTotp ? t('people.totp') : '', row.passkeys > 0 ? t('people.passkeys', { count: row.passkeys }) : ''].filter((part) => part !== '').join(', ') || t('people.one-factor')}</Chip> },
          { id: 'seen', isShort: true, title: t('people.seen'), render: (row) => row.lastSeenAt === null ? t('common.never') : words.instant(row.lastSeenAt) },
          { id: 'acts', title: t('common.acts'), render: (row) => <Button tone="quiet" onPress={() => setChanges({ person: row, role: row.role, active: !row.active })}>{t(row.active ? 'people.shut-out' : 'people.let-in')}</Button> },
        ]}
      />
      {changes === null ? null : <Change {...changes} onPeople={people.set} onClose={() => setChanges(null)} />}
      {invites ? <Invite onClose={() => setInvites(false)} /> : null}
    </Page>
  )
}

interface ChangeProps {
  readonly person: HubPerson
  readonly role: HubRole
  readonly active: boolean
  readonly onPeople: (people: HubPerson[]) => void
  readonly onClose: () => void
}

/** A list of roles is walked through by arrow keys: what lies on the way is not yet meant. */
function Change({ person, role, active, onPeople, onClose }: ChangeProps) {
  const { t } = useFaceWords()
  const { id, name } = person
  const told = { call: () => hub.people.change({ id, role, active }), onDone: onPeople, onClose }
  if (role !== person.role) return <Confirm title={t('people.role-title', { name, role: t(`role.${role}`) })} follows={t(`role-help.${role}`)} does={t('people.change-role')} {...told} />
  return active
    ? <Confirm title={t('people.let-in-title', { name })} follows={t('people.let-in-hint')} does={t('people.let-in')} {...told} />
    : <Confirm title={t('people.shut-out-title', { name })} follows={t('people.shut-out-hint')} does={t('people.shut-out')} {...told} />
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
