/** @file Which images are held back for checking: a share of each class, or a separate folder. */
import type { JSX } from 'react'

import type { CheckedData } from '../../store/data.ts'
import { useSubject } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { useFolderChoice } from '../choose-folder.tsx'
import { usePlannedSplit } from '../planned-split.ts'
import { ShareBar } from '../../charts/bars.tsx'

interface Props {
  readonly checked: CheckedData
}

/** Says what is held back and why, and lets it be changed. */
export function DataSplit({ checked }: Props): JSX.Element {
  const split = usePlannedSplit(checked)
  const training = split.reduce((sum, one) => sum + one.training, 0)
  const held = split.reduce((sum, one) => sum + one.held, 0)
  const share = training + held === 0 ? 0 : held / (training + held)
  return (
    <section className="card stack" aria-labelledby="split">
      <h2 id="split">{text.data.splitTitle}</h2>
      <div className="split-picture" role="img" aria-label={text.data.splitAlt(share)}>
        <ShareBar share={1} tail={share} />
      </div>
      <p className="number">{text.data.split(training, held)}</p>
      {checked.validation === null ? <HeldShare /> : <HeldFolder root={checked.validation.root} />}
      <p className="small soft">{text.data.splitWhy}</p>
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
          aria-valuetext={percent(validationSplit)}
          onChange={({ target }) => setSplit(Number(target.value) / 100)}
        />
      </label>
      <p className="small soft">{text.data.splitHow}</p>
      <div>
        <Button look="quiet" className="inline" title={text.data.ownFolderHint} onClick={folder.choose}>
          {text.data.ownFolder}
        </Button>
      </div>
      {folder.dialog}
    </>
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
      {chosen === null ? null : (
        <div>
          <Button look="quiet" className="inline" onClick={() => void check(chosen)}>
            {text.data.noOwnFolder}
          </Button>
        </div>
      )}
    </>
  )
}
