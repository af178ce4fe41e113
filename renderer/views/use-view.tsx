/** @file The model at work: new images dropped on it, and exports to other programs. */
import { Images } from 'lucide-react'
import { useEffect, useRef, useState, type JSX } from 'react'

import { Bars } from '../charts/bars.tsx'
import type { Asked } from '../store/use.ts'
import { useSubject } from '../studio.ts'
import { percent } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Progress } from '../ui/progress.tsx'
import { ExportPanel } from './export-panel.tsx'
import { Screen } from './screen.tsx'

/** The fifth step. Drops are taken by the window, on any screen that has a trained model. */
export function UseView(): JSX.Element {
  const { state } = useSubject((studio) => studio.training)
  const { asked, problem, ask, clear } = useSubject((studio) => studio.use)
  const chooser = useRef<HTMLInputElement>(null)
  const run = state.phase === 'run' ? state.run : null
  return (
    <Screen title={text.use.title} lead={text.use.lead}>
      <div className="drop-zone">
        <Images size={32} aria-hidden="true" />
        <h2>{text.use.drop}</h2>
        <Button look="primary" disabled={run === null} onClick={() => chooser.current?.click()}>
          {text.use.choose}
        </Button>
        <input
          ref={chooser}
          type="file"
          accept="image/*"
          multiple
          hidden
          aria-label={text.use.choose}
          onChange={({ target }) => {
            if (run !== null) void ask(run.folder, [...(target.files ?? [])])
            target.value = ''
          }}
        />
      </div>
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      {asked.length === 0 ? null : (
        <section className="stack" aria-label={text.use.answers}>
          <div className="row apart">
            <Threshold />
            <Button look="quiet" onClick={clear}>
              {text.use.clear}
            </Button>
          </div>
          <ul className="answers" aria-live="polite">
            {asked.map((one) => (
              <li key={one.key}>
                <Answer asked={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {run === null ? null : <ExportPanel run={run.id} />}
    </Screen>
  )
}

function Threshold(): JSX.Element {
  const { threshold, setThreshold } = useSubject((studio) => studio.use)
  return (
    <label className="row small">
      {text.use.unsureHint}
      <input
        className="short-range"
        type="range"
        min={0}
        max={100}
        step={5}
        value={Math.round(100 * threshold)}
        onChange={({ target }) => setThreshold(Number(target.value) / 100)}
      />
      <strong className="number">{percent(threshold)}</strong>
    </label>
  )
}

function Answer({ asked: { file, prediction } }: { readonly asked: Asked }): JSX.Element {
  const source = useObjectUrl(file)
  return (
    <article className="answer" aria-label={text.use.guesses(file.name)}>
      {source === null ? (
        <div className="answer-image" />
      ) : (
        <img className="answer-image" src={source} alt={file.name} />
      )}
      <div className="stack tight">
        <span className="clip small soft" title={file.name}>
          {file.name}
        </span>
        {prediction === null ? <Progress label={text.use.asking} /> : <Guesses prediction={prediction} />}
      </div>
    </article>
  )
}

function Guesses({ prediction }: { readonly prediction: NonNullable<Asked['prediction']> }): JSX.Element {
  const { threshold } = useSubject((studio) => studio.use)
  const { top, reason } = prediction
  const [best] = top
  if (best === undefined) return <Notice kind="error">{reason ?? ''}</Notice>
  const isUnsure = best.probability < threshold
  return (
    <>
      <h3 className="row">
        {best.label}
        {isUnsure ? <span className="tag warning">{text.use.unsure}</span> : null}
      </h3>
      <Bars
        bars={top.map(({ label, probability }) => ({
          id: label,
          name: label,
          share: probability,
          value: percent(probability),
        }))}
      />
    </>
  )
}

function useObjectUrl(file: File): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url
}
