/** @file The model as files for other programs, each opened again and compared, with lines of code to use it. */
import { Copy } from 'lucide-react'
import { useState, type JSX } from 'react'

import { ExportFormat } from '../../core/api/contract/results.ts'
import type { ExportState } from '../store/use.ts'
import { useSubject } from '../studio.ts'
import { text } from '../text/text.ts'
import { snippetFor } from '../text/snippets.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Progress } from '../ui/progress.tsx'

/** Buttons for the formats, and what came of the last. */
export function ExportPanel({ run }: { readonly run: string }): JSX.Element {
  const { exporting, exportRun } = useSubject((studio) => studio.use)
  const isWriting = exporting.phase === 'writing'
  return (
    <section className="card stack" aria-labelledby="export">
      <div className="stack tight">
        <h2 id="export">{text.use.export}</h2>
        <p className="small soft">{text.use.exportHint}</p>
      </div>
      <div className="choices">
        {ExportFormat.options.map((format) => (
          <button
            key={format}
            type="button"
            className="choice"
            disabled={isWriting}
            onClick={() => void exportRun(run, format)}
          >
            <strong>{text.use.exportTo(text.use.formats[format].name)}</strong>
            <span className="small soft">{text.use.formats[format].hint}</span>
          </button>
        ))}
      </div>
      <Outcome state={exporting} />
    </section>
  )
}

function Outcome({ state }: { readonly state: ExportState }): JSX.Element | null {
  switch (state.phase) {
    case 'none':
      return null
    case 'writing':
      return <Progress label={text.use.exporting} />
    case 'failed':
      return <Notice kind="error">{state.message}</Notice>
    case 'written':
      return <Written {...state} />
    default:
      return state
  }
}

function Written({ result, format }: Extract<ExportState, { phase: 'written' }>): JSX.Element {
  const [exported] = result.exported
  if (exported === undefined) return <Notice kind="error">{result.refused[0]?.reason ?? ''}</Notice>
  const difference = exported.maxLogitDifference.toExponential(1)
  return (
    <div className="stack">
      <Notice kind="done">
        <p>{text.use.verified(result.images, difference)}</p>
        <p>
          {text.use.written} <code>{exported.path}</code>
        </p>
      </Notice>
      <Snippet code={snippetFor(format, exported)} />
    </div>
  )
}

function Snippet({ code }: { readonly code: string }): JSX.Element {
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(code)
    setCopied(true)
  }
  return (
    <div className="stack tight">
      <div className="row apart">
        <h3>{text.use.snippet}</h3>
        <Button look="quiet" onClick={() => void copy()}>
          <Copy size={15} aria-hidden="true" />
          <span role="status">{isCopied ? text.use.copied : text.use.copy}</span>
        </Button>
      </div>
      <pre tabIndex={0} role="group" aria-label={text.use.snippet}>
        <code>{code}</code>
      </pre>
    </div>
  )
}
