import { Plus } from 'lucide-react'
import { useState } from 'react'
import { isPin } from '../../../contract/pin.ts'
import type { Role } from '../../../contract/roles.ts'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { StaffMember } from '../../contract/shop-calls.ts'
import { hub } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Choice, Field, Tick } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { Table } from '../parts/table.tsx'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { useAct, useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

type Draft = Omit<StaffMember, 'hasPin' | 'id'> & { id: string | null }
const NEW: Draft = { id: null, name: '', role: 'cashier', storeId: null, badge: null, active: true }
const ROLES: readonly Role[] = ['cashier', 'supervisor', 'manager', 'service', 'auditor']

/** Who works at the tills; a PIN is set here and can be read nowhere. */
export function StaffScreen({ mayLead }: { mayLead: boolean }) {
  const words = useFaceWords()
  const { t } = words
  const people = useCall(() => hub.staff.list(), [])
  const stores = useCall(() => hub.catalogue.stores(), [])
  const [edits, setEdits] = useState<Draft | null>(null)
  const [pinOf, setPinOf] = useState<StaffMember | null>(null)
  const storeName = (id: string | null): string => id === null ? t('common.all-stores') : (stores.value?.find((store) => store.id === id)?.name ?? id)
  return (
    <Page title={t('place.staff')} lead={t('staff.lead')} trouble={people.trouble} acts={mayLead ? <Button tone="primary" icon={Plus} onPress={() => setEdits(NEW)}>{t('staff.new')}</Button> : null}>
      <Table
        label={t('place.staff')}
        rows={people.value}
        keyOf={(row) => row.id}
        empty={<p>{t('staff.empty')}</p>}
        columns={[
          { id: 'name', by: (row) => row.name, title: t('staff.name'), render: (row) => <bdi>{row.name}</bdi> },
          { id: 'role', by: (row) => words.say(`role.${row.role}`), title: t('staff.role'), render: (row) => words.say(`role.${row.role}`) },
          { id: 'store', by: (row) => storeName(row.storeId), title: t('common.store'), render: (row) => <bdi>{storeName(row.storeId)}</bdi> },
          { id: 'pin', title: t('staff.pin'), render: (row) => <Chip tone={!row.active ? 'plain' : row.hasPin ? 'good' : 'attention'}>{t(!row.active ? 'staff.left' : row.hasPin ? 'staff.has-pin' : 'staff.no-pin')}</Chip> },
          ...(mayLead ? [{ id: 'acts', title: t('common.acts'), render: (row: StaffMember) => (
            <span className="row">
              <Button tone="quiet" onPress={() => setEdits(row)}>{t('common.edit')}</Button>
              {row.active ? <Button tone="quiet" onPress={() => setPinOf(row)}>{t('staff.set-pin')}</Button> : null}
            </span>
          ) }] : []),
        ]}
      />
      {edits === null ? null : <Edit draft={edits} stores={stores.value ?? []} onClose={() => setEdits(null)} onStaff={people.set} />}
      {pinOf === null ? null : <SetPin person={pinOf} onClose={() => setPinOf(null)} onStaff={people.set} />}
    </Page>
  )
}

function Edit({ draft, stores, onClose, onStaff }: { draft: Draft; stores: readonly { id: string; name: string }[]; onClose: () => void; onStaff: (staff: StaffMember[]) => void }) {
  const words = useFaceWords()
  const { t } = words
  const [person, setPerson] = useState(draft)
  const { act, busy, trouble } = useAct()
  const { id, name, role, storeId, badge, active } = person
  const send = () => act(() => hub.staff.save({ id, name, role, storeId, badge, active }), (staff) => {
    onStaff(staff)
    onClose()
  })
  return (
    <Dialog title={t(draft.id === null ? 'staff.new' : 'staff.edit')} onClose={onClose}>
      <Field label={t('staff.name')} value={name} onChange={(next) => setPerson({ ...person, name: next })} />
      <Choice label={t('staff.role')} value={role} onChange={(next) => setPerson({ ...person, role: next })} choices={ROLES.map((one) => ({ id: one, words: words.say(`role.${one}`) }))} />
      <Choice label={t('common.store')} value={storeId ?? ''} onChange={(next) => setPerson({ ...person, storeId: next === '' ? null : next })} choices={[{ id: '', words: t('common.all-stores') }, ...stores.map((store) => ({ id: store.id, words: store.name }))]} />
      <Field label={t('staff.badge')} value={badge ?? ''} onChange={(next) => setPerson({ ...person, badge: next === '' ? null : next })} isCode />
      <Tick label={t('staff.works-here')} value={active} onChange={(next) => setPerson({ ...person, active: next })} />
      <TroubleLine trouble={trouble} />
      <div className="dialog__feet"><Button tone="primary" isDisabled={busy || name.trim() === ''} onPress={send}>{t('common.save')}</Button></div>
    </Dialog>
  )
}

function SetPin({ person, onClose, onStaff }: { person: StaffMember; onClose: () => void; onStaff: (staff: StaffMember[]) => void }) {
  const { t } = useFaceWords()
  const [pin, setPin] = useState('')
  const { act, busy, trouble } = useAct()
  const send = () => act(() => hub.staff.setPin({ id: person.id, pin }), (staff) => {
    onStaff(staff)
    onClose()
  })
  return (
    <Dialog title={t('staff.pin-of', { name: person.name })} onClose={onClose} width="narrow">
      <Field label={t('staff.pin')} hint={t('staff.pin-hint')} type="password" value={pin} onChange={setPin} inputMode="numeric" autoComplete="off" isCode />
      <TroubleLine trouble={trouble} />
      <div className="dialog__feet"><Button tone="primary" isDisabled={busy || !isPin(pin)} onPress={send}>{t('staff.set-pin')}</Button></div>
    </Dialog>
  )
}
