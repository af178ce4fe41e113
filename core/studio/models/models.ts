/** @file The available models: the starter that ships with the studio, and models opened earlier, with their corrections. */
import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

import * as z from 'zod'

import { AppError } from '../../errors.ts'
import type { ModelCard, ModelDescription } from '../../api/contract/models.ts'
import { ModelOverrides } from '../../api/contract/overrides.ts'
import { jsonFile, type JsonFile } from '../../files/json-store.ts'
import { parameterCount } from '../../train/step/graphs.ts'
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
    return { path, name, source, model: null, problem: AppError.from(thrown).sentence }
  }
}

const Opened = z.array(z.object({ path: z.string(), overrides: ModelOverrides }))
type Opened = z.output<typeof Opened>
const mostOpened = 20

/** Changed by hand it counts as empty: a list of shortcuts is not worth a failure. */
function openedFile(): JsonFile<Opened> {
  return jsonFile(join(studioHome(), 'models.json'), Opened, { makesFolder: true, damaged: 'nothing' })
}

async function readOpened(): Promise<Opened> {
  return ((await openedFile().read()) ?? []).slice(0, mostOpened)
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
  const entry = { path: own, overrides }
  await openedFile().change((before) => {
    const opened = before ?? []
    const isKnown = opened.some((one) => one.path === own)
    const after = isKnown ? opened.map((one) => (one.path === own ? entry : one)) : [entry, ...opened]
    return after.slice(0, mostOpened)
  })
}

/** Removes a model from the list. */
export async function forgetModel(path: string): Promise<void> {
  const own = resolve(path)
  await openedFile().change((opened) => (opened ?? []).filter((one) => one.path !== own))
}
