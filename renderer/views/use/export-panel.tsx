/** @file The model as files for other programs: which, where to, the result of the check, and how to use them. */
import { Check } from 'lucide-react'
import type { JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { ExportFormat } from '../../../core/files/export-formats.ts'
import type { ExportState } from '../../store/exports.ts'
import { useSubject } from '../../studio.ts'
import { formatWords } from '../../text/export-formats.ts'
import { language } from '../../text/language.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useFolderChoice } from '../choose-folder.tsx'
import { Written } from './export-written.tsx'

/** Several formats are written one after the other. */
export function ExportPanel({ run }: { readonly run: RunDetails }): JSX.Element {
  const { formats, state, toggle, write } = useSubject('exports', 'formats', 'state', 'toggle', 'write')
  const isWriting = state.phase === 'writing'
  return (
    <>
      <section className="card stack" aria-labelledby="export">
        <div className="stack tight">
          <h2 id="export">{text.use.export}</h2>
          <p className="small soft">{text.use.exportLead}</p>
        </div>
        <fieldset className="choices" aria-labelledby="export" disabled={isWriting}>
          {ExportFormat.options.map((format) => (
            <label key={format} className="choice">
              <input type="checkbox" checked={formats.includes(format)} onChange={() => toggle(format)} />
              <span className="row apart">
                <strong>{formatWords[format][language].name}</strong>
                {formats.includes(format) ? <Check size={16} aria-hidden="true" /> : null}
              </span>
              <span className="small soft">{formatWords[format][language].hint}</span>
            </label>
          ))}
        </fieldset>
        <Destination />
        <div>
          <Button
            look="primary"
            disabled={isWriting || formats.length === 0}
            onClick={() => void write(run.id)}
          >
            {text.use.write(formats.length)}
          </Button>
        </div>
      </section>
      <Outcome state={state} run={run.id} />
    </>
  )
}

function Destination(): JSX.Element {
  const { out, setOut, state } = useSubject('exports', 'out', 'setOut', 'state')
  const choice = useFolderChoice(text.picker.folder, setOut)
  const isWriting = state.phase === 'writing'
  return (
    <div className="row destination">
      <span className="small">{text.use.destination}</span>
      <span className="path">{out ?? text.use.destinationOwn}</span>
      <Button disabled={isWriting} onClick={choice.choose}>
        {text.use.destinationChange}
      </Button>
      {out === null ? null : (
        <Button look="quiet" disabled={isWriting} onClick={() => setOut(null)}>
          {text.use.destinationReset}
        </Button>
      )}
      {choice.dialog}
    </div>
  )
}

interface OutcomeProps {
  readonly state: ExportState
  readonly run: string
}

function Outcome({ state, run }: OutcomeProps): JSX.Element | null {
  const { cancel } = useSubject('exports', 'cancel')
  switch (state.phase) {
    case 'none':
      return null
    case 'writing': {
      const label = text.use.exporting(formatWords[state.format][language].name, state.done + 1, state.total)
      return (
        <div className="card stack">
          <p>{label}</p>
          <Progress label={label} share={state.done / state.total} />
          <div>
            <Button onClick={cancel}>{text.common.cancel}</Button>
          </div>
        </div>
      )
    }
    case 'failed':
      return <Notice kind="error">{state.message}</Notice>
    case 'written':
      return state.run === run ? <Written result={state.result} /> : null
    default:
      return state
  }
}
