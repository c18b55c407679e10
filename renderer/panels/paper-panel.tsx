import { FileDown, Printer } from 'lucide-react'
import type { Language } from '../../contract/ids.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Paper } from '../parts/paper.tsx'
import { PrintLine } from '../parts/print-line.tsx'
import type { OpenPanel } from '../screens/panel-name.ts'
import { useWords } from '../words/words-context.tsx'
import { EmailPaper } from './letters/email-paper.tsx'
import { makePaper, type PaperSource } from './make-paper.ts'
import { PickupSlip } from './pickup-slip.tsx'
import { ReturnFromPaper } from './return-from-paper.tsx'
import { saveFile } from './save-file.ts'

interface PaperPanelProps {
  readonly documentId: string
  /** Given where the paper can be made again in another language. */
  readonly source: PaperSource | null
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** One document as paper, to be printed or saved; the core knows whether it is a copy. */
export function PaperPanel({ documentId, source, openPanel, onClose }: PaperPanelProps) {
  const words = useWords()
  const desk = useDesk()
  const store = useDeskStore()
  const paper = useAnswer((core) => core.papers.view({ documentId }), documentId)
  const template = useAnswer((core) => core.papers.template(), 0)
  const job = desk.papers.find((one) => one.documentId === documentId)
  const save = (format: 'a4' | '80mm') => {
    void store.ask((core) => core.papers.pdf({ documentId, format })).then((file) => {
      if (file !== null) saveFile(file.name, file.base64, 'application/pdf')
    })
  }
  return (
    <Dialog title={words.say(paper === null ? 'papers.title' : `paper-kind.${paper.kind}`)} onClose={onClose}>
      {source === null ? null : <InLanguage spoken={paper?.language ?? null} source={source} openPanel={openPanel} />}
      {paper?.kind === 'sale' ? <ReturnFromPaper paper={paper} onBegun={onClose} /> : null}
      <div className="paper-desk">
        {paper === null ? null : (
          <Paper document={paper} label={words.say(`paper-kind.${paper.kind}`)} logo={template?.logo?.png ?? null} />
        )}
      </div>
      {job === undefined ? null : <PrintLine print={job.print} />}
      <div className="row row--wrap">
        <EmailPaper documentId={documentId} />
        {paper?.kind === 'sale' ? <PickupSlip documentId={documentId} openPanel={openPanel} /> : null}
      </div>
      <footer className="dialog__feet">
        <Button onPress={onClose}>{words.say('app.close')}</Button>
        <Button icon={FileDown} onPress={() => save('80mm')}>
          {words.say('papers.save-pdf-roll')}
        </Button>
        <Button icon={FileDown} onPress={() => save('a4')}>
          {words.say('papers.save-pdf')}
        </Button>
        <Button tone="primary" icon={Printer} onPress={() => void store.act((core) => core.papers.print({ documentId }))}>
          {words.say(job === undefined ? 'papers.print' : 'papers.reprint')}
        </Button>
      </footer>
    </Dialog>
  )
}

const NAMES = Object.keys(LANGUAGES) as Language[]

interface InLanguageProps {
  /** BCP 47 tag of the paper shown. */
  readonly spoken: string | null
  readonly source: PaperSource
  readonly openPanel: OpenPanel
}

/** Each language in its own name: the customer can point at it. */
function InLanguage({ spoken, source, openPanel }: InLanguageProps) {
  const { say } = useWords()
  const store = useDeskStore()
  return (
    <ChoiceGroup
      label={say('papers.language')}
      chosen={NAMES.find((language) => LANGUAGES[language].locale === spoken) ?? null}
      choices={NAMES.map((language) => ({ id: language, words: LANGUAGES[language].ownName }))}
      onChoose={(language) => {
        void store.ask((core) => makePaper(core, source, language)).then((made) => {
          if (made !== null) openPanel({ name: 'paper', documentId: made.documentId, source })
        })
      }}
    />
  )
}
