/**
 * @file A studio that answers at once, over the real contract and the real wire: for tests of the window's stores,
 * where training takes no time. A test replaces what it needs to be different.
 */
import type * as z from 'zod'

import { connect } from '../../core/api/client.ts'
import { contract, type Api, type ApiHandlers } from '../../core/api/contract.ts'
import { type CheckedData, type DataImage, type ImageColumns } from '../../core/api/contract/data.ts'
import type { RunHistory, TrainEvent } from '../../core/api/contract/metrics.ts'
import { type FewShotResult } from '../../core/api/contract/few-shot.ts'
import { packSteps } from '../../core/api/contract/step-table.ts'
import { type ModelDescription } from '../../core/api/contract/models.ts'
import { say } from '../../core/sentence.ts'
import { type Evaluation } from '../../core/api/contract/results.ts'
import { type RunDetails } from '../../core/api/contract/runs.ts'
import { portPair } from './port-pair.ts'
import { serve } from '../../core/api/server.ts'
import { AppError } from '../../core/errors.ts'
import { fakeCatalogue } from './fake-catalogue.ts'
import { exportsOf } from './fake-exports.ts'
import { fakeLabels } from './fake-labels.ts'
import { fakeInspect } from './fake-inspect.ts'
import { fakeMap } from './fake-map.ts'
import { fakeProjects } from './fake-projects.ts'
import { outside } from '../../core/sentence.ts'

const kinds = ['ripe', 'unripe', 'rotten'] as const

const images: DataImage[] = kinds.flatMap((kind, label) =>
  Array.from({ length: 20 + 10 * label }, (_, i) => ({
    path: `${kind}/${i}.jpg`,
    label,
    width: 640,
    height: 480,
  })),
)

export const starter: ModelDescription = {
  path: '/models/starter',
  name: 'starter',
  kind: 'checkpoint',
  family: 'Hugging Face ViT',
  parameters: 1_400_000,
  bytes: 2_800_000,
  patch: 8,
  resolution: { height: 96, width: 96 },
  width: 192,
  depth: 6,
  heads: 3,
  gelu: 'erf',
  pooling: 'class',
  layerNormEpsilon: 1e-6,
  normalisation: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  labels: null,
  notes: [say`Layout: ${'Hugging Face layout'}, recognised by the tensors\' names.`],
  overrides: null,
  gflopPerImage: 2,
}

function columnsOf(some: readonly DataImage[]): ImageColumns {
  const sizes = Uint32Array.from(some.flatMap(({ width, height }) => [width, height]))
  return { paths: some.map(({ path }) => path).join('//'), sizes: new Uint8Array(sizes.buffer) }
}

/** A checkpoint of which something can be corrected. */
export const opened: ModelDescription = {
  ...starter,
  path: '/models/opened.safetensors',
  name: 'opened.safetensors',
  family: 'DeiT (timm layout)',
  overrides: {},
}

/** A preview that reaches `accuracy` with the most shots. */
export function fewShotResult(path: string, accuracy: number): FewShotResult {
  return {
    path,
    shots: [1, 5, 10, 25].map((shots) => ({
      shots,
      images: 3 * shots,
      accuracy: accuracy - 0.3 / shots + 0.012,
      spread: 0.1 / shots,
    })),
    perClass: kinds.map((name, i) => ({ name, tests: 6, accuracy: 1 - 0.1 * i })),
    confusion: {
      classes: ['rotten', 'unripe'],
      counts: [
        [14, 4],
        [2, 16],
      ],
    },
    seconds: 3,
  }
}

