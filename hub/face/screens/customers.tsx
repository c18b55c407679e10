import { useState } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import type { CustomerView } from '../../contract/office-calls.ts'
import { hub } from '../client.ts'
import { Field, Form } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { saveText } from '../parts/save-text.ts'
import { TroubleLine } from '../parts/trouble-line.tsx'
import { openPlace } from '../places.ts'
import { useAct } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'
import { CustomerDoubles } from './customer-doubles.tsx'

/** A person, found by the whole mail address or telephone number; exported, or erased for good. */
export function CustomersScreen() {
  const { t } = useFaceWords()
  const [text, setText] = useState('')
  const [found, setFound] = useState<CustomerView[] | null>(null)
  const [erases, setErases] = useState<CustomerView | null>(null)
  const { act, busy, trouble } = useAct()
  const send = () => act(() => hub.customers.find({ text }), setFound)
  return (
    <Page title={t('place.customers')} lead={t('customers.lead')} trouble={trouble}>
      <Form onSend={send}>
        <div className="search"><Field label={t('customers.search')} value={text} onChange={setText} isCode /><Button tone="primary" isDisabled={busy || text.trim().length < 3} onPress={send}>{t('units.find')}</Button></div>
      </Form>
      {found === null ? <div className="empty"><p>{t('customers.start')}</p></div> : found.length === 0 ? <div className="empty"><p>{t('customers.none')}</p></div> : found.map((one) => (
        <article key={one.id} className="card section">
          <div className="section__head"><h2 className="chart__title"><bdi>{one.name}</bdi></h2>
            <Button onPress={() => act(() => hub.customers.exported({ id: one.id }), (file) => saveText(file.fileName, file.text))}>{t('customers.export')}</Button>
            <Button tone="danger" onPress={() => setErases(one)}>{t('customers.erase')}</Button>
          </div>
          <p><bdi>{[one.email, one.phone, one.address].filter((part) => part !== '').join(' · ')}</bdi></p>
          <p className="muted">{t('customers.keep-until', { date: one.keepUntil })}</p>
          <ul>{one.units.map((unit) => <li key={unit.unitId}><bdi>{unit.thing}</bdi> <button type="button" className="link serial" dir="ltr" onClick={() => openPlace('units', unit.serial ?? unit.unitId)}>{unit.serial ?? unit.unitId}</button></li>)}</ul>
        </article>
      ))}
      <CustomerDoubles />
      {erases === null ? null : <Erase one={erases} onClose={() => setErases(null)} onErased={() => { setErases(null); setFound([]) }} />}
    </Page>
  )
}

function Erase({ one, onClose, onErased }: { one: CustomerView; onClose: () => void; onErased: () => void }) {
  const { t } = useFaceWords()
  const [why, setWhy] = useState('')
  const { act, busy, trouble } = useAct()
  return (
    <Dialog title={t('customers.erase-title', { name: one.name })} onClose={onClose} isAlert>
      <p>{t('customers.erase-hint')}</p>
      <Field label={t('common.why')} value={why} onChange={setWhy} />
      <TroubleLine trouble={trouble} />
      <div className="dialog__feet"><Button tone="danger" isDisabled={busy || why.trim() === ''} onPress={() => act(() => hub.customers.erase({ id: one.id, why }), onErased)}>{t('customers.erase')}</Button></div>
    </Dialog>
  )
}
