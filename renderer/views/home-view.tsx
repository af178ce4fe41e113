/** @file The first screen: two ways to begin, and earlier work. */
import { FolderOpen, Sparkles } from 'lucide-react'
import { useEffect, useState, type JSX } from 'react'

import type { RunSummary } from '../../core/api/contract/runs.ts'
import { AppError } from '../../core/errors.ts'
import { useStudio } from '../studio.ts'
import { date } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Notice } from '../ui/notice.tsx'
import { Progress } from '../ui/progress.tsx'
import { FilePicker } from './file-picker.tsx'
import { Screen } from './screen.tsx'

/** Leads on to the data, or opens a run where it was left. */
export function HomeView(): JSX.Element {
  const { data, navigation } = useStudio()
  const [isPicking, setPicking] = useState(false)
  const begin = (start: () => Promise<void>): void => {
    navigation.getState().go('data')
    void start()
  }
  return (
    <Screen title={text.home.title} lead={text.home.lead}>
      <div className="hero">
        <button
          type="button"
          className="hero-card primary"
          onClick={() => begin(async () => data.getState().useSample())}
        >
          <Sparkles size={28} aria-hidden="true" />
          <strong>{text.home.sample}</strong>
          <span>{text.home.sampleHint}</span>
        </button>
        <button type="button" className="hero-card" onClick={() => setPicking(true)}>
          <FolderOpen size={28} aria-hidden="true" />
          <strong>{text.home.own}</strong>
          <span>{text.home.ownHint}</span>
        </button>
      </div>
      <EarlierRuns />
      {isPicking ? (
        <FilePicker
          title={text.picker.folder}
          kind="folder"
          onClose={() => setPicking(false)}
          onChoose={(path) => {
            setPicking(false)
            begin(async () => data.getState().check(path))
          }}
        />
      ) : null}
    </Screen>
  )
}

type Runs = readonly RunSummary[] | 'loading' | { readonly problem: string }

function EarlierRuns(): JSX.Element {
  const { api } = useStudio()
  const [runs, setRuns] = useState<Runs>('loading')
  useEffect(() => {
    const interest = new AbortController()
    api.runs.list(undefined, { signal: interest.signal }).then(setRuns, (error: unknown) => {
      if (!interest.signal.aborted) setRuns({ problem: AppError.from(error).message })
    })
    return () => interest.abort()
  }, [api])
  return (
    <section className="stack" aria-labelledby="earlier">
      <h2 id="earlier">{text.home.earlier}</h2>
      <RunList runs={runs} />
    </section>
  )
}

function RunList({ runs }: { readonly runs: Runs }): JSX.Element {
  if (runs === 'loading') return <Progress label={text.home.loading} />
  if ('problem' in runs) return <Notice kind="error">{runs.problem}</Notice>
  if (runs.length === 0) return <p className="soft">{text.home.noRuns}</p>
  return (
    <ul className="runs">
      {runs.map((run) => (
        <li key={run.id}>
          <RunLine run={run} />
        </li>
      ))}
    </ul>
  )
}

function RunLine({ run }: { readonly run: RunSummary }): JSX.Element {
  const { navigation, training, results } = useStudio()
  const open = (): void => {
    results.getState().forget()
    navigation.getState().go(run.status === 'finished' ? 'results' : 'train')
    void training.getState().open(run.id)
  }
  return (
    <button type="button" className="run" onClick={open}>
      <span>
        <strong className="clip">{run.name}</strong>
        <span className="small soft clip">
          {date(run.createdAt)} · {run.classes.join(', ')}
        </span>
      </span>
      <span className="number">{run.bestAccuracy === null ? '' : text.home.accuracy(run.bestAccuracy)}</span>
      <span className={run.status === 'training' ? 'tag accent' : 'tag'}>{text.home.status[run.status]}</span>
    </button>
  )
}
