/**
 * @file Seconds from start until the held-out accuracy first reaches 0.99 of what full fine-tuning in PyTorch ends
 * with: same photos, same model, same machine, alternately, each in a separate process with empty caches.
 */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import { writeSampleSet } from '../../core/data/sample-set.ts'
import { fineTuneInPyTorch, torchModes, type PyTorchRun, type TorchMode } from './pytorch-finetune.ts'
import { fineTuneInStudio, studioModes, type StudioMode } from './studio-finetune.ts'
import {
  bestAccuracy,
  finalAccuracy,
  meanAndSpread,
  secondsTo,
  type Curve,
  type Point,
} from './trajectory.ts'

const shared = '../shared'
const seeds = [0, 1, 2]
// The paper's recipe, the length and peak that the product's Quick had before it was measured against this.
const steps = 100
const recipe = {
  steps,
  batch: 32,
  peak: 0.015,
  warmup: 10,
  evaluateEvery: steps / 10,
  epsilon: 1e-6,
} as const

/** Photos and the model that learns them. */
interface Subject {
  readonly set: string
  readonly model: string
  readonly train: string
  readonly test: string
  /** What Python cannot know from the model's file. */
  readonly torch: Pick<PyTorchRun, 'heads' | 'resolution' | 'mean' | 'std'>
}

/** A line of the table. */
interface Row {
  readonly set: string
  readonly model: string
  readonly mode: StudioMode
  /** Mean over the seeds; null if a seed never reached the level. */
  readonly seconds: number | null
  readonly pytorchSeconds: number
  readonly ratio: number | null
  /** Of the weights that are kept, chosen by the same photos as all figures here; then of those after the last step. */
  readonly accuracy: number
  readonly spread: number
  readonly lastAccuracy: number
  readonly lastSpread: number
  /** After PyTorch's last step, and the best of its evaluations. */
  readonly pytorchAccuracy: number
  readonly pytorchSpread: number
  readonly pytorchBest: number
}

