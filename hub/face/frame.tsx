import { LogOut } from 'lucide-react'
import { useState } from 'react'
import type { Language } from '../../contract/ids.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { Button } from '../../renderer/parts/button.tsx'
import { Mark } from '../../renderer/parts/mark.tsx'
import type { HubPerson, HubSession } from '../contract/people-calls.ts'
import { hub } from './client.ts'
import { lookNow, setLook, type Look } from './look.ts'
import { Choice } from './parts/field.tsx'
import { openPlace, PLACES, useOpened, type Opened } from './places.ts'
import { CasesScreen } from './screens/cases.tsx'
import { CustomersScreen } from './screens/customers.tsx'
import { DoorsScreen } from './screens/doors.tsx'
import { ImportsScreen } from './screens/imports.tsx'
import { LiveScreen } from './screens/live.tsx'
import { PeopleScreen } from './screens/people.tsx'
import { PolicyScreen } from './screens/policy.tsx'
import { PricesScreen } from './screens/prices.tsx'
import { ProductsScreen } from './screens/products.tsx'
import { RecallsScreen } from './screens/recalls.tsx'
import { ReportsScreen } from './screens/reports.tsx'
import { StaffScreen } from './screens/staff.tsx'
import { StockScreen } from './screens/stock.tsx'
import { StolenScreen } from './screens/stolen.tsx'
import { StoresScreen } from './screens/stores.tsx'
import { TillsScreen } from './screens/tills.tsx'
import { UnitsScreen } from './screens/units.tsx'
import { useFaceWords } from './words/use-face-words.ts'

interface FrameProps {
  readonly person: HubPerson
  readonly onSession: (session: HubSession) => void
  readonly onLanguage: (language: Language) => void
}

/** The rail with every place a person may go, and the place. */
export function Frame({ person, onSession, onLanguage }: FrameProps) {
  const { t, language } = useFaceWords()
  const [look, showsLook] = useState<Look>(lookNow)
  const opened = useOpened()
  return (
    <div className="office">
      <a className="skip" href="#page" onClick={(event) => (event.preventDefault(), document.getElementById('page')?.focus())}>
        {t('rail.skip')}
      </a>
      <nav className="side" aria-label={t('rail.label')}>
        <p className="side__mark">
          <Mark size={30} /> <span>Countermark</span>
        </p>
        {PLACES.map((group) => {
          const places = group.places.filter(({ roles }) => roles.includes(person.role))
          return places.length === 0 ? null : (
            <div key={group.words} className="side__group">
              <p className="side__title">{t(group.words)}</p>
              {places.map(({ name, words, icon }) => (
                <Button key={name} tone="quiet" icon={icon} isCurrent={opened.name === name} onPress={() => openPlace(name)}>
                  {t(words)}
                </Button>
              ))}
            </div>
          )
        })}
        <div className="side__foot">
          <p className="side__who">
            <bdi>{person.name}</bdi>
            <span className="muted">{t(`role.${person.role}`)}</span>
          </p>
          <Choice
            label={t('rail.language')}
            value={language}
            choices={(Object.keys(LANGUAGES) as Language[]).map((id) => ({ id, words: LANGUAGES[id].ownName }))}
            onChange={onLanguage}
          />
          <Choice
            label={t('rail.look')}
            value={look}
            choices={(['system', 'light', 'dark'] as const).map((id) => ({ id, words: t(`look.${id}`) }))}
            onChange={(next) => {
              setLook(next)
              showsLook(next)
            }}
          />
          <Button tone="quiet" icon={LogOut} onPress={() => void hub.people.signOut().then(onSession, () => window.location.reload())}>
            {t('rail.sign-out')}
          </Button>
        </div>
      </nav>
      <Screen opened={opened} person={person} />
    </div>
  )
}

function Screen({ opened, person }: { opened: Opened; person: HubPerson }) {
  const mayLead = person.role === 'owner' || person.role === 'manager'
  const mayTend = mayLead || person.role === 'support'
  switch (opened.name) {
    case 'tills':
      return <TillsScreen mayTend={mayTend} />
    case 'live':
      return <LiveScreen />
    case 'cases':
      return <CasesScreen mayTend={mayTend} />
    case 'units':
      return <UnitsScreen key={opened.text} text={opened.text} mayAsk={mayTend} />
    case 'stock':
      return <StockScreen />
    case 'recalls':
      return <RecallsScreen mayLead={mayLead} />
    case 'stolen':
      return <StolenScreen mayLead={mayLead} />
    case 'stores':
      return <StoresScreen mayLead={mayLead} />
    case 'products':
      return <ProductsScreen mayLead={mayLead} />
    case 'prices':
      return <PricesScreen mayLead={mayLead} />
    case 'staff':
      return <StaffScreen mayLead={mayLead} />
    case 'policy':
      return <PolicyScreen mayLead={mayLead} />
    case 'reports':
      return <ReportsScreen />
    case 'imports':
      return <ImportsScreen />
    case 'doors':
      return <DoorsScreen isOwner={person.role === 'owner'} />
    case 'customers':
      return <CustomersScreen />
    case 'people':
      return <PeopleScreen />
    default:
      return unreachable(opened.name)
  }
}
