/** @file The camera: what the model says about it, twice a second, until it is paused; a picture can be kept. */
import { useEffect, useRef, useState, type JSX, type RefObject } from 'react'

import type { Prediction } from '../../../core/api/contract/predict.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { GuessBars } from '../../charts/guesses.tsx'
import { thresholdOf } from '../../store/answers.ts'
import { useSelected, useStudio } from '../../studio.ts'
import { date } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { grabPicture, openCamera, type OpenCamera } from '../camera.ts'
import { wordsOfError } from '../../text/sentences.ts'

interface Props {
  readonly run: RunDetails
  readonly onClose: () => void
}

type State =
  | { readonly phase: 'starting' }
  | { readonly phase: 'on'; readonly camera: OpenCamera }
  | { readonly phase: 'failed'; readonly message: string }

/** Asks for the camera when it is shown and releases it when it goes. */
export function UseCamera({ run, onClose }: Props): JSX.Element {
  const [device, setDevice] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  const state = useCamera(device, attempt)
  return (
    <section className="card stack" aria-labelledby="camera">
      <div className="row apart">
        <h2 id="camera">{text.use.camera.title}</h2>
        <Button look="quiet" onClick={onClose}>
          {text.use.camera.stop}
        </Button>
      </div>
      {state.phase === 'starting' ? <Progress label={text.use.camera.starting} /> : null}
      {state.phase === 'failed' ? (
        <Notice
          kind="error"
          action={<Button onClick={() => setAttempt(attempt + 1)}>{text.common.retry}</Button>}
        >
          {state.message}
        </Notice>
      ) : null}
      {state.phase === 'on' ? <Film run={run} camera={state.camera} onDevice={setDevice} /> : null}
      <p className="small soft">{text.use.camera.privacy}</p>
    </section>
  )
}

function useCamera(device: string | null, attempt: number): State {
  const [state, setState] = useState<State>({ phase: 'starting' })
  useEffect(() => {
    let isWanted = true
    let camera: OpenCamera | null = null
    const open = async (): Promise<void> => {
      camera = await openCamera(device)
      if (isWanted) setState({ phase: 'on', camera })
      else camera.close()
    }
    setState({ phase: 'starting' })
    open().catch((error: unknown) => {
      if (isWanted) setState({ phase: 'failed', message: text.use.camera[reasonOf(error)] })
    })
    return () => {
      isWanted = false
      camera?.close()
    }
  }, [device, attempt])
  return state
}

function reasonOf(error: unknown): 'denied' | 'missing' | 'busy' {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy'
}

interface FilmProps {
  readonly run: RunDetails
  readonly camera: OpenCamera
  readonly onDevice: (device: string) => void
}

function Film({ run, camera, onDevice }: FilmProps): JSX.Element {
  const { use } = useStudio()
  const threshold = useSelected('answers', thresholdOf)
  const [isPaused, setPaused] = useState(false)
  const video = useRef<HTMLVideoElement>(null)
  const { prediction, problem } = useLiveGuess(video, run, isPaused)
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = camera.stream
  }, [camera])
  const keep = async (): Promise<void> => {
    if (video.current === null) return
    const picture = await grabPicture(video.current, text.use.camera.picture(date(new Date().toISOString())))
    if (picture !== null) await use.getState().ask(run.folder, [picture])
  }
  const pause = (paused: boolean): void => {
    setPaused(paused)
    if (paused) video.current?.pause()
    else void video.current?.play()
  }
  const best = prediction?.top[0]
  return (
    <div className="film">
      <video ref={video} autoPlay muted playsInline aria-label={text.use.camera.live} />
      <div className="stack">
        <div role="status">
          <h3 className="row">
            {best?.label ?? text.use.asking}
            {best !== undefined && best.probability < threshold ? (
              <span className="tag warning">{text.use.unsure}</span>
            ) : null}
          </h3>
        </div>
        <div className="film-bars">
          {prediction === null ? null : (
            <GuessBars top={steady(prediction.top, run.classes)} classes={run.classes} />
          )}
        </div>
        {problem === null ? null : <Notice kind="error">{problem}</Notice>}
        <div className="row">
          <Button onClick={() => pause(!isPaused)}>
            {isPaused ? text.use.camera.resume : text.use.camera.pause}
          </Button>
          <Button look="primary" onClick={() => void keep()}>
            {text.use.camera.keep}
          </Button>
        </div>
        <DeviceChoice camera={camera} onDevice={onDevice} />
      </div>
    </div>
  )
}

function DeviceChoice({ camera, onDevice }: Pick<FilmProps, 'camera' | 'onDevice'>): JSX.Element | null {
  if (camera.devices.length < 2) return null
  return (
    <label className="row small">
      {text.use.camera.device}
      <select
        className="input select"
        value={camera.device}
        onChange={({ target }) => onDevice(target.value)}
      >
        {camera.devices.map(({ id, name }, index) => (
          <option key={id} value={id}>
            {name === '' ? text.use.camera.nameless(index + 1) : name}
          </option>
        ))}
      </select>
    </label>
  )
}

const mostSteady = 8

/** Few classes keep their places, so that bars grow and shrink and nothing jumps; if there are many, the best come first. */
function steady(top: Prediction['top'], classes: readonly string[]): Prediction['top'] {
  if (classes.length > mostSteady) return top
  return top.toSorted((a, b) => classes.indexOf(a.label) - classes.indexOf(b.label))
}

const everyMs = 500

interface Live {
  readonly prediction: Prediction | null
  readonly problem: string | null
}

/** Asks again half a second after the last question, or as soon as it is answered if that takes longer. */
function useLiveGuess(video: RefObject<HTMLVideoElement | null>, run: RunDetails, isPaused: boolean): Live {
  const { api } = useStudio()
  const [live, setLive] = useState<Live>({ prediction: null, problem: null })
  const { folder, classes } = run
  const top = classes.length > mostSteady ? 5 : classes.length
  useEffect(() => {
    if (isPaused) return undefined
    const interest = new AbortController()
    const { signal } = interest
    const ask = async (): Promise<void> => {
      while (!signal.aborted) {
        const began = performance.now()
        const picture = video.current === null ? null : await grabPicture(video.current, 'camera')
        if (picture !== null) {
          const bytes = new Uint8Array(await picture.arrayBuffer())
          const images = [{ name: picture.name, bytes }]
          const [prediction] = await api.predict.images({ model: folder, images, top }, { signal })
          if (prediction !== undefined) setLive({ prediction, problem: null })
        }
        await pauseFor(Math.max(0, everyMs - (performance.now() - began)))
      }
    }
    ask().catch((error: unknown) => {
      if (!signal.aborted) setLive({ prediction: null, problem: wordsOfError(error) })
    })
    return () => interest.abort()
  }, [api, video, folder, top, isPaused])
  return live
}

async function pauseFor(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}
