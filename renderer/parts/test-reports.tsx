import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { REPORT_CHARS_MAX, type TestReport } from '../../contract/test-report.ts'
import type { Condition } from '../../contract/unit.ts'
import { useDeskStore, useMay } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'

interface TestReportsProps {
  readonly unitId: string
  /** Takes what the newest report suggests; left out where no grade is asked for. */
  readonly onSuggestion?: (condition: Condition) => void
}

/** What test tools have found out about the piece, and the way to take another file of one. */
export function TestReports({ unitId, onSuggestion }: TestReportsProps) {
  const words = useWords()
  const store = useDeskStore()
  const mayTake = useMay('take-back')
  const asked = useAnswer((core, id: string) => core.testReports.ofUnit({ unitId: id }), unitId)
  const [taken, setTaken] = useState<readonly TestReport[] | null>(null)
  const [isTooLarge, setTooLarge] = useState(false)
  const reports = taken ?? asked ?? []
  if (reports.length === 0 && !mayTake) return null
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    setTooLarge(file.size > REPORT_CHARS_MAX)
    if (file.size > REPORT_CHARS_MAX) return
    const text = await file.text()
    const answer = await store.ask((core) => core.testReports.take({ unitId, text }))
    if (answer === null) return
    setTaken(answer)
    const [newest] = answer
    if (newest !== undefined) onSuggestion?.(newest.suggests)
  }
  return (
    <section className="card stack" aria-label={words.say('test-report.title')}>
      {reports.map((report) => (
        <Report key={report.hash} report={report} />
      ))}
      {mayTake ? (
        <FileTrigger acceptedFileTypes={['.csv', '.json', '.txt', 'text/csv', 'application/json']} onSelect={(files) => void take(files?.[0])}>
          <Button icon={FileUp} onPress={() => setTooLarge(false)}>
            {words.say('test-report.take')}
          </Button>
        </FileTrigger>
      ) : null}
      {isTooLarge ? (
        <p className="refund__missing" role="alert">
          {words.say('test-report.too-large', { most: Math.round(REPORT_CHARS_MAX / 1_000) })}
        </p>
      ) : null}
    </section>
  )
}

function Report({ report }: { report: TestReport }) {
  const words = useWords()
  const bad = report.lines.filter(({ result }) => result !== 'passed')
  return (
    <details>
      <summary>
        <span>
          {words.say('test-report.tested', { tool: report.tool === '' ? words.say('test-report.a-tool') : report.tool, date: report.testedAt })}
          {' · '}
          {bad.length === 0
            ? words.say('test-report.all-passed', { count: report.lines.length })
            : words.say('test-report.not-all', { bad: bad.length, count: report.lines.length })}
          {' · '}
          <strong>{words.say('test-report.suggests', { condition: words.say(`condition.${report.suggests}`) })}</strong>
        </span>
      </summary>
      <table className="table">
        <tbody>
          {[...bad, ...report.lines.filter(({ result }) => result === 'passed')].map((line, place) => (
            <tr key={`${place} ${line.test}`}>
              <th scope="row">
                <bdi>{line.test}</bdi>
              </th>
              <td>{words.say(`test-result.${line.result}`)}</td>
              <td>
                <bdi>{line.value}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
