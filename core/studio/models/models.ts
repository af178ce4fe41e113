/** @file The available models: the starter that ships with the studio, and models opened earlier, with their corrections. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

import * as z from 'zod'

import { AppError } from '../../errors.ts'
import type { ModelCard, ModelDescription } from '../../api/contract/models.ts'
import { ModelOverrides } from '../../api/contract/overrides.ts'
import { writeFileAtomic } from '../../files/atomic.ts'
import { parameterCount } from '../../train/graphs.ts'
import { starterFolder } from '../assets.ts'
import { runsFolder, studioHome } from '../home.ts'
import { recognise } from './recognise-model.ts'
import { stepGflop } from '../runs/step-work.ts'

/**
 * What the model at a path is; without corrections, those remembered for it apply.
 *
 * @throws AppError as `describeCheckpoint` does
 */
export async function describeModel(path: string, overrides?: ModelOverrides): Promise<ModelDescription> {
  const corrected = overrides ?? (await rememberedOverrides(path))
  const known = await recognise(path, corrected)
  const { config, normalisation, labels, notes, kind, family, bytes } = known
  const { patch, width, depth, heads, gelu, pooling, layerNormEpsilon } = config
  const { mean, std } = normalisation
  return {
    path: resolve(path),
    name: nameOf(path),
    kind,
    family,
    parameters: parameterCount(config),
    bytes,
    patch,
    resolution: { height: config.grid.rows * patch, width: config.grid.columns * patch },
    width,
    depth,
    heads,
    gelu,
    pooling,
    layerNormEpsilon,
    normalisation: { mean: [...mean], std: [...std] },
    labels: labels === null ? null : [...labels],
    notes: [...notes],
    overrides: kind === 'run' || isStarter(path) ? null : corrected,
    gflopPerImage: stepGflop(config, normalisation),
  }
}

function isStarter(path: string): boolean {
  return resolve(path) === starterFolder()
}

/** For people: the folder's name if the file's own says nothing. */
function nameOf(path: string): string {
  const name = basename(resolve(path))
  const isGeneric = /^(model|pytorch_model|checkpoint|best|last)\.\w+$/.test(name)
  return isGeneric ? basename(dirname(resolve(path))) : name
}

/** The starter, if it is there, then models opened before, the newest first. */
export async function listModels(): Promise<ModelCard[]> {
  const starter = starterFolder()
  const opened = await readOpened()
  const hasStarter = existsSync(join(starter, 'config.json'))
  return Promise.all([
    ...(hasStarter ? [card(starter, 'starter')] : []),
    ...opened.map(async ({ path }) => card(path, 'opened')),
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

const Opened = z.array(z.object({ path: z.string(), overrides: ModelOverrides }))
type Opened = z.output<typeof Opened>
const mostOpened = 20

function openedFile(): string {
  return join(studioHome(), 'models.json')
}

async function readOpened(): Promise<Opened> {
  const text = await readFile(openedFile(), 'utf8').catch(() => '[]')
  try {
    return Opened.parse(JSON.parse(text))
  } catch {
    // Changed by hand: a list of shortcuts is not worth a failure.
    return []
  }
}

/** What was corrected of the model at a path; nothing for one that was never opened. */
export async function rememberedOverrides(path: string): Promise<ModelOverrides> {
  const own = resolve(path)
  return (await readOpened()).find((one) => one.path === own)?.overrides ?? {}
}

/**
 * Puts a model first in the list; one that is in it keeps its place, so that nothing moves under the pointer. The
 * starter and the studio's own runs have their places already.
 */
export async function rememberModel(path: string, overrides: ModelOverrides): Promise<void> {
  const own = resolve(path)
  if (isStarter(path) || dirname(own) === runsFolder()) return
  const opened = await readOpened()
  const entry = { path: own, overrides }
  const isKnown = opened.some((one) => one.path === own)
  await writeOpened(isKnown ? opened.map((one) => (one.path === own ? entry : one)) : [entry, ...opened])
}

/** Removes a model from the list. */
export async function forgetModel(path: string): Promise<void> {
  const own = resolve(path)
  await writeOpened((await readOpened()).filter((one) => one.path !== own))
}

async function writeOpened(opened: Opened): Promise<void> {
  await writeFileAtomic(openedFile(), JSON.stringify(opened.slice(0, mostOpened)))
}
