import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { writeBadFiles } from '../../data/bad-files.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { linesOf, studio, studioJson, studioUntil, useWorkplace, writeSquares, type Line } from './studio.ts'

const place = useWorkplace()

function finetune(out: string, ...more: readonly string[]): string[] {
  const { model, data } = place
  const sizes = ['--steps', '6', '--batch', '4', '--warmup', '1', '--lr', '0.1', '--augment', 'flip']
  return ['finetune', '--model', model, '--data', data, '--out', out, '--engine', 'cpu', ...sizes, ...more]
}

function ofType(lines: readonly Line[], type: string): Line[] {
  return lines.filter((line) => line['type'] === type)
}

describe('finetune --json', () => {
  it('reports the start, every step, evaluations and the end', async () => {
    const out = join(temporaryFolder(), 'run')
    const { code, lines, last, stderr } = await studioJson(...finetune(out))
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(lines[0]).toMatchObject({
      type: 'start',
      run: out,
      step: 0,
      steps: 6,
      batch: 4,
      microBatch: 4,
      learningRate: 0.1,
      engine: 'cpu',
      training: 18,
      validation: 6,
      skipped: 0,
      model: { family: expect.stringContaining('ViT'), notes: expect.any(Array) },
      device: { kind: 'cpu', name: expect.any(String), memoryMB: expect.any(Number) },
      classes: ['blue', 'green', 'red'].map((name) => ({ name, training: 6, validation: 2 })),
    })
    const steps = ofType(lines, 'step')
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6])
    expect(ofType(lines, 'probing').at(-1)).toMatchObject({ done: 24, total: 24 })
    const [probe] = ofType(lines, 'probe')
    expect(probe).toMatchObject({ figures: { accuracy: last['probeAccuracy'], fiveFold: { images: 24 } } })
    // The head begins as the probe, so the held-out images are known at once.
    expect(ofType(lines, 'evaluation')[0]).toMatchObject({ step: 0, accuracy: last['probeAccuracy'] })
    expect(steps[0]).toMatchObject({
      loss: expect.any(Number),
      accuracy: expect.any(Number),
      gradNorm: expect.any(Number),
      learningRate: 0,
      imagesPerSecond: expect.any(Number),
    })
    expect(steps[1]).toMatchObject({ learningRate: 0.1 })
    expect(ofType(lines, 'evaluation').at(-1)).toMatchObject({ step: 6, accuracy: last['finalAccuracy'] })
    expect(last).toEqual({
      type: 'done',
      bestAccuracy: expect.any(Number),
      bestStep: expect.any(Number),
      finalAccuracy: expect.any(Number),
      finalLoss: ofType(lines, 'evaluation').at(-1)?.['loss'],
      steps: 6,
      imagesPerSecond: expect.any(Number),
      probeAccuracy: expect.any(Number),
      seconds: expect.any(Number),
      secondsToBest: expect.any(Number),
      temperature: expect.any(Number),
      calibrationError: { before: expect.any(Number), after: expect.any(Number) },
      balancedAccuracy: expect.any(Number),
      mixture: { share: 1, tried: [0.5, 0.75].map((share) => expect.objectContaining({ share })) },
      run: out,
    })
  })

  it('lists all 30 bad files at the start and trains on the rest', async () => {
    const data = temporaryFolder()
    await writeSquares(data, 4)
    const names = await writeBadFiles(join(data, 'red'))
    const out = join(temporaryFolder(), 'run')
    const { code, lines, last } = await studioJson(
      ...finetune(out, '--data', data, '--steps', '1', '--warmup', '0'),
    )
    expect(code).toBe(0)
    expect(lines[0]).toMatchObject({ type: 'start', skipped: 30, training: 9, validation: 3 })
    const skipped = lines.slice(1, 31)
    expect(new Set(skipped.map(({ path }) => path))).toEqual(new Set(names.map((name) => `red/${name}`)))
    expect(skipped.every(({ type, reason }) => type === 'skipped' && String(reason).length > 10)).toBe(true)
    expect(last).toMatchObject({ type: 'done', steps: 1 })
  })

  it('takes a validation folder instead of a split, or none at all', async () => {
    const folder = temporaryFolder()
    const given = await studioJson(
      ...finetune(join(folder, 'a'), '--val', place.data, '--steps', '1', '--warmup', '0'),
    )
    expect(given.lines[0]).toMatchObject({ training: 24, validation: 24 })
    const split = ['--val-split', '0', '--steps', '1', '--warmup', '0']
    const none = await studioJson(...finetune(join(folder, 'b'), ...split))
    expect(none.lines[0]).toMatchObject({ training: 24, validation: 0 })
    expect(none.last).toMatchObject({
      type: 'done',
      bestAccuracy: null,
      finalAccuracy: null,
      finalLoss: null,
    })
    const both = await studio(...finetune(join(folder, 'c'), '--val', place.data, '--val-split', '0.5'))
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be used together') })
  })

  it('passes on what overrules the checkpoint', async () => {
    const out = join(temporaryFolder(), 'run')
    const overrides = ['--heads', '4', '--gelu', 'tanh', '--layer-norm-epsilon', '1e-5', '--pooling', 'mean']
    const pixels = ['--mean', '0.1,0.2,0.3', '--std', '1,1,1']
    const sizes = ['--steps', '1', '--warmup', '0', '--resolution', '48', '--pos-embed', 'jax']
    const { code, lines } = await studioJson(...finetune(out, ...overrides, ...pixels, ...sizes))
    expect(code).toBe(0)
    expect(lines[0]).toMatchObject({
      model: {
        config: {
          heads: 4,
          gelu: 'tanh',
          layerNormEpsilon: 1e-5,
          pooling: 'mean',
          grid: { rows: 6, columns: 6 },
        },
        positionResize: 'jax',
      },
      preprocessing: { mean: [0.1, 0.2, 0.3], std: [1, 1, 1], resolution: { height: 48, width: 48 } },
    })
  })
})

