/** @file The model that is looked into: it stays open, so that the next photo is quick; another one closes it. */
import type { ModelOverrides } from '../../api/contract/overrides.ts'
import type { Preprocessing } from '../../data/preprocess.ts'
import { makeOrDispose } from '../../engine/disposables.ts'
import { createHeadReader, type HeadReader } from '../../train/model/head-attention.ts'
import { openModel, ownPreprocessing } from '../../train/model/open-model.ts'
import type { VitConfig } from '../../vit/config.ts'
import { engineForModel } from '../engine-choice.ts'
import { stateOfModel } from '../models/model-state.ts'
import { rememberedOverrides } from '../models/models.ts'

/** A model ready to be looked into. */
export interface Inspected {
  readonly config: VitConfig
  readonly preprocessing: Preprocessing
  readonly reader: HeadReader
}

interface Opened extends Inspected {
  readonly key: string
  readonly dispose: () => Promise<void>
}

let last: Promise<Opened> | null = null
let turn: Promise<unknown> = Promise.resolve()

/** Runs `work` with the model, one piece of work after the other. */
export async function withInspected<T>(
  path: string,
  overrides: ModelOverrides | undefined,
  work: (model: Inspected) => Promise<T>,
): Promise<T> {
  const mine = turn.then(async () => work(await opened(path, overrides ?? (await rememberedOverrides(path)))))
  turn = mine.catch(() => undefined)
  return mine
}

async function opened(path: string, overrides: ModelOverrides): Promise<Opened> {
  const key = JSON.stringify([await stateOfModel(path), overrides])
  const before = await last?.catch(() => null)
  if (before?.key === key) return before
  await before?.dispose()
  last = open(path, overrides, key)
  return last
}

async function open(path: string, overrides: ModelOverrides, key: string): Promise<Opened> {
  const { engine } = await engineForModel(path)
  const model = await openModel(path, overrides)
  const { config, normalisation, parameters } = model
  return makeOrDispose(async ({ keep, dispose }) => {
    const state = keep(await engine.createState(parameters))
    const reader = keep(createHeadReader(engine, { config, normalisation }, state))
    return { key, config, preprocessing: ownPreprocessing(model), reader, dispose }
  })
}
