/**
 * @file Runs whose files were damaged, swapped or lost between stop and resume: each either ends in the same bytes as an
 * undisturbed run, or says what is wrong.
 */
import { appendFile, cp, mkdir, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { AppError } from '../../../../core/errors.ts'
import { writeTimm } from '../../../../core/files/export-timm.ts'
import { openSafetensors } from '../../../../core/files/safetensors-read.ts'
import { writeSafetensors } from '../../../../core/files/safetensors-write.ts'
import type { FloatTensor } from '../../../../core/tensor/tensor.ts'
import { readRecord, writeRecord } from '../../../../core/train/run/run-folder.ts'
import { sentenceOfNote } from '../../../../core/train/run/run-note.ts'
import { resumeRun } from '../../../../core/train/start.ts'
import { tinyModel } from '../../files/tiny-models.ts'
import { begin, tinyRequestIn, trainUntil } from '../../../support/tiny-run.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

/** Stopped after step 5 of 8, so that the previous checkpoint is that of the evaluation at step 4. */
const stopAt = 5
const settings = { evaluateEvery: 2 }

let place = ''
let expected: Traces = { last: Buffer.alloc(0), best: Buffer.alloc(0), metrics: '', result: null }

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'vit-studio-damage-'))
  const request = await tinyRequestIn(place, { steps: 8 })
  await trainUntil(await begin({ ...request, out: join(place, 'whole') }, settings))
  expected = await tracesOf(join(place, 'whole'))
  for (const [name, seed] of [
    ['stopped', 0],
    ['other', 1],
  ] as const) {
    const run = await begin({ ...request, seed, out: join(place, name) }, settings)
    const stopping = trainUntil(run, [], (event) => event.type === 'step' && event.step === stopAt)
    await expect(stopping).rejects.toMatchObject({ code: 'cancelled' })
  }
  const unsaved = await begin({ ...request, out: join(place, 'unsaved') }, settings)
  await writeRecord(unsaved.directory, unsaved.record)
})

afterAll(() => rmSync(place, { recursive: true, force: true }))

interface Traces {
  readonly last: Buffer
  readonly best: Buffer
  readonly metrics: string
  readonly result: unknown
}

async function tracesOf(directory: string): Promise<Traces> {
  const { result } = await readRecord(directory)
  return {
    last: await readFile(join(directory, 'last.safetensors')),
    best: await readFile(join(directory, 'best.safetensors')),
    metrics: await readFile(join(directory, 'metrics.jsonl'), 'utf8'),
    result: { ...result, imagesPerSecond: 0 },
  }
}

type Damage = (directory: string) => Promise<unknown>

const path = (directory: string, name: string): string => join(directory, name)
const other = (name: string): string => join(place, 'other', name)

// What may happen to any file.
const lose =
  (...names: string[]): Damage =>
  async (directory) =>
    Promise.all(names.map(async (name) => rm(path(directory, name))))
const empty =
  (name: string): Damage =>
  async (directory) =>
    truncate(path(directory, name))
const halve =
  (name: string): Damage =>
  async (directory) =>
    truncate(path(directory, name), Math.floor((await readFile(path(directory, name))).length / 2))
const swap =
  (name: string): Damage =>
  async (directory) =>
    cp(other(name), path(directory, name))
const change =
  (name: string, edit: (bytes: Buffer) => Buffer | string): Damage =>
  async (directory) =>
    writeFile(path(directory, name), edit(await readFile(path(directory, name))))
const zero = (name: string, from = 0, to?: number): Damage =>
  change(name, (bytes) => bytes.fill(0, from < 0 ? bytes.length + from : from, to))
const replace = (name: string, old: string | RegExp, by: string): Damage =>
  change(name, (bytes) => {
    const text = bytes.toString('latin1')
    const changed = text.replace(old, by)
    expect(changed).not.toBe(text)
    return Buffer.from(changed, 'latin1')
  })
const both =
  (...damages: Damage[]): Damage =>
  async (directory) => {
    for (const damage of damages) await damage(directory)
  }
const move =
  (from: string, to: string): Damage =>
  async (directory) =>
    rename(path(directory, from), path(directory, to))

/** A checkpoint as the first versions wrote it: without checksum, run and history. */
const asFirstVersion: Damage = async (directory) => {
  const file = await openSafetensors(path(directory, 'last.safetensors'))
  const tensors = new Map<string, FloatTensor>()
  for (const name of file.tensors.keys()) tensors.set(name, await file.read(name))
  const { step, best } = JSON.parse(file.metadata.get('progress') ?? '') as Record<string, unknown>
  await file.close()
  await rm(path(directory, 'previous.safetensors'))
  await writeSafetensors(path(directory, 'last.safetensors'), tensors, {
    metadata: { progress: JSON.stringify({ step, best }) },
  })
}

