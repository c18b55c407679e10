import {
  CircleHelp, ClipboardCheck, Cloud, Cpu, GraduationCap, Keyboard, LockKeyhole, Mail, MapPinned, Menu as MenuIcon, ReceiptText,
  ScanBarcode, Scale, ScrollText, Siren, Trash2, Truck, Users, UsersRound, Wallet, Wrench,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Button as AriaButton, Header, Keyboard as AriaKeyboard, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Text } from 'react-aria-components'
import type { Language } from '../../contract/ids.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { useLegend } from '../parts/key-cap.tsx'
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
          <OneOf
            label={say('look.label')}
            chosen={settings.look}
            choices={LOOKS.map((look) => ({ id: look, words: say(`look.${look}`) }))}
            onChoose={(look) => setWindowSettings({ look })}
          />
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
          <OneOf
            label={say('sound.label')}
            chosen={settings.sounds ? 'on' : 'off'}
            choices={[{ id: 'on', words: say('sound.on') }, { id: 'off', words: say('sound.off') }]}
            onChoose={(sounds) => setWindowSettings({ sounds: sounds === 'on' })}
          />
          <OneOf
            label={say('language.label')}
            chosen={desk.language}
            choices={languages().map((language) => ({ id: language, words: LANGUAGES[language].ownName, lang: language }))}
            onChoose={(language) => void store.act((core) => core.desk.setLanguage({ language }))}
          />
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

interface OneOfProps<Id extends string> {
  readonly label: string
  readonly chosen: Id
  readonly choices: readonly { readonly id: Id; readonly words: string; readonly lang?: Language }[]
  readonly onChoose: (id: Id) => void
}

/** One of a few settings, under their name. */
function OneOf<Id extends string>({ label, chosen, choices, onChoose }: OneOfProps<Id>) {
  return (
    <MenuSection
      className="menu__section"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => {
        const choice = choices.find(({ id }) => keys !== 'all' && keys.has(id))
        if (choice !== undefined) onChoose(choice.id)
      }}
    >
      <Header className="menu__header">{label}</Header>
      {choices.map(({ id, words, lang }) => (
        <MenuItem key={id} id={id} className="menu__item" textValue={words}>
          <span lang={lang}>{words}</span>
        </MenuItem>
      ))}
    </MenuSection>
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
    <MenuItem className="menu__item" textValue={words} onAction={onAction}>
      <Icon size={20} aria-hidden />
      <Text slot="label">{words}</Text>
      {hotkey === undefined ? null : <MenuKey name={hotkey} />}
    </MenuItem>
  )
}

/** Drawn like every key; the menu reads it out as the description of its item. */
function MenuKey({ name }: { name: string }) {
  return <AriaKeyboard className="key-cap">{useLegend(name)}</AriaKeyboard>
}

function languages(): Language[] {
  return Object.keys(LANGUAGES) as Language[]
}
