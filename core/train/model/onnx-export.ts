/** @file A fine-tuned model as one .onnx file that other programs run, with labels and preprocessing inside. */
import { writeAtomic, writeFileAtomic } from '../../files/atomic.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { join } from 'node:path'
import * as z from 'zod'
import { AppError, invariant } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { Preprocessing } from '../../data/preprocess.ts'
import { feed, state } from '../../graph/build.ts'
import type { Graph } from '../../graph/ir.ts'
import { simplify } from '../../graph/simplify.ts'
import { encodeModel } from '../../onnx/bytes.ts'
import { lowerGraph } from '../../onnx/lower.ts'
import type { ExternalData } from '../../onnx/model.ts'
import { parameter, type Parameters } from '../../tensor/tensor.ts'
import { parameterShapes, type VitConfig } from '../../vit/config.ts'
import { inputOfPlanes, vit } from '../../vit/model.ts'
import { parseJson } from '../../files/json-text.ts'

/** What an .onnx file of ours says about itself, as JSON texts in its metadata. */
export interface OnnxDescription {
  /** In the order of the logits. */
  readonly labels: readonly string[]
  readonly preprocessing: Preprocessing
}

/** What holds the weights that do not fit into the model. */
export const weightsFile = 'model.onnx.data'

// Protobuf messages end at 2 GiB; weights beyond this go into a file beside the model.
const largestInside = 1.8e9

/**
 * Writes `model.onnx` (and `model.onnx.data` for weights over 1.8 GB).
 *
 * Input `pixel_values` float32 [batch, 3, height, width], normalised; output `logits` [batch, K]; the batch size is
 * dynamic.
 */
export async function writeOnnx(
  directory: string,
  config: VitConfig,
  parameters: Parameters,
  { labels, preprocessing }: OnnxDescription,
  inside = largestInside,
): Promise<string[]> {
  const file = join(directory, 'model.onnx')
  const names = [...parameterShapes(config).keys()]
  const total = names.reduce((sum, name) => sum + parameter(parameters, name).data.byteLength, 0)
  await makeFolder(directory)
  const outside = total > inside ? await writeWeights(`${file}.data`, names, parameters) : null
  const weights = (name: string): Uint8Array | ExternalData => {
    const { data } = parameter(parameters, name)
    return outside?.get(name) ?? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  }
  const metadata = new Map([
    ['labels', JSON.stringify(labels)],
    ['preprocessing', JSON.stringify(preprocessing)],
    [
      'input',
      'pixel_values: RGB, brought to height × width as "resize" in preprocessing says, then (pixel / 255 − mean) / std, channels first',
    ],
  ])
  const model = lowerGraph(exportGraph(config), { name: 'vit', freeBatch: true, metadata, weights })
  await writeFileAtomic(file, encodeModel(model))
  return outside === null ? [file] : [file, `${file}.data`]
}

function exportGraph(config: VitConfig): Graph {
  const { grid, patch } = config
  const planes = feed('pixel_values', [1, 3, grid.rows * patch, grid.columns * patch])
  const shapes = parameterShapes(config)
  const { logits } = vit(inputOfPlanes(planes, config), config, (name) => {
    const shape = shapes.get(name)
    invariant(shape !== undefined, () => `no parameter named ${name}`)
    return state(name, shape)
  })
  invariant(logits !== null, () => 'a model without classes cannot be exported')
  return simplify({ outputs: new Map([['logits', logits]]), updates: new Map() })
}

// Offsets at multiples of a page let a reader map the file.
const alignment = 4096

async function writeWeights(
  path: string,
  names: readonly string[],
  parameters: Parameters,
): Promise<Map<string, ExternalData>> {
  const places = new Map<string, ExternalData>()
  await writeAtomic(path, async (file) => {
    let offset = 0
    for (const name of names) {
      const { data } = parameter(parameters, name)
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      for (let done = 0; done < bytes.length;) {
        done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten
      }
      places.set(name, { location: weightsFile, offset, length: bytes.length })
      offset = Math.ceil((offset + bytes.length) / alignment) * alignment
    }
  })
  return places
}

const Labels = z.array(z.string()).min(1)

/**
 * What the metadata of an .onnx file says.
 *
 * @throws AppError `invalid_input` when it was not exported by this program, so that labels and preprocessing are unknown
 */
export function describeOnnx(path: string, metadata: ReadonlyMap<string, string>): OnnxDescription {
  try {
    return {
      labels: Labels.parse(parseJson(metadata.get('labels') ?? '')),
      preprocessing: Preprocessing.parse(parseJson(metadata.get('preprocessing') ?? '')),
    }
  } catch (cause) {
    const advice = say`Only .onnx files exported by ViT Studio carry them.`
    throw new AppError(
      'invalid_input',
      say`${path} does not say its labels and preprocessing. ${advice}`,
      {},
      { cause },
    )
  }
}