const withoutIdentity: Damage = change('run.json', (bytes) => {
  const { check: _, identity: __, ...rest } = JSON.parse(String(bytes)) as Record<string, unknown>
  return JSON.stringify(rest)
})

const last = 'last.safetensors'
const previous = 'previous.safetensors'
const best = 'best.safetensors'

/** Ends as the undisturbed run does; with notes if something was lost. */
const same: [string, Damage, RegExp | null][] = [
  ['nothing at all', async () => Promise.resolve(), null],
  ['last.safetensors lost', lose(last), null],
  ['last.safetensors empty', empty(last), /newest checkpoint is damaged.* after step 4/],
  ['last.safetensors cut off', halve(last), /newest checkpoint is damaged.* after step 4/],
  ['the end of last.safetensors zeroed', zero(last, -512), /newest checkpoint is damaged/],
  ['the header of last.safetensors zeroed', zero(last, 0, 400), /newest checkpoint is damaged/],
  ['last.safetensors all zeros', zero(last), /newest checkpoint is damaged/],
  ['one bit of last.safetensors flipped', change(last, flipBit), /newest checkpoint is damaged/],
  ['the step in last.safetensors changed', replace(last, '"step\\":5', '"step\\":6'), /newest checkpoint/],
  ['last.safetensors longer', async (directory) => appendFile(path(directory, last), 'x'), /newest/],
  ['a backup of an earlier last.safetensors', move(previous, last), null],
  ['previous.safetensors lost', lose(previous), null],
  ['previous.safetensors damaged', zero(previous), null],
  ['both checkpoints lost', lose(last, previous), null],
  ['both checkpoints damaged', both(zero(last, -512), halve(previous)), /starts over/],
  ['the one before damaged, the last lost', both(lose(last), zero(previous, -64)), /starts over/],
  ['all weights lost', lose(last, previous, best), null],
  [
    'a torn line after the checkpoint',
    async (directory) => appendFile(path(directory, 'metrics.jsonl'), '{"ty'),
    null,
  ],
  [
    'metrics after the checkpoint',
    async (directory) => appendFile(path(directory, 'metrics.jsonl'), '{"type":"step","step":6}\n'),
    null,
  ],
  [
    'half-written files',
    async (directory) => writeFile(path(directory, '.last.safetensors.0123456789ab.tmp'), 'half'),
    null,
  ],
]