/** Prints the table; with `--json` it ends with one line with all rows. `--thorough` adds the mode that searches. */
export async function benchTimeToAccuracy(options: readonly string[]): Promise<void> {
  const modes = studioModes.filter((mode) => mode !== 'thorough' || options.includes('--thorough'))
  const folder = await mkdtemp(join(tmpdir(), 'vit-studio-bench-'))
  try {
    const rows: Row[] = []
    for (const subject of await subjects(folder)) rows.push(...(await compare(subject, modes)))
    if (options.includes('--json')) console.log(JSON.stringify({ type: 'done', rows }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function subjects(folder: string): Promise<Subject[]> {
  const sample = await writeSampleSet(join(folder, 'sample'))
  const half = [0.5, 0.5, 0.5]
  const starter: Subject = {
    set: 'sample set',
    model: 'build/starter',
    ...sample,
    torch: { heads: 3, resolution: 112, mean: half, std: half },
  }
  const flowers = `${shared}/data/flowers5`
  if (!existsSync(flowers)) {
    console.log(`Time to accuracy: only the sample set, there are no photos at ${flowers}.`)
    return [starter]
  }
  const deit = {
    model: `${shared}/models/deit-tiny-timm/model.safetensors`,
    train: `${flowers}/train`,
    test: `${flowers}/test`,
    torch: { heads: 3, resolution: 224, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  }
  const uneven = await unevenCopy(deit.train, join(folder, 'uneven'))
  return [
    { set: 'flowers5', ...deit },
    starter,
    { set: 'flowers5, all classes but one cut to a tenth', ...deit, train: uneven },
  ]
}

/** All of the first class, every tenth photo of the others. */
async function unevenCopy(from: string, to: string): Promise<string> {
  for (const [label, name] of readdirSync(from).toSorted().entries()) {
    await mkdir(join(to, name), { recursive: true })
    for (const [place, file] of readdirSync(join(from, name)).toSorted().entries())
      if (label === 0 || place % 10 === 0) await copyFile(join(from, name, file), join(to, name, file))
  }
  return to
}

async function compare(subject: Subject, modes: readonly StudioMode[]): Promise<Row[]> {
  const torchMode = await fastestMode(subject)
  if (torchMode === null) {
    console.log('Time to accuracy: skipped, there is no torch; set PYTHON to a Python that has it.')
    return []
  }
  const torch: Point[][] = []
  const ours = new Map<StudioMode, Curve[]>(modes.map((mode) => [mode, []]))
  for (const seed of seeds) {
    torch.push((await fineTuneInPyTorch(torchRun(subject, torchMode, seed))) ?? [])
    for (const mode of modes) ours.get(mode)?.push(await fineTuneInStudio({ ...subject, mode, seed }))
  }
  const { mean: pytorchAccuracy, spread: pytorchSpread } = meanAndSpread(torch.map(finalAccuracy))
  const pytorchBest = meanAndSpread(torch.map(bestAccuracy)).mean
  const level = 0.99 * pytorchAccuracy
  // A seed that ends below the common level counts with its whole time.
  const times = torch.map((points) => secondsTo(level, points) ?? points.at(-1)?.seconds ?? 0)
  const pytorchSeconds = meanAndSpread(times).mean
  console.log(
    `${subject.set}: PyTorch (${torchMode}) ends at ${percent(pytorchAccuracy, pytorchSpread)}, ${(100 * pytorchBest).toFixed(1)} % at best, and reaches ` +
      `${(100 * level).toFixed(1)} % after ${times.map((time) => time.toFixed(1)).join(', ')} s`,
  )
  return [...ours].map(([mode, runs]) => {
    const reached = runs.map(({ points }) => secondsTo(level, points))
    const known = reached.filter((one) => one !== null)
    const seconds = known.length === reached.length ? meanAndSpread(known).mean : null
    const { mean: accuracy, spread } = meanAndSpread(runs.map(({ kept }) => kept))
    const last = meanAndSpread(runs.map(({ points }) => finalAccuracy(points)))
    const ratio = seconds === null ? null : seconds / pytorchSeconds
    const row = { set: subject.set, model: basename(subject.model), mode, seconds, pytorchSeconds, ratio }
    console.log(
      `  ${mode}: keeps ${percent(accuracy, spread)} (${runs.map(({ kept }) => (100 * kept).toFixed(1)).join(', ')}), ` +
        `${percent(last.mean, last.spread)} after the last step, ` +
        `after ${runs.map(({ points }) => (points.at(-1)?.seconds ?? 0).toFixed(0)).join(', ')} s; reaches the level after ` +
        `${reached.map((one) => one?.toFixed(1) ?? 'never').join(', ')} s: ${ratio === null ? 'not always' : ratio.toFixed(2)} of PyTorch's time`,
    )
    const lasting = { lastAccuracy: last.mean, lastSpread: last.spread }
    return { ...row, accuracy, spread, ...lasting, pytorchAccuracy, pytorchSpread, pytorchBest }
  })
}

function percent(mean: number, spread: number): string {
  return `${(100 * mean).toFixed(1)} ± ${(100 * spread).toFixed(1)} %`
}

/** The mode in which a whole run would end first, judged by a fifth of one. */
async function fastestMode(subject: Subject): Promise<TorchMode | null> {
  let best: { readonly mode: TorchMode; readonly seconds: number } | null = null
  for (const mode of torchModes) {
    const points = await fineTuneInPyTorch({ ...torchRun(subject, mode, 0), steps: steps / 5 })
    if (points === null) return null
    const [first, second] = [points.at(-2)?.seconds ?? 0, points.at(-1)?.seconds ?? 0]
    const seconds = first + (steps / recipe.evaluateEvery - 1) * (second - first)
    if (best === null || seconds < best.seconds) best = { mode, seconds }
  }
  return best?.mode ?? null
}

function torchRun({ model, train, test, torch }: Subject, mode: TorchMode, seed: number): PyTorchRun {
  const classes = readdirSync(train).toSorted()
  const filesOf = (folder: string): [string, number][] =>
    classes.flatMap((name, label) =>
      readdirSync(join(folder, name))
        .toSorted()
        .map((file): [string, number] => [join(folder, name, file), label]),
    )
  return {
    ...recipe,
    ...torch,
    model: model.endsWith('.safetensors') ? model : join(model, 'model.safetensors'),
    training: filesOf(train),
    validation: filesOf(test),
    classes: classes.length,
    seed,
    mode,
    threads: availableParallelism(),
  }
}