describe('finetune for people', () => {
  it('says what was recognised and decided, how it goes, and what to do next', async () => {
    const out = join(temporaryFolder(), 'run')
    const { code, stdout } = await studio(...finetune(out))
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Run {7}\S+run\nModel /)
    expect(stdout).toContain('Images    18 for training, 6 held out for validation\n')
    expect(stdout).toMatch(/step 6\/6 {2}validation: accuracy [\d.]+ % \([\d.]+ % to [\d.]+ %\), loss /)
    expect(stdout).toMatch(
      /Linear probe on the frozen features: accuracy [\d.]+ % .*; five-fold, on all 24 images: /,
    )
    expect(stdout).toMatch(/Balanced accuracy [\d.]+ %/)
    expect(stdout).toMatch(/Calibration error [\d.]+ %, logits divided by [\d.]+; [\d.]+ % before/)
    expect(stdout).toMatch(/Done: best accuracy [\d.]+ % at step \d;/)
    expect(stdout).not.toContain('\u001B')
  })

  it('follows the steps in one line on a terminal', async () => {
    const out = join(temporaryFolder(), 'run')
    const { stdout } = await studioUntil(new AbortController().signal, finetune(out), true)
    const redrawn = '\r\u001B[K'
    expect(stdout.split(redrawn)).toContainEqual(
      expect.stringMatching(/^[━─]{20} step 1\/6 {2}loss \d\.\d{3} {2}accuracy/),
    )
    // Only complete lines stay on the screen.
    const screen = stdout.split('\n').map((line) => line.split(redrawn).at(-1))
    expect(screen.filter((line) => line?.includes('━'))).toEqual([])
  })

  it('begins at a lower resolution, or not, as it is asked', async () => {
    const begun = async (...options: string[]): Promise<Line | undefined> => {
      const out = join(temporaryFolder(), 'run')
      const short = ['--steps', '4', '--warmup', '1', '--resolution', '48']
      const { code, lines } = await studioJson(...finetune(out, ...short, ...options))
      expect(code).toBe(0)
      return lines[0]
    }
    expect(await begun('--progressive', 'none')).toMatchObject({ progressive: null })
    expect(await begun('--progressive', '24:0.5')).toMatchObject({
      progressive: { grid: { rows: 3, columns: 3 }, steps: 2 },
    })
    expect(await studio(...finetune(join(temporaryFolder(), 'run'), '--progressive', 'half'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--progressive takes a resolution and a share'),
    })
  })

  it('refuses in a sentence what cannot be done', async () => {
    const folder = temporaryFolder()
    const { model, data } = place
    expect(await studio('finetune', '--out', folder, '--data', data)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('give --model'),
    })
    expect(await studio(...finetune(join(folder, 'a'), '--resolution', '30'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not a multiple of'),
    })
    const gone = ['finetune', '--model', model, '--data', join(folder, 'gone'), '--out', join(folder, 'b')]
    expect(await studio(...gone, '--engine', 'cpu')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no such file or folder'),
    })
  })
})

