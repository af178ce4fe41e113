/** @file The images to learn from: chosen, checked, looked at. */
import { FolderOpen, Sparkles } from 'lucide-react'
import { useMemo, useState, type JSX } from 'react'

import type { CheckedData } from '../../core/api/contract/data.ts'
import { Bars } from '../charts/bars.tsx'
import { splitOf, type DataState } from '../store/data.ts'
import { useStudio, useSubject } from '../studio.ts'
import { count, percent } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Fold } from '../ui/fold.tsx'
import { Notice } from '../ui/notice.tsx'
import { Progress } from '../ui/progress.tsx'
import { FilePicker } from './file-picker.tsx'
import { Screen } from './screen.tsx'
import { ThumbnailWall, type Picture } from './thumbnail-wall.tsx'

/** The first step. */
export function DataView(): JSX.Element {
  const { navigation } = useStudio()
  const { state, check, useSample } = useSubject((studio) => studio.data)
  const [isPicking, setPicking] = useState(false)
  const isReady = state.phase === 'ready'
  return (
    <Screen
      title={text.data.title}
      lead={text.data.lead}
      foot={
        <>
          <span className="path">{isReady ? state.folder : ''}</span>
          <Button look="primary" disabled={!isReady} onClick={() => navigation.getState().go('model')}>
            {text.data.next}
          </Button>
        </>
      }
    >
      <div className="row">
        <Button look={isReady ? 'plain' : 'primary'} onClick={() => setPicking(true)}>
          <FolderOpen size={17} aria-hidden="true" />
          {isReady ? text.data.change : text.data.choose}
        </Button>
        <Button look={isReady ? 'quiet' : 'plain'} onClick={() => void useSample()}>
          <Sparkles size={17} aria-hidden="true" />
          {text.data.sample}
        </Button>
      </div>
      <Content state={state} />
      {isPicking ? (
        <FilePicker
          title={text.picker.folder}
          kind="folder"
          onClose={() => setPicking(false)}
          onChoose={(path) => {
            setPicking(false)
            void check(path)
          }}
        />
      ) : null}
    </Screen>
  )
}

function Content({ state }: { readonly state: DataState }): JSX.Element | null {
  switch (state.phase) {
    case 'empty':
      return null
    case 'sampling':
    case 'checking':
      return <Checking {...state} />
    case 'failed':
      return <Notice kind="error">{state.message}</Notice>
    case 'ready':
      return <Report checked={state.checked} />
    default:
      return null
  }
}

type CheckingState = Extract<DataState, { phase: 'checking' | 'sampling' }>

function Checking({ phase, done, total }: CheckingState): JSX.Element {
  const { data } = useStudio()
  const label = phase === 'sampling' ? text.data.making : text.data.checking
  return (
    <div className="card stack">
      <div className="row apart">
        <h2>{label}</h2>
        <span className="soft number">{total === 0 ? '' : text.data.checked(done, total)}</span>
      </div>
      <Progress label={label} share={total === 0 ? undefined : done / total} />
      <div>
        <Button onClick={() => data.getState().cancel()}>{text.common.cancel}</Button>
      </div>
    </div>
  )
}

function Report({ checked }: { readonly checked: CheckedData }): JSX.Element {
  const { warnings, skipped } = checked
  return (
    <>
      {warnings.map((warning) => (
        <Notice key={warning} kind="warning">
          <p>{warning}</p>
        </Notice>
      ))}
      {warnings.length === 0 ? <Notice kind="done">{text.data.allGood}</Notice> : null}
      <div className="two">
        <Classes checked={checked} />
        <Wall checked={checked} />
      </div>
      {skipped.length === 0 ? null : (
        <Fold title={text.data.skipped(skipped.length)}>
          <p className="soft small">{text.data.skippedHint}</p>
          <table>
            <tbody>
              {skipped.map(({ path, reason }) => (
                <tr key={path}>
                  <th scope="row" className="path">
                    {path}
                  </th>
                  <td className="small">{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Fold>
      )}
    </>
  )
}

function Classes({ checked }: { readonly checked: CheckedData }): JSX.Element {
  const { validationSplit, setSplit } = useSubject((studio) => studio.data)
  const split = useMemo(() => splitOf(checked, validationSplit), [checked, validationSplit])
  const most = Math.max(...split.map(({ training, held }) => training + held))
  const trained = split.reduce((sum, { training }) => sum + training, 0)
  const kept = split.reduce((sum, { held }) => sum + held, 0)
  return (
    <section className="card stack" aria-labelledby="classes">
      <h2 id="classes">{text.data.summary(trained + kept, split.length)}</h2>
      <Bars
        bars={split.map(({ name, training, held }) => ({
          id: name,
          name,
          share: (training + held) / most,
          tail: held / most,
          value: count(training + held),
        }))}
      />
      <p className="small">{text.data.split(trained, kept)}</p>
      {checked.validation === null ? (
        <label className="field">
          <span className="row apart small">
            {text.data.held}
            <strong className="number">{percent(validationSplit)}</strong>
          </span>
          <input
            type="range"
            min={5}
            max={50}
            step={5}
            value={Math.round(100 * validationSplit)}
            onChange={({ target }) => setSplit(Number(target.value) / 100)}
          />
        </label>
      ) : null}
      <p className="small soft">{text.data.splitHint}</p>
    </section>
  )
}

const all = -1

function Wall({ checked }: { readonly checked: CheckedData }): JSX.Element {
  const [label, setLabel] = useState(all)
  const pictures = useMemo(() => picturesOf(checked, label), [checked, label])
  const shown = checked.classes[label]?.name ?? text.data.all
  return (
    <section className="stack" aria-label={text.data.images}>
      <div className="row apart">
        <h2>{text.data.images}</h2>
        <label className="row small">
          {text.data.show}
          <select
            className="input select"
            value={label}
            onChange={({ target }) => setLabel(Number(target.value))}
          >
            <option value={all}>{text.data.all}</option>
            {checked.classes.map(({ name }, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ThumbnailWall key={label} label={text.data.wall(shown)} pictures={pictures} />
    </section>
  )
}

function picturesOf({ root, images, classes }: CheckedData, label: number): Picture[] {
  return images
    .filter((image) => label === all || image.label === label)
    .map((image) => ({ folder: root, path: image.path, name: classes[image.label]?.name ?? image.path }))
}
