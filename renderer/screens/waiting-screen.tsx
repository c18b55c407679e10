import { LANGUAGES } from '../../contract/words/languages.ts'
import { Mark } from '../parts/mark.tsx'
import { useWords } from '../words/words-context.tsx'

/** Before there is anything to draw: calm, and saying that nothing is lost. */
export function WaitingScreen({ link }: { link: 'connecting' | 'up' | 'lost' | 'no-key' }) {
  const { say, language } = useWords()
  return (
    <main className="waiting" id="main" lang={language} dir={LANGUAGES[language].direction}>
      <span className="waiting__mark" data-still={link === 'no-key'}>
        <Mark size={88} />
      </span>
      <h1 className="waiting__title">{link === 'no-key' ? say('app.name') : say('app.one-moment')}</h1>
      <p className="waiting__text" role="status">
        {link === 'no-key' ? say('app.no-key') : link === 'lost' ? say('app.reconnecting') : say('app.connecting')}
      </p>
    </main>
  )
}
