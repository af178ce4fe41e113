/** @file The resolution: a slider of patch multiples over one of the person's own photos, with what it costs. */
import { RotateCcw, Shuffle } from 'lucide-react'
import { useState, type JSX } from 'react'

import type { Estimate, ModelDescription, TrainingSpeed } from '../../../core/api/contract/models.ts'
import { relativeWork, resolutionRange } from '../../store/model.ts'
import { useSubject } from '../../studio.ts'
import { brief, duration, megabytes } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PatchGrid } from './patch-grid.tsx'
import type { Picture } from '../data/thumbnail.tsx'

interface Props {
  readonly model: ModelDescription
  readonly resolution: number
}

/** The slider snaps to multiples of the patch; the arrow keys move it by one patch. */
export function ModelResolution({ model, resolution }: Props): JSX.Element {
  const { setResolution, estimate, speed } = useSubject('model', 'setResolution', 'estimate', 'speed')
  const { picture, another } = usePhoto()
  const { least, most } = resolutionRange(model)
  const patches = resolution / model.patch
  const native = Math.min(model.resolution.height, model.resolution.width)
  return (
    <section className="card stack" aria-labelledby="resolution">
      <div className="row apart">
        <h2 id="resolution">{text.model.resolution}</h2>
        <strong className="number">{text.model.pixels(resolution)}</strong>
      </div>
      <input
        type="range"
        aria-label={text.model.resolution}
        aria-valuetext={`${text.model.pixels(resolution)}, ${text.model.grid(patches)}`}
        min={least}
        max={most}
        step={model.patch}
        value={resolution}
        onChange={({ target }) => setResolution(Number(target.value))}
      />
      <div className="resolution-body">
        <div className="stack tight">
          <PatchGrid picture={picture} patches={patches} />
          {another === null ? null : (
            <Button look="quiet" onClick={another}>
              <Shuffle size={16} aria-hidden="true" />
              {text.model.anotherPhoto}
            </Button>
          )}
        </div>
        <div className="stack tight small">
          <p>
            {text.model.gridOf(patches)}{' '}
            {resolution === native
              ? text.model.same
              : text.model.effort(brief(relativeWork(model, resolution)))}
          </p>
          <Costs estimate={estimate} speed={speed} />
          {resolution === native ? null : (
            <div>
              <Button look="quiet" onClick={() => setResolution(native)}>
                <RotateCcw size={16} aria-hidden="true" />
                {text.model.backToNative(native)}
              </Button>
            </div>
          )}
        </div>
      </div>
      <p className="small soft">{text.model.resolutionHint}</p>
    </section>
  )
}

interface CostProps {
  readonly estimate: Estimate | null
  readonly speed: TrainingSpeed | null
}

/** Memory, and the time of the presets; while the slider moves, the last figures stay. */
function Costs({ estimate, speed }: CostProps): JSX.Element | null {
  if (estimate === null) return null
  const { memoryMB, availableMB, microBatch, gflopPerImage } = estimate
  if (microBatch === null) return <Notice kind="warning">{text.model.tooMuch(megabytes(availableMB))}</Notice>
  const batch = speed?.batch ?? microBatch
  return (
    <>
      <p>
        {text.model.memory(megabytes(memoryMB), megabytes(availableMB))}{' '}
        {microBatch < batch ? text.model.microBatch(batch, microBatch) : null}
      </p>
      {speed === null ? null : <Times speed={speed} secondsPerImage={gflopPerImage / speed.gflops} />}
    </>
  )
}

interface TimesProps {
  readonly speed: TrainingSpeed
  readonly secondsPerImage: number
}

function Times({ speed, secondsPerImage }: TimesProps): JSX.Element {
  const step = secondsPerImage * speed.batch
  return (
    <>
      <p>{text.model.times(speed.device)}</p>
      <dl className="preset-times">
        {speed.presets.map(({ preset, fullSteps }) => (
          <div key={preset}>
            <dt>{text.train.presets[preset].name}</dt>
            <dd className="number">{duration(fullSteps * step)}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">
        {text.model.perStep(step < 1 ? text.model.milliseconds(1000 * step) : duration(step))}
      </p>
    </>
  )
}

interface Photo {
  readonly picture: Picture | null
  /** Shows another one; null if there is none. */
  readonly another: (() => void) | null
}

/** Steps through the photos by a stride that shares no pattern with folders of usual sizes. */
const stride = 37

function usePhoto(): Photo {
  const { state } = useSubject('data', 'state')
  const [turn, setTurn] = useState(0)
  if (state.phase !== 'ready') return { picture: null, another: null }
  const { images, root } = state.checked
  const image = images.at((turn * stride) % Math.max(1, images.length))
  return {
    picture: image === undefined ? null : { folder: root, path: image.path, name: image.path },
    another: images.length > 1 ? () => setTurn((before) => before + 1) : null,
  }
}
