import {
  CircleHelp, ClipboardCheck, Cloud, Cpu, GraduationCap, Keyboard, LockKeyhole, Mail, MapPinned, Menu as MenuIcon, ReceiptText,
  ScanBarcode, Scale, ScrollText, Siren, Trash2, Truck, Users, UsersRound, Wallet, Wrench,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Button as AriaButton, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components'
import type { Language } from '../../contract/ids.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { KeyCap } from '../parts/key-cap.tsx'
import { hasMoreContrast, setWindowSettings, useWindowSettings } from '../window-settings.ts'
import { useWords } from '../words/words-context.tsx'
import { setLessonProgress } from '../panels/help/lesson-progress.ts'
import type { OpenPanel } from './panel-name.ts'

const LOOKS = ['system', 'light', 'dark'] as const

interface WindowMenuProps {
  /** Absent before anybody has signed in: then there are only the settings of the window. */
  readonly openPanel?: OpenPanel
  readonly onSwitch?: () => void
  readonly onRemoveDemo?: () => void
}

/** What is needed seldom: panels, appearance, sounds, language, signing out. */
export function WindowMenu({ openPanel, onSwitch, onRemoveDemo }: WindowMenuProps) {
  const { say } = useWords()
  const desk = useDesk()
  const store = useDeskStore()
  const settings = useWindowSettings()
  const { session } = desk
  const person = session.at === 'signed-in' ? session.person : null
  return (
    <MenuTrigger>
      <AriaButton className="person">
        <span className="visually-hidden">{say('app.menu')}</span>
        {person === null ? null : (
          <span className="person__words">
            <span className="person__name">{person.name}</span>
            <span className="person__role">{say(`role.${person.role}`)}</span>
          </span>
        )}
        <MenuIcon size={22} aria-hidden />
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label={say('app.menu')}>
          {openPanel === undefined ? null : (
            <MenuSection className="menu__section" aria-label={say('go.label')}>
              {desk.seat === 'counter' && person?.rights.includes('shift') === true ? (
                <Choice icon={Wallet} words={say('go.shift')} onAction={() => openPanel({ name: 'shift' })} />
              ) : null}
              {desk.seat === 'counter' ? (
                <Choice icon={ScrollText} words={say('journal.title')} onAction={() => openPanel({ name: 'journal' })} />
              ) : null}
              <Choice icon={Wrench} words={say('go.service')} onAction={() => openPanel({ name: 'service' })} />
              <Choice icon={MapPinned} words={say('pieces.title')} onAction={() => openPanel({ name: 'pieces', show: 'find' })} />
              <Choice icon={ClipboardCheck} words={say('inspect.title')} onAction={() => openPanel({ name: 'inspection' })} />
              {person?.rights.includes('take-back') === true ? (
                <Choice icon={Truck} words={say('shipments.title')} onAction={() => openPanel({ name: 'shipments', piece: null })} />
              ) : null}
              {person?.rights.includes('count-stock') === true ? (
                <Choice icon={ScanBarcode} words={say('counting.title')} onAction={() => openPanel({ name: 'counting' })} />
              ) : null}
              {desk.sync.state === 'alone' ? null : (
                <Choice icon={Cloud} words={say('sync.title')} onAction={() => openPanel({ name: 'sync' })} />
              )}
              <Choice icon={Cpu} words={say('go.devices')} onAction={() => openPanel({ name: 'devices' })} />
              <Choice icon={UsersRound} words={say('customers.title')} onAction={() => openPanel({ name: 'customers' })} />
              <Choice icon={Siren} words={say('authority.title')} onAction={() => openPanel({ name: 'authorities' })} />
              <Choice icon={Mail} words={say('mails.title')} onAction={() => openPanel({ name: 'mails' })} />
              {person?.rights.includes('settings') === true ? (
                <Choice icon={Scale} words={say('policy.title')} onAction={() => openPanel({ name: 'policy' })} />
              ) : null}
              {person?.rights.includes('settings') === true ? (
                <Choice icon={ReceiptText} words={say('template.title')} onAction={() => openPanel({ name: 'template' })} />
              ) : null}
              <Choice icon={Keyboard} words={say('keys.title')} onAction={() => openPanel({ name: 'keys' })} />
              {desk.demo ? (
                <Choice icon={GraduationCap} words={say('lessons.title')} onAction={() => setLessonProgress({ shown: true })} />
              ) : null}
              <Choice icon={CircleHelp} words={say('go.explain')} onAction={() => openPanel({ name: 'explain' })} />
            </MenuSection>
          )}
          <MenuSection
            className="menu__section"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[settings.look]}
            onSelectionChange={(keys) => {
              const chosen = LOOKS.find((look) => keys !== 'all' && keys.has(look))
              if (chosen !== undefined) setWindowSettings({ look: chosen })
            }}
          >
            <Header className="menu__header">{say('look.label')}</Header>
            {LOOKS.map((look) => (
              <MenuItem key={look} id={look} className="menu__item">
                {say(`look.${look}`)}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection
            className="menu__section"
            aria-label={say('look.label')}
            selectionMode="multiple"
            selectedKeys={[...(hasMoreContrast(settings) ? ['contrast'] : []), ...(settings.large ? ['large'] : [])]}
            onSelectionChange={(keys) => {
              const contrast = keys === 'all' || keys.has('contrast')
              // What was not pressed goes on as the system wants it.
              setWindowSettings({ ...(contrast === hasMoreContrast(settings) ? {} : { contrast }), large: keys === 'all' || keys.has('large') })
            }}
          >
            <MenuItem id="contrast" className="menu__item">
              {say('kiosk.access-contrast')}
            </MenuItem>
            <MenuItem id="large" className="menu__item">
              {say('kiosk.access-large')}
            </MenuItem>
          </MenuSection>
          <MenuSection
            className="menu__section"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[settings.sounds ? 'on' : 'off']}
            onSelectionChange={(keys) => setWindowSettings({ sounds: keys !== 'all' && keys.has('on') })}
          >
            <Header className="menu__header">{say('sound.label')}</Header>
            <MenuItem id="on" className="menu__item">
              {say('sound.on')}
            </MenuItem>
            <MenuItem id="off" className="menu__item">
              {say('sound.off')}
            </MenuItem>
          </MenuSection>
          <MenuSection
            className="menu__section"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[desk.language]}
            onSelectionChange={(keys) => {
              const chosen = languages().find((language) => keys !== 'all' && keys.has(language))
              if (chosen !== undefined) void store.act((core) => core.desk.setLanguage({ language: chosen }))
            }}
          >
            <Header className="menu__header">{say('language.label')}</Header>
            {languages().map((language) => (
              <MenuItem key={language} id={language} className="menu__item" textValue={LANGUAGES[language].ownName}>
                <span lang={language}>{LANGUAGES[language].ownName}</span>
              </MenuItem>
            ))}
          </MenuSection>
          {person === null ? null : (
            <MenuSection className="menu__section" aria-label={say('sign-in.out')}>
              {desk.demo && person.role === 'manager' && onRemoveDemo !== undefined ? (
                <Choice icon={Trash2} words={say('demo.remove')} onAction={onRemoveDemo} />
              ) : null}
              {onSwitch === undefined ? null : <Choice icon={Users} words={say('sign-in.switch')} hotkey={KEYS.switchPerson} onAction={onSwitch} />}
              <Choice
                icon={LockKeyhole}
                words={say('sign-in.lock')}
                hotkey={KEYS.lock}
                onAction={() => void store.act((core) => core.session.signOut())}
              />
            </MenuSection>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

interface ChoiceProps {
  readonly icon: LucideIcon
  readonly words: string
  /** A key that does the same from anywhere: shown here, bound elsewhere. */
  readonly hotkey?: string
  readonly onAction: () => void
}

function Choice({ icon: Icon, words, hotkey, onAction }: ChoiceProps) {
  return (
    <MenuItem className="menu__item" textValue={words} onAction={onAction} render={(own) => ('href' in own ? <a {...own} /> : <div {...own} aria-keyshortcuts={hotkey} />)}>
      <Icon size={20} aria-hidden />
      {words}
      {hotkey === undefined ? null : <KeyCap name={hotkey} />}
    </MenuItem>
  )
}

function languages(): Language[] {
  return Object.keys(LANGUAGES) as Language[]
}
