/** @file A picture on which, if wanted, the parts that matter to the model stay bright; and how to change that. */
import { useEffect, useId, useLayoutEffect, useRef, useState, type JSX } from 'react'

import type { Api } from '../../core/api/contract.ts'
import type { Attention, AttentionMap } from '../../core/api/contract/predict.ts'
import { brightnessOf, shadeOf } from '../charts/spotlight.ts'
import type { Layers } from '../store/attention.ts'
import { imageToPredict, keyOfSource, type ImageSource } from '../store/image-source.ts'
import { useStudio, useSubject } from '../studio.ts'
import { text } from '../text/text.ts'
import { Notice } from '../ui/notice.tsx'
import { SourcePicture } from './source-picture.tsx'
import { wordsOfError } from '../text/sentences.ts'

interface Props {
  /** Folder of a run, or path of a model. */
  readonly model: string
  readonly source: ImageSource
  readonly alt: string
  /** Pixels of the longer side, for pictures of the engine's machine. */
  readonly size: number
}

/** The picture keeps its shape; without a map, or before it has arrived, it is shown unchanged. */
export function AttentionPicture({ model, source, alt, size }: Props): JSX.Element {
  const { isShown, layers } = useSubject('attention', 'isShown', 'layers')
  const { attention, problem } = useAttention(model, source, isShown)
  const isLit = isShown && attention !== null
  return (
    <div className="lit-frame">
      <div className="lit">
        <SourcePicture
          source={source}
          alt={isLit ? text.results.attention.alt(alt) : alt}
          size={size}
          className="lit-image"
        />
        {isLit ? <Shade map={attention[layers]} /> : null}
        {isShown && attention === null && problem === null ? (
          <p className="lit-note small" role="status">
            {text.results.attention.working}
          </p>
        ) : null}
      </div>
      {isShown && problem !== null ? <Notice kind="warning">{problem}</Notice> : null}
    </div>
  )
}

/** The browser makes the small canvas, a pixel for each patch, as large as the picture and smooth. */
function Shade({ map }: { readonly map: AttentionMap }): JSX.Element {
  const { strength } = useSubject('attention', 'strength')
  const canvas = useRef<HTMLCanvasElement>(null)
  const { rows, columns, shares } = map
  useLayoutEffect(() => {
    const shade = new ImageData(shadeOf(brightnessOf(shares), strength), columns, rows)
    canvas.current?.getContext('2d')?.putImageData(shade, 0, 0)
  }, [rows, columns, shares, strength])
  return <canvas ref={canvas} className="lit-shade" width={columns} height={rows} aria-hidden="true" />
}

interface Found {
  readonly attention: Attention | null
  readonly problem: string | null
}

const nothing: Found = { attention: null, problem: null }

function useAttention(model: string, source: ImageSource, isWanted: boolean): Found {
  const { api } = useStudio()
  const key = keyOfSource(source)
  const [found, setFound] = useState<Found & { readonly key: unknown }>({ ...nothing, key: null })
  useEffect(() => {
    if (!isWanted) return undefined
    const interest = new AbortController()
    const update = (change: Partial<Found>): void => {
      if (!interest.signal.aborted) setFound({ ...nothing, ...change, key })
    }
    void askAttention(api, model, source, interest.signal).then(
      (attention) => update({ attention }),
      (error: unknown) => update({ problem: wordsOfError(error) }),
    )
    return () => interest.abort()
    // The key represents the source, which may be a new object for the same picture. oxlint-disable-next-line
    // react-hooks/exhaustive-deps
  }, [api, model, key, isWanted])
  return found.key === key ? found : nothing
}

async function askAttention(
  api: Api,
  model: string,
  source: ImageSource,
  signal: AbortSignal,
): Promise<Attention> {
  return api.predict.attention({ model, image: await imageToPredict(source) }, { signal })
}

/** The choice for all pictures, and what the light means. */
export function AttentionChoice(): JSX.Element {
  const { isShown, show } = useSubject('attention', 'isShown', 'show')
  return (
    <div className="stack tight">
      <label className="row check">
        <input type="checkbox" checked={isShown} onChange={({ target }) => show(target.checked)} />
        {text.results.attention.show}
      </label>
      {isShown ? <AttentionSettings /> : null}
    </div>
  )
}

function AttentionSettings(): JSX.Element {
  const { layers, strength, setLayers, setStrength } = useSubject(
    'attention',
    'layers',
    'strength',
    'setLayers',
    'setStrength',
  )
  const layersId = useId()
  const strengthId = useId()
  const names: Readonly<Record<Layers, string>> = {
    rollout: text.results.attention.allLayers,
    lastLayer: text.results.attention.lastLayer,
  }
  return (
    <>
      <p className="small soft">
        {text.results.attention.hint}{' '}
        <span className="lit-legend" aria-hidden="true">
          {text.results.attention.little}
          <span />
          {text.results.attention.much}
        </span>
      </p>
      <div className="lit-settings small">
        <label htmlFor={layersId}>{text.results.attention.layers}</label>
        <select
          id={layersId}
          className="input select"
          value={layers}
          onChange={({ target }) => setLayers(target.value === 'lastLayer' ? 'lastLayer' : 'rollout')}
        >
          {(['rollout', 'lastLayer'] as const).map((one) => (
            <option key={one} value={one}>
              {names[one]}
            </option>
          ))}
        </select>
        <label htmlFor={strengthId}>{text.results.attention.strength}</label>
        <input
          id={strengthId}
          className="short-range"
          type="range"
          min={20}
          max={100}
          step={5}
          value={Math.round(100 * strength)}
          onChange={({ target }) => setStrength(Number(target.value) / 100)}
        />
      </div>
    </>
  )
}