/** A run that asked for 40 steps. */
export function runWith(change: Partial<RunDetails>): RunDetails {
  return {
    id: 'fruit',
    name: 'fruit',
    folder: '/runs/fruit',
    project: null,
    createdAt: '2026-11-21T10:00:00.000Z',
    status: 'training',
    model: { source: starter.path, family: starter.family },
    data: '/photos/fruit',
    classes: [...kinds],
    resolution: starter.resolution,
    step: 0,
    steps: 40,
    bestAccuracy: null,
    settings: {
      batch: 32,
      microBatch: 32,
      learningRate: 0.002,
      warmup: 4,
      head: 'probe',
      optimiser: 'sgd',
      momentum: 0.9,
      clip: 1,
      balance: 'none',
      framing: 'squash',
      augment: 'standard',
      train: { part: 'everything' },
      firstResolution: null,
      searched: false,
      seed: 0,
      evaluateEvery: 10,
      engine: 'cpu',
    },
    heldOut: { images: 18, sum: 'fruit' },
    accuracyInterval: null,
    patch: 8,
    probe: null,
    answers: { model: 'trained', fairness: 0, unsureBelow: null },
    temperature: null,
    mixed: null,
    training: 72,
    validation: images.filter((_, i) => i % 5 === 0),
    validationRoot: '/photos/fruit',
    skipped: [],
    warnings: [],
    search: null,
    notes: [],
    recovery: [],
    ...change,
  }
}

/** What training from `from` reports up to step `to`: an evaluation every ten steps, `done` after the last. */
export function eventsOf(from: number, to: number): TrainEvent[] {
  const device = { kind: 'cpu', name: 'Processor, 8 threads' }
  const events: TrainEvent[] = [
    { type: 'start', step: from, steps: 40, training: 72, validation: 18, device, notes: [], remarks: [] },
  ]
  for (let step = from + 1; step <= to; step++) {
    events.push({
      type: 'step',
      step,
      loss: 1.1 * Math.exp(-step / 20),
      accuracy: 1 - 0.66 * Math.exp(-step / 14),
      gradNorm: 1,
      learningRate: 0.002,
      imagesPerSecond: 61.2,
      secondsLeft: (40 - step) / 2,
      memoryMB: 812,
    })
    if (step % 10 === 0) events.push(evaluationAt(step))
  }
  if (to !== 40) return events
  const ends = { bestAccuracy: 0.9, bestStep: 40, finalAccuracy: 0.9, finalLoss: 0.4, steps: 40 }
  const probe = { probeAccuracy: 0.8, temperature: 1.2, calibrationError: { before: 0.08, after: 0.03 } }
  const result = { ...ends, ...probe, imagesPerSecond: 61.2, mixture: null, balancedAccuracy: 0.9 }
  return [...events, { type: 'done', result, times: { seconds: 40, toBest: 40 } }]
}

/** What is stored of events. */
export function historyOf(events: readonly TrainEvent[]): z.output<typeof RunHistory> {
  return {
    steps: packSteps(events.filter((event) => event.type === 'step')),
    evaluations: events.filter((event) => event.type === 'evaluation'),
    examples: events.filter((event) => event.type === 'examples'),
  }
}

function evaluationAt(step: number): Extract<TrainEvent, { type: 'evaluation' }> {
  const accuracy = 0.9 - 0.5 * Math.exp(-step / 12)
  const accuracyInterval = { low: accuracy - 0.1, high: Math.min(1, accuracy + 0.1) }
  return {
    type: 'evaluation',
    step,
    accuracy,
    loss: 1.2 * Math.exp(-step / 30),
    accuracyInterval,
    best: true,
  }
}

/** Held-out images of which the last of every class are mistaken for the next class, one more confidently than the other. */
export function evaluation(): Evaluation {
  const perKind = 6
  const judged = kinds.flatMap((kind, label) =>
    Array.from({ length: perKind }, (_, i) => {
      const predicted = i < 4 ? label : (label + 1) % kinds.length
      return { path: `${kind}/${i}.jpg`, label, predicted, probability: 0.5 + 0.08 * i, trueProbability: 0.3 }
    }),
  )
  return {
    root: '/photos/fruit',
    accuracy: 12 / 18,
    accuracyInterval: { low: 0.437, high: 0.837 },
    balancedAccuracy: 12 / 18,
    loss: 0.8,
    calibrationError: { before: 0.12, after: 0.05 },
    reliability: { before: [], after: [] },
    answers: { model: 'trained', fairness: 0, unsureBelow: null },
    probe: null,
    thresholds: [{ precision: 0.9, probability: 0.82, answered: 0.5 }],
    confusion: kinds.map((_, truth) =>
      kinds.map((__, guess) => judged.filter((one) => one.label === truth && one.predicted === guess).length),
    ),
    perClass: kinds.map((name) => ({
      name,
      trained: 24,
      support: perKind,
      precision: 2 / 3,
      recall: 2 / 3,
      f1: 2 / 3,
    })),
    images: judged,
    skipped: [],
  }
}

