/** @file From a path given by a person to the checkpoint file it means, and to the files beside it that describe it. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

import * as z from 'zod'

import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { declaredByPreprocessor, hfPreprocessorSchema } from './config-hf-preprocessor.ts'
import { declaredByHf, hfConfigSchema } from './config-hf.ts'
import { declaredByOpenClip, openClipConfigSchema } from './config-open-clip.ts'
import { declaredByTimm, looksLikeTimm, timmConfigSchema } from './config-timm.ts'
import { checkJson, readJson, studioFactsSchema } from './declared.ts'
import type { Layout } from './layout.ts'
import { fileSize } from './regular-file.ts'
import type { Source } from './evidence.ts'

const usualNames = ['model.safetensors', 'pytorch_model.bin']
const endings = /\.(safetensors|npz|pth|pt|bin)$/

/**
 * The checkpoint file behind a path: the file itself, or the one in a folder.
 *
 * @throws AppError `invalid_input` when a folder holds none or several
 */
export async function locateCheckpoint(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return path
  const names = await readdir(path)
  const usual = usualNames.find((name) => names.includes(name))
  if (usual !== undefined) return join(path, usual)
  const candidates = names.filter((name) => endings.test(name) && !name.startsWith('.')).toSorted()
  const [only] = candidates
  if (candidates.length === 1 && only !== undefined) return join(path, only)
  throw new AppError('invalid_input', folderProblem(path, names, candidates), { path })
}

function folderProblem(path: string, names: readonly string[], candidates: readonly string[]): Sentence {
  if (names.some((name) => name.endsWith('.index.json'))) {
    return say`The model in ${path} is split over several files, which is not supported yet. Save it as one file (max_shard_size="20GB" in transformers).`
  }
  if (candidates.length === 0)
    return say`${path} holds no model file. Choose a folder with a .safetensors, .npz, .pth or .bin file.`
  return say`${path} holds ${candidates.length} model files: ${candidates.slice(0, 5).join(', ')}. Choose one of them.`
}

/** What the files beside a checkpoint call it, before anything else of them is looked at. */
export interface Called {
  /** The file that says so. */
  readonly by: string
  /** The `model_type` of transformers. */
  readonly type: string | undefined
  /** The `architecture` of timm. */
  readonly architecture: string | undefined
  readonly isAdapter: boolean
  readonly isQuantised: boolean
}

const text = z.string().optional().catch(undefined)
const calledSchema = z
  .looseObject({ model_type: text, architecture: text, quantization_config: z.unknown().optional() })
  .catch({ model_type: undefined, architecture: undefined, quantization_config: undefined })

/** What the files beside a checkpoint call it. Of a layout that others describe nothing is asked of them. */
export async function readCalled(file: string, layout: Layout | undefined): Promise<Called> {
  const by = 'config.json'
  const nothing: Called = {
    by,
    type: undefined,
    architecture: undefined,
    isAdapter: false,
    isQuantised: false,
  }
  if (layout !== undefined && layout.described !== 'config') return nothing
  const folder = dirname(file)
  // Where it is damaged this is told when it is read for good.
  const content = await readJson(join(folder, by)).catch(() => undefined)
  const { model_type: type, architecture, quantization_config: quantisation } = calledSchema.parse(content)
  const isAdapter = (await fileSize(join(folder, 'adapter_config.json'))) !== null
  const isQuantised = quantisation !== undefined && quantisation !== null
  return { ...nothing, type, architecture, isAdapter, isQuantised }
}

/** What the files beside a checkpoint state, the most trusted first. */
export async function readSources(file: string, { described }: Layout): Promise<Source[]> {
  if (described === 'sidecar') return readSidecar(file)
  const folder = dirname(file)
  // Such a folder may hold the same model for transformers too, with a config.json for that.
  if (described === 'openClip') return readOpenClip(join(folder, 'open_clip_config.json'))
  const config = await readConfig(join(folder, 'config.json'))
  return [...config, ...(await readPreprocessor(folder, config[0]?.facts.model))]
}

/** Where the facts of an npz are stored. */
export function sidecarPath(file: string): string {
  return `${file}.json`
}

async function readSidecar(file: string): Promise<Source[]> {
  const path = sidecarPath(file)
  const content = await readJson(path)
  if (content === undefined) return []
  return [{ name: basename(path), facts: checkJson(path, content, studioFactsSchema) }]
}

async function readConfig(path: string): Promise<Source[]> {
  const content = await readJson(path)
  if (content === undefined) return []
  const facts = looksLikeTimm(content)
    ? declaredByTimm(checkJson(path, content, timmConfigSchema), path)
    : declaredByHf(checkJson(path, content, hfConfigSchema), path)
  return [{ name: basename(path), facts }]
}

async function readOpenClip(path: string): Promise<Source[]> {
  const content = await readJson(path)
  if (content === undefined) return []
  const facts = declaredByOpenClip(checkJson(path, content, openClipConfigSchema))
  return [{ name: basename(path), facts }]
}

const processorSchema = z.looseObject({ image_processor: hfPreprocessorSchema.optional() })

async function readPreprocessor(folder: string, type: string | undefined): Promise<Source[]> {
  const name = 'preprocessor_config.json'
  const content = await readJson(join(folder, name))
  if (content !== undefined) {
    const config = checkJson(join(folder, name), content, hfPreprocessorSchema)
    return [{ name, facts: declaredByPreprocessor(config, type) }]
  }
  // Where transformers 5 puts it for models of images and text.
  const joint = 'processor_config.json'
  const processor = await readJson(join(folder, joint))
  if (processor === undefined) return []
  const { image_processor: images } = checkJson(join(folder, joint), processor, processorSchema)
  return images === undefined ? [] : [{ name: joint, facts: declaredByPreprocessor(images, type) }]
}

/** Names that may reveal the family: the file's and its folder's, in lower case. */
export function nameHints(file: string): string[] {
  const path = resolve(file)
  return [basename(path), basename(dirname(path))].map((name) => name.toLowerCase())
}
