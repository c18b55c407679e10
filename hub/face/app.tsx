import { useState } from 'react'
import type { Language } from '../../contract/ids.ts'
import { browserLanguage } from '../../renderer/words/browser-language.ts'
import { Speaking } from '../../renderer/words/words-context.tsx'
import type { HubSession } from '../contract/people-calls.ts'
import { hub } from './client.ts'
import { Frame } from './frame.tsx'
import { TroubleLine } from './parts/trouble-line.tsx'
import { SecondFactor } from './sign-in/second-factor.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import { useCall } from './use-call.ts'

/** Who is there decides what is drawn. */
export function App() {
  const session = useCall(() => hub.people.session(), [])
  const [language, setLanguage] = useState<Language>(browserLanguage)
  const spoken = session.value !== null && 'person' in session.value ? (session.value.person.language ?? language) : language
  const choose = (next: Language): void => {
    setLanguage(next)
    void hub.people.setLanguage({ language: next }).then(session.set, () => undefined)
  }
  return (
    <Speaking language={spoken}>
      {session.value === null ? <TroubleLine trouble={session.trouble} /> : <Inside session={session.value} onSession={session.set} onLanguage={choose} />}
    </Speaking>
  )
}

function Inside({ session, onSession, onLanguage }: { session: HubSession; onSession: (session: HubSession) => void; onLanguage: (language: Language) => void }) {
  switch (session.at) {
    case 'set-up':
    case 'signed-out':
      return <SignIn isFirst={session.at === 'set-up'} onSession={onSession} />
    case 'second-factor':
      return <SecondFactor onSession={onSession} />
    default:
      return <Frame person={session.person} onSession={onSession} onLanguage={onLanguage} />
  }
}
