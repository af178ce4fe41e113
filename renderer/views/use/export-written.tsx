/** @file The result of an export: each format with its check, its location and its size, and code that uses it. */
import { CircleCheck, Copy, FolderOpen } from 'lucide-react'
import { useState, type JSX } from 'react'

import type { ExportResult } from '../../../core/api/contract/results.ts'
import { useStudio } from '../../studio.ts'
import { megabytes } from '../../text/format.ts'
import { snippetFor, snippetKinds, formatWords, type SnippetKind } from '../../text/export-formats.ts'
import { language } from '../../text/language.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { wordsOfError, worded } from '../../text/sentences.ts'

type Exported = ExportResult['exported'][number]

/** Formats that could not be written say why. */
export function Written({ result }: { readonly result: ExportResult }): JSX.Element {
  const { exported, refused, images } = result
  return (
    <section className="stack" aria-live="polite">
      {refused.map(({ format, reason }) => (
        <Notice key={format} kind="warning">
          <p>
            <strong>{text.use.refused(formatWords[format][language].name)}</strong> {worded(reason)}
          </p>
        </Notice>
      ))}
      {exported.length === 0 ? null : (
        <ul className="card written">
          {exported.map((one) => (
            <li key={one.format}>
              <WrittenFormat exported={one} images={images} />
            </li>
          ))}
        </ul>
      )}
      {exported.length === 0 ? null : <Snippets result={result} />}
    </section>
  )
}

function WrittenFormat({
  exported: { format, path, bytes, maxLogitDifference },
  images,
}: {
  readonly exported: Exported
  readonly images: number
}): JSX.Element {
  const { api } = useStudio()
  const [problem, setProblem] = useState<string | null>(null)
  const reveal = async (): Promise<void> => {
    setProblem(null)
    await api.shell.reveal({ path }).catch((error: unknown) => setProblem(wordsOfError(error)))
  }
  return (
    <div className="stack tight">
      <div className="row apart">
        <h3>{formatWords[format][language].name}</h3>
        <span className="soft number">{megabytes(bytes / 1e6)}</span>
      </div>
      <p className="row verified small">
        <CircleCheck size={16} aria-hidden="true" />
        {text.use.verified(images)}{' '}
        <span className="soft">
          {text.use.difference(maxLogitDifference === 0 ? '0' : maxLogitDifference.toExponential(1))}
        </span>
      </p>
      <div className="row">
        <span className="path">{path}</span>
        <Button className="slim" onClick={() => void reveal()}>
          <FolderOpen size={15} aria-hidden="true" />
          {text.use.reveal}
        </Button>
        <CopyButton className="slim" name={text.use.copyPath} content={path} />
      </div>
      {problem === null ? null : <Notice kind="warning">{problem}</Notice>}
    </div>
  )
}

function Snippets({ result: { exported, model } }: { readonly result: ExportResult }): JSX.Element | null {
  const offers = exported.flatMap((one) => snippetKinds(one.format).map((kind) => ({ kind, one })))
  const [chosen, setChosen] = useState<SnippetKind | null>(null)
  const offer = offers.find(({ kind }) => kind === chosen) ?? offers[0]
  if (offer === undefined) return null
  const code = snippetFor(offer.kind, offer.one, model)
  return (
    <section className="card stack" aria-labelledby="snippet">
      <div className="row apart">
        <h2 id="snippet">{text.use.snippet}</h2>
        <div className="row">
          <label className="row small">
            {text.use.snippetFor}
            <select
              className="input select"
              value={offer.kind}
              onChange={({ target }) =>
                setChosen(offers.find(({ kind }) => kind === target.value)?.kind ?? null)
              }
            >
              {offers.map(({ kind }) => (
                <option key={kind} value={kind}>
                  {kind === 'node' || kind === 'browser'
                    ? text.use.snippets[kind]
                    : formatWords[kind][language].snippet}
                </option>
              ))}
            </select>
          </label>
          <CopyButton key={offer.kind} name={text.use.copy} content={code} />
        </div>
      </div>
      <pre className="snippet" tabIndex={0} role="group" aria-labelledby="snippet">
        <code>{code}</code>
      </pre>
    </section>
  )
}

interface CopyProps {
  readonly name: string
  readonly content: string
  readonly className?: string
}

function CopyButton({ name, content, className }: CopyProps): JSX.Element {
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(content)
    setCopied(true)
  }
  return (
    <Button className={className} onClick={() => void copy()}>
      <Copy size={15} aria-hidden="true" />
      <span role="status">{isCopied ? text.use.copied : name}</span>
    </Button>
  )
}
