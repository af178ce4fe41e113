/** @file What the held-out images say about a run, first as a sentence, then in the field's terms. */
import { Download, FileText } from 'lucide-react'
import { useState, type JSX, type ReactNode } from 'react'

import type { Evaluation } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { averagesOf, confusionsOf, rightOf } from '../../store/figures.ts'
import { useStudio } from '../../studio.ts'
import { saveCsv } from '../../text/csv.ts'
import { percent } from '../../text/format.ts'
import { language } from '../../text/language.ts'
import { saveFile } from '../../text/save-file.ts'
import { wordsOfError } from '../../text/sentences.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
}

/** The answer to “is it any good?”, and what to take away. */
export function Summary({ run, evaluation }: Props): JSX.Element {
  return (
    <section className="summary" aria-labelledby="summary">
      <div className="stack tight">
        <h2 id="summary" className="summary-sentence">
          <Sentence evaluation={evaluation} />
        </h2>
        <Most evaluation={evaluation} />
      </div>
      <Terms evaluation={evaluation} />
      <Keep run={run} evaluation={evaluation} />
    </section>
  )
}

function Sentence({ evaluation }: Pick<Props, 'evaluation'>): JSX.Element {
  const { accuracy, accuracyInterval, images } = evaluation
  if (accuracy === null || accuracyInterval === null) return <>{text.results.nothingHeld}</>
  return (
    <>
      {text.results.summary.names(images.length, rightOf(evaluation))}{' '}
      <span className="soft">
        {text.results.summary.range(
          percent(accuracy),
          percent(accuracyInterval.low),
          percent(accuracyInterval.high),
        )}
      </span>
    </>
  )
}

/** The most frequent mix-up. */
function Most({ evaluation }: Pick<Props, 'evaluation'>): JSX.Element | null {
  const { images, perClass } = evaluation
  if (images.length === 0) return null
  const [most] = confusionsOf(evaluation)
  if (most === undefined) return <p className="summary-most">{text.results.noMistakes}</p>
  const nameOf = (label: number): string => perClass[label]?.name ?? ''
  return (
    <p className="summary-most">
      {text.results.summary.most(nameOf(most.truth), nameOf(most.guess), most.images)}
    </p>
  )
}

/** The figures by their usual names, each with what it means. */
function Terms({ evaluation }: Pick<Props, 'evaluation'>): JSX.Element | null {
  const { accuracy, balancedAccuracy, calibrationError, perClass } = evaluation
  if (accuracy === null) return null
  const { f1 } = averagesOf(perClass)
  const { terms } = text.results.summary
  return (
    <dl className="terms">
      <Term name={text.results.accuracy} value={accuracy} hint={terms.accuracy} />
      <Term name={text.results.balancedAccuracy} value={balancedAccuracy} hint={text.results.balancedHint} />
      <Term name={terms.macroF1} value={f1} hint={terms.macroF1Hint} />
      <Term name={terms.ece} value={calibrationError?.after ?? null} hint={terms.eceHint} />
    </dl>
  )
}

interface TermProps {
  readonly name: string
  readonly value: number | null
  readonly hint: ReactNode
}

function Term({ name, value, hint }: TermProps): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="term-figure number">{value === null ? '–' : percent(value)}</dd>
      <dd className="small soft">{hint}</dd>
    </div>
  )
}

/** The report and the table, as files. */
function Keep({ run, evaluation }: Props): JSX.Element | null {
  const { api } = useStudio()
  const [state, setState] = useState<'idle' | 'writing' | { readonly problem: string }>('idle')
  if (evaluation.images.length === 0) return null
  const saveReport = async (): Promise<void> => {
    setState('writing')
    try {
      const { name, html } = await api.results.report({ run: run.id, language })
      saveFile(`${name} ${text.results.report.name}.html`, html, 'text/html')
      setState('idle')
    } catch (error) {
      setState({ problem: wordsOfError(error) })
    }
  }
  return (
    <div className="stack tight">
      <div className="row">
        <Button disabled={state === 'writing'} onClick={() => void saveReport()}>
          <FileText size={16} aria-hidden="true" />
          {text.results.report.save}
        </Button>
        <Button look="quiet" onClick={() => savePredictions(run, evaluation)}>
          <Download size={16} aria-hidden="true" />
          {text.results.save}
        </Button>
      </div>
      {typeof state === 'string' ? null : <Notice kind="error">{state.problem}</Notice>}
    </div>
  )
}

function savePredictions({ name }: RunDetails, { images, perClass }: Evaluation): void {
  const nameOf = (label: number): string => perClass[label]?.name ?? ''
  const rows = images.map(({ path, label, predicted, probability }) => [
    path,
    nameOf(label),
    nameOf(predicted),
    probability.toFixed(6),
  ])
  const { csv } = text.results
  saveCsv(`${name} ${csv.name}`, [csv.columns, ...rows])
}
