/** @file Which photos are held back for checking: a share of each kind, or a separate folder. */
import type { JSX } from 'react'

import type { PhotoCounts } from '../../store/arrangement.ts'
import type { CheckedData } from '../../store/data.ts'
import { useSubject } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { useFolderChoice } from '../choose-folder.tsx'

interface Props {
  readonly checked: CheckedData
  readonly counts: PhotoCounts
}

/** Says what is held back, and folded away why; lets it be changed. */
export function DataSplit({ checked, counts }: Props): JSX.Element {
  const training = counts.training.reduce((sum, one) => sum + one, 0)
  const held = counts.held.reduce((sum, one) => sum + one, 0)
  return (
    <section className="split stack tight" aria-labelledby="split">
      <h2 id="split">{text.data.splitTitle}</h2>
      <p className="number small">{text.data.split(training, held)}</p>
      {checked.validation === null ? <HeldShare /> : <HeldFolder root={checked.validation.root} />}
    </section>
  )
}

function HeldShare(): JSX.Element {
  const { state, validationSplit, setSplit, check } = useSubject(
    'data',
    'state',
    'validationSplit',
    'setSplit',
    'check',
  )
  const folder = useFolderChoice(text.data.ownFolder, (path) => {
    if (state.phase === 'ready') void check(state.folder, path)
  })
  return (
    <>
      <label className="split-share small">
        <span className="visually-hidden">{text.data.held}</span>
        <input
          type="range"
          min={5}
          max={50}
          step={5}
          value={Math.round(100 * validationSplit)}
          aria-valuetext={percent(validationSplit)}
          onChange={({ target }) => setSplit(Number(target.value) / 100)}
        />
        <strong className="number">{percent(validationSplit)}</strong>
      </label>
      <Why>
        <p>{text.data.splitHow}</p>
        <Button look="quiet" className="inline" title={text.data.ownFolderHint} onClick={folder.choose}>
          {text.data.ownFolder}
        </Button>
      </Why>
      {folder.dialog}
    </>
  )
}

function Why({ children }: { readonly children: React.ReactNode }): JSX.Element {
  return (
    <Fold title={text.wall.why}>
      <div className="stack tight small soft">
        <p>{text.data.splitWhy}</p>
        {children}
      </div>
    </Fold>
  )
}

function HeldFolder({ root }: { readonly root: string }): JSX.Element {
  const { state, check } = useSubject('data', 'state', 'check')
  // A folder with a part for each brings its own; only one that was chosen can be dropped.
  const chosen = state.phase === 'ready' && state.validation !== null ? state.folder : null
  return (
    <>
      <p className="small">
        {text.data.usesFolder} <span className="path">{root}</span>
      </p>
      <Why>
        {chosen === null ? null : (
          <Button look="quiet" className="inline" onClick={() => void check(chosen)}>
            {text.data.noOwnFolder}
          </Button>
        )}
      </Why>
    </>
  )
}
