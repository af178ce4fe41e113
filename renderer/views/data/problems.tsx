/**
 * @file What is worth knowing about the photos, in one strip on top: the most important in a line, all of it in a list
 * that opens over the wall. It can be put away and brought back.
 */
import { ChevronDown, CircleAlert, FileX, Info, X } from 'lucide-react'
import { useMemo, useState, type JSX, type ReactNode } from 'react'

import type { Finding } from '../../../core/data/finding.ts'
import { warningsFor, type CheckedData, type ReadyData } from '../../store/data.ts'
import { useSubject } from '../../studio.ts'
import { count } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ExamplesDialog } from '../examples-dialog.tsx'
import { MovingNote } from './corrections.tsx'
import { examplesOf, isCalm, sentenceOf } from './warning-words.ts'
import { worded } from '../../text/sentences.ts'

/** Always as high, whatever there is to say, so that nothing moves when something is found. */
export function Problems({ ready: { checked, copied } }: { readonly ready: ReadyData }): JSX.Element {
  const { isQuiet, setQuiet } = useSubject('wall', 'isQuiet', 'setQuiet')
  const [isOpen, setOpen] = useState(false)
  const warnings = useWarnings(checked)
  const notes = copied === null ? [] : [copyNote(copied.left)]
  const sentences = [...warnings.map(sentenceOf), ...notes]
  return (
    <>
      <MovingNote />
      {isQuiet ? null : (
        <section className="problems" aria-label={text.wall.problems}>
          <div className="problem-line">
            <Mark warning={warnings[0]} />
            <FirstSentence warning={warnings[0]} sentence={sentences[0] ?? text.data.allGood} />
            {checked.skipped.length === 0 ? null : <SkippedButton checked={checked} />}
            {sentences.length < 2 ? null : (
              <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
                {text.wall.allProblems(sentences.length)}
                <ChevronDown size={15} aria-hidden="true" />
              </Button>
            )}
            <Button look="quiet" aria-label={text.common.dismiss} onClick={() => setQuiet(true)}>
              <X size={16} aria-hidden="true" />
            </Button>
          </div>
          {isOpen ? <ProblemList warnings={warnings} notes={notes} /> : null}
        </section>
      )}
    </>
  )
}

/** Brings the strip back, among the tools, once it is put away. */
export function ProblemsButton({ checked }: { readonly checked: CheckedData }): JSX.Element | null {
  const { isQuiet, setQuiet } = useSubject('wall', 'isQuiet', 'setQuiet')
  const found = useWarnings(checked).length + (checked.skipped.length === 0 ? 0 : 1)
  if (!isQuiet) return null
  return (
    <Button look="quiet" title={text.wall.problems} onClick={() => setQuiet(false)}>
      <CircleAlert size={17} aria-hidden="true" />
      <span className="visually-hidden">{text.wall.problems}</span>{' '}
      <span className="number">{count(found)}</span>
    </Button>
  )
}

function useWarnings(checked: CheckedData): readonly Finding[] {
  const { state: model } = useSubject('model', 'state')
  const resolution = model.phase === 'ready' ? model.resolution : null
  return useMemo(() => warningsFor(checked, resolution), [checked, resolution])
}

function copyNote(left: number): string {
  return left === 0 ? text.data.isCopy : `${text.data.isCopy} ${text.data.left(left)}`
}

function Mark({ warning }: { readonly warning: Finding | undefined }): JSX.Element {
  return warning === undefined || isCalm(warning) ? (
    <Info size={18} aria-hidden="true" />
  ) : (
    <CircleAlert size={18} className="alert" aria-hidden="true" />
  )
}

interface SentenceProps {
  readonly warning: Finding | undefined
  readonly sentence: string
}

function FirstSentence({ warning, sentence }: SentenceProps): JSX.Element {
  return (
    <p className="problem-first">
      <span className="clip" title={sentence}>
        {sentence}
      </span>
      {warning === undefined ? null : <ShowButton warning={warning} />}
    </p>
  )
}

function ShowButton({ warning }: { readonly warning: Finding }): JSX.Element | null {
  const [isOpen, setOpen] = useState(false)
  const examples = examplesOf(warning)
  if (examples === null) return null
  return (
    <>
      <Button look="quiet" className="inline" onClick={() => setOpen(true)}>
        {text.data.show}
      </Button>
      {isOpen ? (
        <ExamplesDialog examples={examples} sentence={sentenceOf(warning)} onClose={() => setOpen(false)} />
      ) : null}
    </>
  )
}

interface ListProps {
  readonly warnings: readonly Finding[]
  readonly notes: readonly string[]
}

function ProblemList({ warnings, notes }: ListProps): JSX.Element {
  return (
    <ul className="problem-list">
      {warnings.map((warning) => (
        <Item key={JSON.stringify([warning.kind, sentenceOf(warning)])} mark={<Mark warning={warning} />}>
          {sentenceOf(warning)} <ShowButton warning={warning} />
        </Item>
      ))}
      {notes.map((note) => (
        <Item key={note} mark={<Mark warning={undefined} />}>
          {note}
        </Item>
      ))}
    </ul>
  )
}

function Item({ mark, children }: { readonly mark: ReactNode; readonly children: ReactNode }): JSX.Element {
  return (
    <li>
      {mark}
      <div>{children}</div>
    </li>
  )
}

const mostSkipped = 500

function SkippedButton({ checked: { skipped } }: { readonly checked: CheckedData }): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  const shown = skipped.slice(0, mostSkipped)
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        <FileX size={16} aria-hidden="true" />
        {text.data.skipped(skipped.length)}
      </Button>
      {isOpen ? (
        <Dialog title={text.data.skipped(skipped.length)} onClose={() => setOpen(false)}>
          <div
            className="dialog-body stack"
            tabIndex={0}
            role="group"
            aria-label={text.data.skipped(skipped.length)}
          >
            <p className="soft">{text.data.skippedHint}</p>
            <table>
              <tbody>
                {shown.map(({ path, reason }) => (
                  <tr key={path}>
                    <th scope="row" className="path">
                      {path}
                    </th>
                    <td className="small">{worded(reason)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {shown.length === skipped.length ? null : (
              <p className="small soft">{text.data.moreSkipped(skipped.length - shown.length)}</p>
            )}
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
