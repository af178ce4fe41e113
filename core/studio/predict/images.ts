/** @file Predictions for files and dropped images, and where the model looks in them. The model used last stays open, so that the next image is quick. */
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import { AppError, invariant } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { ModelOverrides } from '../../api/contract/overrides.ts'
import type { Attention, AttentionMap, ImageToPredict, Prediction } from '../../api/contract/predict.ts'
import { inspectImage } from '../../data/inspect.ts'
import { loadFile } from '../../data/load.ts'
import { at } from '../../tensor/shape.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'
import { predictFiles, type PredictOptions } from '../../train/model/predict.ts'
import { openPredictor, type Predictor } from '../../train/model/predictor.ts'
import { mapOverImage } from './attention-map.ts'
import { engineForModel } from '../engine-choice.ts'
import { stateOfModel } from '../models/model-state.ts'
import { rememberedOverrides } from '../models/models.ts'
import { withTemporaryFolder } from '../temporary-folder.ts'

/** Predicts every image, in this order. */
export async function predictImages(
  model: string,
  images: readonly ImageToPredict[],
  options: PredictOptions,
): Promise<Prediction[]> {
  return withFiles(images, async (files) =>
    withPredictor(model, async (predictor) => predictAll(predictor, images, files, options)),
  )
}

/**
 * Where the model looks in an image.
 *
 * @throws AppError `unsupported` where the image cannot be read or the model is an .onnx file
 */
export async function attentionIn(model: string, image: ImageToPredict): Promise<Attention> {
  return withFiles([image], async ([file = '']) =>
    withPredictor(model, async ({ attention, preprocessing }) => {
      if (attention === null)
        throw new AppError(
          'unsupported',
          say`${model} is an .onnx file, which gives answers but not where it looks. Choose the model it was exported from.`,
        )
      const size = await inspectImage(file)
      const maps = await attention((await loadFile(file, preprocessing)).data)
      const onImage = (map: FloatTensor): AttentionMap => mapOverImage(map, size, preprocessing)
      return { rollout: onImage(maps.rollout), lastLayer: onImage(maps.lastLayer) }
    }),
  )
}

/**
 * What the model of a run sees in an image before its head, [D].
 *
 * @throws AppError `unsupported` where the image cannot be read
 */
export async function featuresIn(run: string, image: ImageToPredict): Promise<Float32Array> {
  return withFiles([image], async ([file = '']) =>
    withPredictor(run, async ({ features, preprocessing }) => {
      invariant(features !== null, () => `${run} is a run, and no .onnx file`)
      return features((await loadFile(file, preprocessing)).data)
    }),
  )
}

/** The file of one image; of a dropped one it is removed again. */
export async function withFile<T>(image: ImageToPredict, work: (file: string) => Promise<T>): Promise<T> {
  return withFiles([image], async ([file = '']) => work(file))
}

async function withFiles<T>(
  images: readonly ImageToPredict[],
  work: (files: readonly string[]) => Promise<T>,
): Promise<T> {
  return withTemporaryFolder(async (folder) =>
    work(await Promise.all(images.map(async (image, place) => fileOf(image, folder, place)))),
  )
}

/** Dropped images are decoded from files like all others, so that the results are the same. */
async function fileOf(image: ImageToPredict, folder: string, place: number): Promise<string> {
  if ('path' in image) return resolve(image.folder ?? '', image.path)
  const file = join(folder, String(place))
  await writeFile(file, image.bytes, { mode: 0o600 })
  return file
}

async function predictAll(
  predictor: Predictor,
  images: readonly ImageToPredict[],
  files: readonly string[],
  options: PredictOptions,
): Promise<Prediction[]> {
  const predictions: Prediction[] = []
  for await (const prediction of predictFiles(
    predictor,
    files.map((file) => ({ file })),
    options,
  )) {
    const image = at(images, predictions.length)
    const name = 'path' in image ? image.path : image.name
    if ('reason' in prediction) predictions.push({ name, top: [], reason: prediction.reason })
    else predictions.push({ name, top: [...prediction.top], reason: null })
  }
  return predictions
}

/** One image at a time is what people drop; many go through in turn. */
const batchSize = 1

interface Opened {
  readonly key: string
  readonly predictor: Predictor
}

let last: Promise<Opened> | null = null
let turn: Promise<unknown> = Promise.resolve()

/** Runs `work` with the model, one piece of work after the other: a new model closes the previous one. */
async function withPredictor<T>(model: string, work: (predictor: Predictor) => Promise<T>): Promise<T> {
  const mine = turn.then(async () => work(await predictorOf(model)))
  turn = mine.catch(() => undefined)
  return mine
}

async function predictorOf(model: string): Promise<Predictor> {
  const overrides = await rememberedOverrides(model)
  const key = JSON.stringify([await stateOfModel(model), overrides])
  const previous = await last?.catch(() => null)
  if (previous?.key === key) return previous.predictor
  await previous?.predictor.dispose()
  last = open(model, key, overrides)
  return (await last).predictor
}

async function open(model: string, key: string, overrides: ModelOverrides): Promise<Opened> {
  const { engine } = await engineForModel(model)
  return { key, predictor: await openPredictor(model, engine, batchSize, overrides) }
}
