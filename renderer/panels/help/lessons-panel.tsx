import { CheckCircle2, Circle, GraduationCap, PlayCircle, ScanBarcode, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { DeskView } from '../../../contract/desk-view.ts'
import { useDesk, useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { LESSONS, type Lesson } from './lessons.ts'
import { setLessonProgress, useLessonProgress } from './lesson-progress.ts'

/** Beside the screen it is about, like the box of things to scan: the till itself is the exercise. */
export function LessonsPanel() {
  const { say } = useWords()
  const progress = useLessonProgress()
  const lesson = LESSONS.find((one) => one.id === progress.lesson)
  return (
    <aside className="demo-panel lessons" aria-label={say('lessons.title')}>
      <header className="dialog__head">
        <h2 className="dialog__title">{say('lessons.title')}</h2>
        <Button tone="quiet" icon={X} iconOnly label={say('app.close')} onPress={() => setLessonProgress({ shown: false })}>
          {say('app.close')}
        </Button>
      </header>
      {lesson === undefined ? <AllLessons done={progress.done} /> : <OneLesson key={lesson.id} lesson={lesson} step={progress.step} done={progress.done} />}
    </aside>
  )
}

function AllLessons({ done }: { done: readonly string[] }) {
  const { say } = useWords()
  return (
    <>
      <p className="muted">{say('lessons.hint')}</p>
      <ul className="rows">
        {LESSONS.map(({ id, steps }) => (
          <li key={id}>
            <button type="button" className="row-button" onClick={() => setLessonProgress({ lesson: id, step: 0 })}>
              {done.includes(id) ? <CheckCircle2 size={22} aria-hidden className="lessons__done" /> : <PlayCircle size={22} aria-hidden />}
              <span className="row-button__main">
                <strong>{say(`lesson.${id}`)}</strong>
                <span className="muted">{done.includes(id) ? say('lessons.done') : say('lessons.steps', { count: steps.length })}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function OneLesson({ lesson, step, done }: { lesson: Lesson; step: number; done: readonly Lesson['id'][] }) {
  const { say, sayCode } = useWords()
  const desk = useDesk()
  const store = useDeskStore()
  const examples = useAnswer((core) => core.demo.examples(), desk.store.storeId)
  const before = useRef<{ readonly step: number; readonly view: DeskView } | null>(null)
  useEffect(() => {
    if (before.current?.step !== step) before.current = { step, view: desk }
    const now = lesson.steps[step]
    if (now === undefined || !now.done(desk, before.current.view)) return
    const isLast = step + 1 >= lesson.steps.length
    setLessonProgress(isLast ? { step: step + 1, done: [...new Set([...done, lesson.id])] } : { step: step + 1 })
  }, [desk, step, lesson, done])
  const isOver = step >= lesson.steps.length
  return (
    <div className="stack lessons__one">
      <h3 className="card__title">
        <GraduationCap size={20} aria-hidden /> {say(`lesson.${lesson.id}`)}
      </h3>
      <ol className="lessons__steps">
        {lesson.steps.map((one, place) => {
          const example = one.scan === undefined ? undefined : examples?.find(({ story }) => story === one.scan)
          return (
            <li key={one.id} className="lessons__step" aria-current={place === step ? 'step' : undefined}>
              {place < step ? <CheckCircle2 size={20} aria-hidden className="lessons__done" /> : <Circle size={20} aria-hidden />}
              <span className="lessons__words">
                {sayCode(`step.${one.id}`)}
                {place === step && example !== undefined ? (
                  <Button icon={ScanBarcode} onPress={() => void store.scan(example.text, 'simulated')}>
                    {say('lessons.scan', { name: example.name })}
                  </Button>
                ) : null}
              </span>
            </li>
          )
        })}
      </ol>
      {isOver ? <p className="tone tone--good lessons__over" role="status">{say('lessons.well-done')}</p> : null}
      <Button tone={isOver ? 'primary' : 'plain'} onPress={() => setLessonProgress({ lesson: null, step: 0 })}>
        {say('lessons.all')}
      </Button>
    </div>
  )
}
