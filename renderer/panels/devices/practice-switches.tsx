import { ArrowDownToLine, ArrowUpFromLine, ScanBarcode, Scissors } from 'lucide-react'
import { useState } from 'react'
import type { PracticeDeed, PracticeView } from '../../../contract/device-view.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { Scrolled } from '../../parts/scrolled.tsx'
import { useWords } from '../../words/words-context.tsx'
import { PracticeTerminal } from './practice-terminal.tsx'

/** The hands at the practice devices: scan this, lay this tag, take the paper out. In the demo shop only. */
export function PracticeSwitches({ practice }: { practice: PracticeView }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [text, setText] = useState('')
  const act = (deed: PracticeDeed) => void store.ask((core) => core.devices.practice(deed))
  const { scanner, pad, printer, terminal } = practice
  if (scanner === null && pad === null && printer === null && terminal === null) return null
  return (
    <section className="card stack">
      <h3 className="card__title">{say('devices.practice')}</h3>
      {scanner === null && pad === null ? null : (
        <>
          <label className="field">
            <span className="field__label">{say('devices.practice-text')}</span>
            <input
              className="field__input serial"
              type="text"
              dir="ltr"
              value={text}
              maxLength={512}
              spellCheck={false}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <div className="devices__tools">
            {scanner === null ? null : (
              <Button icon={ScanBarcode} isDisabled={text === ''} onPress={() => act({ do: 'scan', text })}>
                {say('devices.practice-scan')}
              </Button>
            )}
            {pad === null ? null : (
              <Button icon={ArrowDownToLine} isDisabled={text === ''} onPress={() => act({ do: 'lay', tag: text })}>
                {say('devices.practice-lay')}
              </Button>
            )}
            {pad?.tags.map((tag) => (
              <Button key={tag} icon={ArrowUpFromLine} onPress={() => act({ do: 'lift', tag })}>
                {say('devices.practice-lift', { tag: tag.slice(-8) })}
              </Button>
            ))}
          </div>
        </>
      )}
      {scanner === null ? null : (
        <Switch
          words={say('devices.practice-plugged', { role: say('device-role.scanner') })}
          isOn={scanner.plugged}
          onTurn={(plugged) => act({ do: 'plug', what: 'scanner', plugged })}
        />
      )}
      {pad === null ? null : (
        <Switch
          words={say('devices.practice-plugged', { role: say('device-role.pad') })}
          isOn={pad.plugged}
          onTurn={(plugged) => act({ do: 'plug', what: 'pad', plugged })}
        />
      )}
      {printer === null ? null : (
        <>
          <Switch words={say('devices.practice-paper')} isOn={printer.paper} onTurn={(paper) => act({ do: 'paper', paper })} />
          <Switch
            words={say('devices.practice-cover')}
            isOn={printer.cover === 'closed'}
            onTurn={(closed) => act({ do: 'cover', cover: closed ? 'closed' : 'open' })}
          />
          <Switch
            words={say('devices.practice-answers')}
            isOn={!printer.silent}
            onTurn={(answers) => act({ do: 'silence', silent: !answers })}
          />
          {printer.text === '' ? null : (
            <>
              <Scrolled className="practice-paper" label={say('devices.practice-printed')}>
                <pre dir="ltr">{printer.text}</pre>
              </Scrolled>
              <Button icon={Scissors} onPress={() => act({ do: 'tear-off' })}>
                {say('devices.practice-tear')}
              </Button>
            </>
          )}
        </>
      )}
      {terminal === null ? null : <PracticeTerminal terminal={terminal} act={act} />}
    </section>
  )
}

function Switch({ words, isOn, onTurn }: { words: string; isOn: boolean; onTurn: (on: boolean) => void }) {
  return (
    <label className="tick">
      <input type="checkbox" checked={isOn} onChange={(event) => onTurn(event.target.checked)} />
      {words}
    </label>
  )
}