/** Three kinds of fruit, as a check finds them. */
function checkedFruit(root: string): CheckedData {
  return {
    root,
    classes: kinds.map((name, label) => ({ name, images: 20 + 10 * label, validation: null })),
    images: columnsOf(images),
    groups: new Uint8Array(Uint32Array.from(images.keys()).buffer),
    flags: new Uint8Array(images.length),
    aside: { ...columnsOf([]), labels: new Uint8Array(), flags: new Uint8Array() },
    validation: null,
    skipped: [{ path: 'ripe/notes.txt', reason: outside('It is not an image.') }],
    warnings: [{ kind: 'fewImages', classes: ['ripe'], fewest: 30 }],
  }
}

/** Answers to everything; the state of the run is up to `run`. */
export function fakeHandlers(): ApiHandlers {
  return {
    studio: { version: () => ({ version: '0.0.0', home: '/home' }) },
    devices: {
      list: () => [{ kind: 'cpu', name: 'Processor', memoryMB: 16_000, gflops: 180, reason: null }],
    },
    folders: {
      list: ({ path = '/home' }) => ({
        path,
        name: path.slice(path.lastIndexOf('/') + 1),
        parent: '/',
        folders: [{ name: 'fruit', path: '/home/fruit' }],
        models: [],
        images: 0,
        places: [{ name: 'Home', path: '/home' }],
      }),
    },
    data: {
      check: async function* ({ folder }) {
        yield { type: 'progress', done: 45, total: 90 }
        if (folder === '/home/empty')
          throw new AppError('invalid_input', 'There are no images in /home/empty.')
        yield { type: 'done', data: checkedFruit(folder) }
      },
      recheck: () => checkedFruit('/home/fruit'),
      preview: () => new Uint8Array(),
      thumbnail: () => new Uint8Array(),
      sample: async function* () {
        yield { type: 'progress', done: 1, total: 2 }
        yield { type: 'done', train: '/sample/train', test: '/sample/test' }
      },
      beginDrop: () => ({ drop: 'drop' }),
      receive: () => undefined,
      endDrop: ({ keep }) => ({ folder: keep ? '/home/dropped/fruit' : null }),
    },
    inspect: fakeInspect,
    map: fakeMap(images),
    models: {
      list: () => [{ path: starter.path, name: 'starter', source: 'starter', model: starter, problem: null }],
      describe: ({ path }) => (path === starter.path ? starter : { ...opened, path }),
      forget: () => undefined,
      speed: () => ({
        device: 'Processor, 8 threads',
        gflops: 120,
        batch: 32,
        presets: [
          { preset: 'quick', fullSteps: 100 },
          { preset: 'standard', fullSteps: 500 },
          { preset: 'thorough', fullSteps: 2500 },
        ],
      }),
      positions: () => {
        const map = { rows: 2, columns: 2, values: [1, 0.5, 0.25, 0] }
        return { before: map, after: map }
      },
      fewShotKnown: () => null,
      rememberFewShot: () => undefined,
      fewShot: async function* ({ models }) {
        yield { type: 'checking', done: 45, total: 90 }
        yield { type: 'images', classes: 3, tests: 18, heldOut: 18 }
        for (const [place, { path }] of models.entries()) {
          yield { type: 'progress', path, done: 30, total: 60 }
          yield { type: 'result', result: fewShotResult(path, 0.7 + 0.1 * place) }
        }
        yield { type: 'done', best: models.at(-1)?.path ?? null, alike: [] }
      },
      estimate: () => ({ memoryMB: 900, availableMB: 12_000, microBatch: 32, gflopPerImage: 2 }),
    },
    catalogue: fakeCatalogue(),
    projects: fakeProjects(),
    labels: fakeLabels([{ root: '/home/fruit', classes: kinds, images }]),
    runs: {
      list: () => [runWith({ status: 'finished', step: 40, bestAccuracy: 0.9 })],
      get: () => runWith({ status: 'finished', step: 40, bestAccuracy: 0.9 }),
      start: async function* () {
        yield { type: 'progress', done: 1, total: 2 }
        yield { type: 'done', run: 'fruit' }
      },
      resume: () => undefined,
      follow: async function* () {
        yield* eventsOf(0, 40)
      },
      stop: () => undefined,
      pause: () => undefined,
      plan: ({ steps = 100 }) => ({
        steps,
        batch: 32,
        learningRate: 0.03,
        warmup: 10,
        optimiser: 'sgd',
        momentum: 0.9,
        clip: 1,
        augment: 'standard',
        head: 'probe',
        train: { part: 'everything' },
        progressive: null,
        trials: 0,
        evaluations: 10,
        epochs: (steps * 32) / 72,
        device: 'Processor',
        imagesPerSecond: 40,
        seconds: (steps * 32) / 40,
        isMeasured: false,
      }),
      rename: () => undefined,
      remove: () => undefined,
      restore: () => undefined,
      augmented: () => [],
      history: () => historyOf([]),
    },
    results: {
      evaluate: async function* () {
        yield { type: 'progress', done: 9, total: 18 }
        yield { type: 'done', evaluation: evaluation() }
      },
      stored: () => null,
      precisionRecall: () => [],
      report: () => ({ name: 'fruit', html: '<!doctype html>' }),
      typical: async function* () {
        yield { type: 'done', typical: { root: '/photos/fruit', images: [] } }
      },
      choose: () => undefined,
      unlearned: ({ files }) => files,
      export: async function* ({ formats }) {
        yield { type: 'format', format: formats[0] ?? 'onnx', done: 0 }
        yield { type: 'done', result: exportsOf(formats) }
      },
    },
    shell: {
      about: () => ({ kind: 'browser', dialogs: false }),
      chooseFolder: () => null,
      chooseFile: () => null,
      chooseNewFile: () => null,
      reveal: () => undefined,
      commands: async function* () {
        yield* []
      },
    },
    predict: {
      images: ({ images: asked }) =>
        asked.map((image) => ({
          name: 'name' in image ? image.name : image.path,
          top: kinds.map((label, rank) => ({ label, probability: [0.55, 0.3, 0.15][rank] ?? 0 })),
          reason: null,
        })),
      folder: async function* () {
        yield { done: 0, total: 3, images: [], skipped: [] }
        const predicted = kinds.map((label, i) => ({
          path: `${label}/new.jpg`,
          top: [{ label, probability: 0.9 - 0.3 * i }],
        }))
        const skipped = [{ path: 'notes.txt', reason: outside('It is not an image.') }]
        yield { done: 2, total: 4, images: predicted.slice(0, 2), skipped: [] }
        yield { done: 4, total: 4, images: predicted.slice(2), skipped }
      },
      copyAnswers: async function* ({ to }) {
        yield { type: 'done', result: { folder: to, copied: 4, failed: [] } }
      },
      similar: async function* () {
        yield { type: 'done', root: '/photos/fruit', images: [] }
      },
      attention: () => ({
        rollout: { rows: 2, columns: 2, shares: [0.1, 0.2, 0.3, 0.4] },
        lastLayer: { rows: 2, columns: 2, shares: [0.4, 0.3, 0.2, 0.1] },
      }),
    },
  }
}

/** A client of `handlers`, over a pair of ports in this process. */
export function connectedTo(handlers: ApiHandlers): Api {
  const [near, far] = portPair()
  serve(far, contract, handlers, (_, error) => {
    throw error
  })
  return connect(near, contract)
}
