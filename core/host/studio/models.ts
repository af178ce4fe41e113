/** @file The models on offer: the starter that ships with the studio, and what was opened before. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

import * as z from 'zod'

import { AppError } from '../../errors.ts'
import type { Estimate, ModelCard, ModelDescription } from '../../api/contract/models.ts'
import { writeFileAtomic } from '../../files/atomic.ts'
import { describeCheckpoint } from '../../files/checkpoint.ts'
import { stepFlops } from '../../graph/flops.ts'
import { parameterCount, trainingStep } from '../../train/graphs.ts'
import { availableMemory, chooseMicroBatch, trainingMemory } from '../../train/memory.ts'
import { gridOf } from '../../train/prepare.ts'
import { isRunFolder, readRecord } from '../../train/run-folder.ts'
import type { Normalisation, VitConfig } from '../../vit/config.ts'
import { starterFolder } from '../assets.ts'
import { runsFolder, studioHome } from './home.ts'

/** A model as far as a window needs it. */
interface Known {
  readonly kind: ModelDescription['kind']
  readonly family: string
  readonly config: VitConfig
  readonly normalisation: Normalisation
  readonly labels: readonly string[] | null
  readonly notes: readonly string[]
}

/** What the model at a path is. @throws AppError as `describeCheckpoint` does */
export async function describeModel(path: string): Promise<ModelDescription> {
  const known = await recognise(path)
  const { config, labels, notes, kind, family } = known
  const { patch, width, depth, heads } = config
  return {
    path: resolve(path),
    name: nameOf(path),
    kind,
    family,
    parameters: parameterCount(config),
    patch,
    resolution: { height: config.grid.rows * patch, width: config.grid.columns * patch },
    width,
    depth,
    heads,
    labels: labels === null ? null : [...labels],
    notes: [...notes],
  }
}

async function recognise(path: string): Promise<Known> {
  if (!isRunFolder(path)) return { kind: 'checkpoint', ...(await describeCheckpoint(path)) }
  const { model, classes, preprocessing } = await readRecord(path)
  const { family, config, notes } = model
  return { kind: 'run', family, config, normalisation: preprocessing, labels: classes, notes }
}

/** For people: the folder's name where the file's own says nothing. */
function nameOf(path: string): string {
  const name = basename(resolve(path))
  const isGeneric = /^(model|pytorch_model|checkpoint|best|last)\.\w+$/.test(name)
  return isGeneric ? basename(dirname(resolve(path))) : name
}

/** The starter, if it is there, then models opened before, the last first. */
export async function listModels(): Promise<ModelCard[]> {
  const starter = starterFolder()
  const opened = (await readOpened()).filter((path) => path !== starter)
  const hasStarter = existsSync(join(starter, 'config.json'))
  return Promise.all([
    ...(hasStarter ? [card(starter, 'starter')] : []),
    ...opened.map(async (path) => card(path, 'opened')),
  ])
}

async function card(path: string, source: ModelCard['source']): Promise<ModelCard> {
  const name = nameOf(path)
  try {
    return { path, name, source, model: await describeModel(path), problem: null }
  } catch (thrown) {
    return { path, name, source, model: null, problem: AppError.from(thrown).message }
  }
}

const Opened = z.array(z.string())
const mostOpened = 20

function openedFile(): string {
  return join(studioHome(), 'models.json')
}

async function readOpened(): Promise<string[]> {
  const text = await readFile(openedFile(), 'utf8').catch(() => '[]')
  try {
    return Opened.parse(JSON.parse(text))
  } catch {
    // Changed by hand: a list of shortcuts is not worth a failure.
    return []
  }
}

/** Puts a model first in the list. The starter and the studio's own runs have their places already. */
export async function rememberModel(path: string): Promise<void> {
  const own = resolve(path)
  if (own === starterFolder() || dirname(own) === runsFolder()) return
  const others = (await readOpened()).filter((one) => one !== own)
  await writeFileAtomic(openedFile(), JSON.stringify([own, ...others].slice(0, mostOpened)))
}

/**
 * What training a model costs at a square resolution.
 *
 * @throws AppError `invalid_input` when the resolution is not a multiple of the patch side
 */
export async function estimate(path: string, resolution: number, batch: number): Promise<Estimate> {
  const { config: own, normalisation } = await recognise(path)
  // The number of classes hardly matters; two are the fewest.
  const config = { ...own, grid: gridOf(resolution, own.patch), classes: 2 }
  const available = availableMemory()
  const microBatch = fittingMicroBatch(config, batch, available)
  const graph = trainingStep({ config, normalisation }, 1, { recompute: false })
  return {
    memoryMB: Math.round(trainingMemory(config, microBatch ?? 1) / 1e6),
    availableMB: Math.round(available / 1e6),
    microBatch,
    gflopPerImage: stepFlops(graph) / 1e9,
  }
}

function fittingMicroBatch(config: VitConfig, batch: number, available: number): number | null {
  try {
    return chooseMicroBatch(config, batch, available)
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (error.code === 'out_of_memory') return null
    throw error
  }
}