describe('finetune --resume', () => {
  it('continues after a stop to the very weights of an uninterrupted run', async () => {
    const folder = temporaryFolder()
    const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')]
    await studio(...finetune(whole))
    const stop = new AbortController()
    const { code, stdout } = await stopAfterStep(3, stop, finetune(parts, '--json'))
    expect(code).toBe(130)
    expect(ofType(linesOf(stdout), 'step')).toHaveLength(3)
    const rest = await studioJson('finetune', '--out', parts, '--resume')
    expect(rest.lines[0]).toMatchObject({ type: 'start', step: 3 })
    expect(ofType(rest.lines, 'step').map(({ step }) => step)).toEqual([4, 5, 6])
    expect(rest.last).toMatchObject({ type: 'done', steps: 6 })
    for (const name of ['last.safetensors', 'best.safetensors', 'metrics.jsonl'])
      expect(readFileSync(join(parts, name)).equals(readFileSync(join(whole, name))), name).toBe(true)
  })

  it('names the options that do not apply, and knows a finished run', async () => {
    const out = join(temporaryFolder(), 'run')
    const { last } = await studioJson(...finetune(out))
    const others = ['--val-split', '0.5', '--mean', '0.1,0.2,0.3', '--std', '0.5,0.5,0.5']
    const again = await studioJson(
      ...finetune(out, '--resume', '--steps', '9', '--seed', '4', '--batch', '4', '--preset', 'quick'),
      ...others,
      '--weight-decay',
      '0.2',
    )
    expect(again.code).toBe(0)
    expect(ofType(again.lines, 'note').map(({ message }) => message)).toEqual([
      '--preset quick does not apply to this run.',
      '--val-split 0.5 does not apply to this run.',
      '--steps 9 does not apply to this run, which has 6.',
      '--seed 4 does not apply to this run, which has 0.',
      '--weight-decay 0.2 does not apply to this run.',
      '--mean 0.1,0.2,0.3 does not apply to this run, which has 0.5,0.5,0.5.',
      `The run in ${out} is already finished.`,
    ])
    expect(again.last).toEqual(last)
    const without = await studio(...finetune(out))
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('already contains a run') })
  })

  it('starts where nothing has been started yet', async () => {
    const out = join(temporaryFolder(), 'run')
    const { code, lines } = await studioJson(...finetune(out, '--resume', '--steps', '1', '--warmup', '0'))
    expect(code).toBe(0)
    expect(lines[0]).toMatchObject({ type: 'note' })
    expect(lines[1]).toMatchObject({ type: 'start', step: 0 })
  })

  it('knows its final accuracy when only the end of the run was lost', async () => {
    const folder = temporaryFolder()
    const [out, copy] = [join(folder, 'run'), join(folder, 'copy')]
    const { last } = await studioJson(...finetune(out))
    mkdirSync(copy)
    for (const name of ['data.json', 'metrics.jsonl', 'last.safetensors', 'best.safetensors'])
      copyFileSync(join(out, name), join(copy, name))
    const { writeRecord, readRecord } = await import('../../../../core/train/run/run-folder.ts')
    await writeRecord(copy, { ...(await readRecord(out)), status: 'running', result: null })
    const again = await studioJson('finetune', '--out', copy, '--resume')
    const { finalAccuracy, finalLoss, bestAccuracy } = last
    expect(again.last).toMatchObject({ type: 'done', finalAccuracy, finalLoss, bestAccuracy })
  })
})

/** Runs a command and asks it to stop when it has reported this step. */
async function stopAfterStep(
  step: number,
  stop: AbortController,
  argv: readonly string[],
): Promise<{ code: number; stdout: string }> {
  const { runCli } = await import('../../../../core/host/cli/program.ts')
  let stdout = ''
  const write = (text: string): void => {
    stdout += text
    if (text.includes(`"type":"step","step":${step},`)) stop.abort()
  }
  const code = await runCli(argv, { stdout: { write }, stderr: { write: () => true }, signal: stop.signal })
  return { code, stdout }
}
