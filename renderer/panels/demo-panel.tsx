import { ScanBarcode, X } from 'lucide-react'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'

/** Things of the demo shop that can be scanned with a click, beside the screen they act on. */
export function DemoPanel({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const desk = useDesk()
  const store = useDeskStore()
  const examples = useAnswer((core) => core.demo.examples(), desk.store.storeId)
  return (
    <aside className="demo-panel" aria-label={words.say('demo.title')}>
      <header className="dialog__head">
        <h2 className="dialog__title">{words.say('demo.title')}</h2>
        <Button tone="quiet" icon={X} iconOnly label={words.say('app.close')} onPress={onClose}>
          {words.say('app.close')}
        </Button>
      </header>
      <p className="muted">{words.say('demo.hint')}</p>
      <ul className="rows">
        {(examples ?? []).map((example) => (
          <li key={`${example.story} ${example.text}`}>
            <button
              type="button"
              className="row-button"
              aria-label={words.say('demo.scan', { name: `${example.name}, ${example.story}` })}
              onClick={() => void store.scan(example.text, 'simulated')}
            >
              <ScanBarcode size={22} aria-hidden />
              <span className="row-button__main">
                <strong>{words.sayCode(`story.${example.story}`, {}, example.story)}</strong>
                <span className="muted">{example.name}</span>
                <bdi dir="ltr" className="serial muted">
                  {example.text.split('\u001D').flatMap((part, place) =>
                    place === 0 ? [part] : [<GroupSeparator key={place} />, part])}
                </bdi>
              </span>
              {example.price_cents === null ? null : (
                <span className="amount">{words.money(example.price_cents, desk.store.currency)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  )
}

/** FNC1 between two fields of a code: a sign few fonts have a picture for. */
function GroupSeparator() {
  return <span className="group-separator">GS</span>
}