/** Ends with the same weights and figures, and says what else is lost. */
const sameWeights: [string, Damage, RegExp][] = [
  ['a record of the first versions', withoutIdentity, /^$/],
  ['record and checkpoint of the first versions', both(asFirstVersion, withoutIdentity), /^$/],
  ['metrics.jsonl lost', lose('metrics.jsonl'), /metrics\.jsonl is damaged: 5 of the steps done are missing/],
  ['metrics.jsonl empty', empty('metrics.jsonl'), /5 of the steps done are missing/],
  ['metrics.jsonl all zeros', zero('metrics.jsonl'), /5 of the steps done are missing/],
  ['metrics.jsonl cut off', halve('metrics.jsonl'), /[1-4] of the steps done are missing/],
  ['the beginning of metrics.jsonl zeroed', zero('metrics.jsonl', 0, 20), /0 of the steps done are missing/],
  [
    'a line of metrics.jsonl lost',
    replace('metrics.jsonl', /\{"type":"step","step":3.*\n/, ''),
    /1 of the steps done/,
  ],
]

/** Says that it cannot continue, and changes nothing. */
const refused: [string, Damage, RegExp][] = [
  ['run.json lost', lose('run.json'), /There is no run in .*run\.json is missing/],
  ['run.json empty', empty('run.json'), /run\.json cannot be understood \(it is not valid JSON\)/],
  ['run.json cut off', halve('run.json'), /run\.json cannot be understood/],
  ['run.json all zeros', zero('run.json'), /run\.json cannot be understood/],
  [
    'the seed in run.json changed',
    replace('run.json', '"seed": 0', '"seed": 2'),
    /run\.json is not as it was/,
  ],
  ['the steps in run.json changed', replace('run.json', '"steps": 8', '"steps": 9'), /run\.json is not as/],
  ['run.json of another run', swap('run.json'), /data\.json belongs to another run/],
  [
    'run.json of a later version',
    both(withoutIdentity, replace('run.json', '"format":1', '"format":2')),
    /“format”/,
  ],
  [
    'a folder in place of run.json',
    both(lose('run.json'), async (directory) => mkdir(path(directory, 'run.json'))),
    /folder/,
  ],
  ['data.json lost', lose('data.json'), /data\.json is missing/],
  ['data.json empty', empty('data.json'), /data\.json cannot be understood/],
  ['data.json cut off', halve('data.json'), /data\.json cannot be understood/],
  ['data.json all zeros', zero('data.json'), /data\.json cannot be understood/],
  ['a label in data.json changed', replace('data.json', '"label":1', '"label":2'), /data\.json is not as/],
  ['data.json of another run', swap('data.json'), /data\.json belongs to another run/],
  [
    'run.json and data.json of another run',
    both(swap('run.json'), swap('data.json')),
    /last\.safetensors belongs to another run/,
  ],
  ['last.safetensors of another run', swap(last), /last\.safetensors belongs to another run/],
  [
    'best.safetensors in place of last.safetensors',
    async (directory) => cp(path(directory, best), path(directory, last)),
    /last\.safetensors is damaged: it is not as it was written/,
  ],
]

/** Continues, and says that the best weights are chosen again. */
const bestLost: [string, Damage][] = [
  ['lost', lose(best)],
  ['cut off', halve(best)],
  ['with a zeroed end', zero(best, -256)],
  ['of another run', swap(best)],
]

function flipBit(bytes: Buffer): Buffer {
  const at = bytes.length - 1001
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes
}

async function damagedCopy(damage: Damage, of = 'stopped'): Promise<string> {
  const directory = join(temporaryFolder(), 'run')
  await cp(join(place, of), directory, { recursive: true })
  await damage(directory)
  return directory
}

/** Resumes a run to its end, and returns the sentences reported on the way. */
async function finish(directory: string): Promise<string> {
  const run = await resumeRun(directory)
  await trainUntil(run)
  // The run keeps what was found, for whoever looks at it later.
  expect((await readRecord(directory)).recovery).toEqual(run.notes)
  return run.notes.map(sentenceOfNote).join('\n')
}

describe('a run with', () => {
  it.each(same)('%s ends in the same bytes', async (_, damage, note) => {
    const directory = await damagedCopy(damage)
    const told = await finish(directory)
    expect(await tracesOf(directory)).toEqual(expected)
    if (note === null) expect(told).toBe('')
    else expect(told).toMatch(note)
  })

  it.each(sameWeights)('%s ends in the same weights, and says what is lost', async (_, damage, note) => {
    const directory = await damagedCopy(damage)
    expect(await finish(directory)).toMatch(note)
    const { metrics, ...weights } = await tracesOf(directory)
    expect(weights.result).toEqual(expected.result)
    expect(await weightsIn(weights.best)).toEqual(await weightsIn(expected.best))
    expect(await weightsIn(weights.last)).toEqual(await weightsIn(expected.last))
    // What comes after the damage is reported as usual.
    expect(expected.metrics.endsWith(metrics.slice(metrics.indexOf('{"type":"step","step":6')))).toBe(true)
  })

  it.each(refused)('%s says so', async (_, damage, sentence) => {
    const directory = await damagedCopy(damage)
    const error = await finish(directory).then(
      () => expect.fail('it went on'),
      (thrown: unknown) => AppError.from(thrown),
    )
    expect(error.message).toMatch(sentence)
    expect(['invalid_input', 'not_found']).toContain(error.code)
  })

  it.each(bestLost)('best weights %s chooses them anew, and says so', async (_, damage) => {
    const directory = await damagedCopy(damage)
    const told = await finish(directory)
    const { best: ofBest, last: ofLast } = await tracesOf(directory)
    expect(await weightsIn(ofLast)).toEqual(await weightsIn(expected.last))
    expect(told).toMatch(/best weights so far, those after step [24], are missing or damaged/)
    expect(ofBest.length).toBe(expected.best.length)
  })
})

/** The values of a safetensors file, without its header. */
async function weightsIn(bytes: Buffer): Promise<Buffer> {
  return Promise.resolve(bytes.subarray(8 + Number(bytes.readBigUInt64LE(0))))
}

it('damaged files are set aside, not thrown away', async () => {
  const directory = await damagedCopy(halve(last))
  const damaged = await readFile(path(directory, last))
  await resumeRun(directory)
  expect(await readFile(path(directory, `${last}.damaged`))).toEqual(damaged)
})

it('a model that was replaced before the first checkpoint is reported, a copy of it is not', async () => {
  const directory = await damagedCopy(async () => Promise.resolve(), 'unsaved')
  const model = (await readRecord(directory)).model.source
  const kept = join(temporaryFolder(), 'kept')
  await rename(model, kept)
  try {
    const { parameters, ...rest } = tinyModel({})
    await writeTimm(model, { ...rest, parameters: parameters })
    await expect(resumeRun(directory)).rejects.toMatchObject({
      code: 'invalid_input',
      message: `The model in ${model} is not the one that this run started with. Put it back, or start a new run.`,
    })
    await rm(model, { recursive: true })
    await cp(kept, model, { recursive: true })
    await trainUntil(await resumeRun(directory))
    expect(await tracesOf(directory)).toEqual(expected)
  } finally {
    await rm(model, { recursive: true, force: true })
    await rename(kept, model)
  }
})
